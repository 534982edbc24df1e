//! The page of rock-paper-scissors.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use leptos_meta::Title;

use super::{
    arena::Arena, controls::Controls, duel::Duel, result::ResultLine, rules::Rules, shape::ORDER,
    strip::Strip,
};
use crate::{
    browser,
    inventory::Felt,
    play::{Doorman, Recent, Streak, earlier_hands, open_rules},
    tr, tr_title,
    words::I18n,
};

/// The two hands, and beside them what was played. Visitors may look.
#[component]
pub fn RpsPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let duel = Duel::new();
    let table = duel.table;
    let rules = open_rules();
    let earlier = earlier_hands(table.game);
    play_by_key(duel);
    let panel = move || {
        Suspend::new(async move {
            match table.session.viewer.await {
                Ok(Some(_)) => view! { <Controls duel rules/> }.into_any(),
                _ => view! {
                    <Doorman back="/games/rps" lead=tr!(i18n, rps.sign_in_first) rules_name=tr!(i18n, rps.rules) rules/>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.rps)/>
        <h1 class="sr-only">{tr!(i18n, rps.name)}</h1>
        <div class="machine">
            <div class="duel-front">
                <Felt/>
                <Streak table phrase=tr!(i18n, rps.streak)/>
                <Arena duel/>
                <ResultLine duel/>
                <Strip table earlier/>
            </div>
            <div class="machine-side">
                <Transition fallback=|| view! { <div class="controls"></div> }>{panel}</Transition>
            </div>
            <div class="machine-back">
                <Recent table earlier none=tr!(i18n, rps.recent_none)/>
            </div>
        </div>
        <Rules open=rules/>
    }
    .into_any()
}

/// The keys 1, 2 and 3 throw; they and Space show at once what runs.
fn play_by_key(duel: Duel) {
    Effect::new(move || {
        let handle = window_event_listener(ev::keydown, move |event| on_key(duel, &event));
        on_cleanup(move || handle.remove());
    });
}

fn on_key(duel: Duel, event: &KeyboardEvent) {
    if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    if key == " " && !browser::takes_keys(event.target()) {
        event.prevent_default();
        duel.hurry();
    }
    let number = key.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
    if let Some(shape) = number.and_then(|at| ORDER.get(at))
        && !browser::takes_text(event.target())
    {
        duel.choose(*shape);
    }
}
