//! The slot's page.

use leptos::{ev, prelude::*};
use leptos_meta::Title;

use super::{
    board::Board,
    controls::Controls,
    machine::Machine,
    recent::{RECENT, Recent},
    result::ResultLine,
    rules::Rules,
};
use crate::{
    browser,
    hands::list_hands,
    session::{call, is_visitor, sign_in_path, use_session},
    tr, tr_title,
    ui::{Weight, use_toasts},
    words::{I18n, fill},
};

/// The machine, and beside it what was played. Visitors may look.
#[component]
pub fn SlotPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    _ = use_toasts();
    let machine = Machine::new();
    let rules = RwSignal::new(false);
    let limit = i64::try_from(RECENT).unwrap_or_default();
    let earlier = Resource::new_blocking(|| (), move |()| async move { recent_hands(limit).await });
    play_by_key(machine);
    let panel = move || {
        Suspend::new(async move {
            match session.viewer.await {
                Ok(Some(_)) => view! { <Controls machine rules/> }.into_any(),
                _ => view! { <Doorman rules/> }.into_any(),
            }
        })
    };
    let streak = move || {
        let streak = machine.streak.get();
        (streak > 1).then(|| fill(tr!(i18n, slot.streak)(), &[("count", &streak.to_string())]))
    };
    view! {
        <Title text=tr_title!(i18n, title.slot)/>
        <h1 class="sr-only">{tr!(i18n, slot.name)}</h1>
        <div class="machine">
            <div class="machine-front">
                <p class="streak">{streak}</p>
                <Board machine/>
                <ResultLine machine/>
            </div>
            <div class="machine-side">
                <Transition fallback=|| view! { <div class="controls"></div> }>{panel}</Transition>
            </div>
            <div class="machine-back">
                <Recent machine earlier/>
            </div>
        </div>
        <Rules open=rules/>
    }
    .into_any()
}

/// The newest hands of a member; a visitor has none, and is not asked to sign in for that.
async fn recent_hands(limit: i64) -> Result<Vec<wire::play::HandSummary>, crate::error::PageError> {
    if is_visitor().await {
        return Ok(Vec::new());
    }
    call(move || list_hands(limit, None))
        .await
        .map(|page| page.items)
}

/// Space spins, or shows at once what runs, unless it is meant for something else.
fn play_by_key(machine: Machine) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| {
            if event.key() == " " && !event.repeat() && !browser::takes_keys(event.target()) {
                event.prevent_default();
                machine.press();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// What a visitor finds in place of the controls.
#[component]
fn Doorman(rules: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let next = sign_in_path("/games/slot");
    view! {
        <div class="controls">
            <p class="page-lead">{tr!(i18n, slot.sign_in_first)}</p>
            <a class=Weight::Primary.class() href=next>{tr!(i18n, nav.sign_in)}</a>
            <a class=Weight::Quiet.class() href="/signup">{tr!(i18n, home.join)}</a>
            <button type="button" class="button" on:click=move |_| rules.set(true)>{tr!(i18n, slot.rules)}</button>
            <p class="fine-print">{tr!(i18n, club.no_cash)}</p>
        </div>
    }
    .into_any()
}
