//! What is pressed to pull, and what is known before.

use games::gacha::{PULLS_MAX, PullCount, Tables, worst_case_cost};
use leptos::prelude::*;

use super::{
    chances::NextOdds,
    machine::{Machine, Phase, cost},
};
use crate::{
    format,
    keys::{Binding, Key, use_keys},
    play::Tools,
    tr,
    ui::{Meter, TokenAmount, Weight},
    words::{I18n, fill},
};

/// The odds of the next pull, the way to the next epic, and the buttons.
#[component]
pub(super) fn Controls(machine: Machine, odds: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let press = move || machine.press(PullCount::ONE);
    use_keys().declare([Binding::new(
        &[Key::Space, Key::Enter],
        tr!(i18n, keys.gacha),
        press,
    )]);
    view! {
        <div class="pull-panel controls">
            <NextOdds machine/>
            <Pity machine/>
            <div class="pulls">
                <PullButton machine count=PullCount::ONE weight=Weight::Primary/>
                <PullButton machine count=PullCount::TEN weight=Weight::Quiet/>
            </div>
            <div class="controls-row controls-tools">
                <button type="button" class="text-link" data-testid="odds" on:click=move |_| odds.set(true)>
                    {tr!(i18n, gacha.odds)}
                </button>
                <Tools table=machine.table rules_name=tr!(i18n, gacha.odds) rules=odds/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, gacha.keys)}</p>
        </div>
    }
    .into_any()
}

/// How far it is to the next epic at most, and what that can cost.
#[component]
fn Pity(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let count = move || machine.state.with(|state| i64::from(state.since_epic()));
    let most = i64::from(Tables::current().hard_pity);
    let text = move || {
        let (count, most) = (count().to_string(), most.to_string());
        fill(
            tr!(i18n, gacha.pity_of)(),
            &[("count", &count), ("most", &most)],
        )
    };
    let promise = move || {
        let cost = format::group(machine.state.with(worst_case_cost).get());
        let pulls = machine.pulls_to_pity().to_string();
        fill(
            tr!(i18n, gacha.pity_promise)(),
            &[("pulls", &pulls), ("cost", &cost)],
        )
    };
    view! {
        <div class="pity">
            <Meter label=tr!(i18n, gacha.pity) value=Signal::derive(count) max=most text testid="pity"/>
            <p class="controls-note">{promise}</p>
        </div>
    }
    .into_any()
}

/// Pulls so many times; while capsules are opened it opens the next one.
#[component]
fn PullButton(machine: Machine, count: PullCount, weight: Weight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let pulls = i64::from(count.get());
    let text = move || match machine.phase.get() {
        Phase::Idle => fill(tr!(i18n, gacha.pull)(), &[("count", &pulls.to_string())]),
        Phase::Asking => tr!(i18n, gacha.turning)().to_owned(),
        Phase::Revealing => tr!(i18n, gacha.next)().to_owned(),
    };
    let price = Signal::derive(move || cost(count).get());
    let saved = (count.get() == PULLS_MAX).then(|| {
        view! { <span class="pull-saved">{tr!(i18n, gacha.discount)}</span> }
    });
    view! {
        <button
            type="button"
            class=format!("{} pull", weight.class())
            data-testid=format!("pull-{pulls}")
            aria-disabled=move || (!machine.is_idle()).then_some("true")
            on:click=move |_| machine.press(count)
        >
            <span class="pull-text">{text}</span>
            <span class="pull-price"><TokenAmount value=price/>{saved}</span>
        </button>
    }
    .into_any()
}
