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
    play::{Free, Panel, RulesLink, Tools},
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
    let is_locked = Signal::derive(move || !machine.is_idle());
    view! {
        <Panel class="pull-panel controls">
            <NextOdds machine/>
            <Pity machine/>
            <div class="pulls">
                <PullButton machine count=PullCount::ONE weight=Weight::Primary/>
                <PullButton machine count=PullCount::TEN weight=Weight::Quiet/>
            </div>
            <AsDear/>
            <Free table=machine.table least=cost(PullCount::ONE).get() is_locked/>
            <div class="controls-row controls-tools">
                <RulesLink rules=odds class="text-link" testid="odds">{tr!(i18n, gacha.odds)}</RulesLink>
                <Tools table=machine.table rules_name=tr!(i18n, gacha.odds) rules=odds/>
            </div>
            <p class="fine-print wide-only">{tr!(i18n, gacha.keys)}</p>
        </Panel>
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

/// How many pulls, one at a time, cost as much as ten at once.
#[component]
fn AsDear() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tables = Tables::current();
    let fewer = tables.as_dear_as_ten();
    let text = move || {
        let (fewer, count) = (fewer.get().to_string(), PULLS_MAX.to_string());
        let cost = format::group(tables.ten_cost.get());
        let values = [("fewer", &*fewer), ("count", &*count), ("cost", &*cost)];
        fill(tr!(i18n, gacha.rule_same)(), &values)
    };
    (fewer != PullCount::TEN)
        .then(|| view! { <p class="controls-note" data-testid="as-dear">{text}</p> })
}

/// Pulls so many times; while capsules are opened it opens the next one. It says how many tokens are
/// missing for it before it is pressed.
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
    let missing = Memo::new(move |_| {
        let missing = machine.table.missing(price.get());
        missing.filter(|_| machine.is_idle())
    });
    let is_beyond = move || missing.get().is_some();
    let short = move || {
        let amount = format::group(missing.get()?);
        let text = fill(tr!(i18n, gacha.short)(), &[("amount", &amount)]);
        Some(view! { <span class="pull-short" data-testid="short">{text}</span> })
    };
    let saved = (count.get() == PULLS_MAX).then(|| {
        view! { <span class="pull-saved">{tr!(i18n, gacha.discount)}</span> }
    });
    view! {
        <button
            type="button"
            class=format!("{} pull", weight.class())
            data-testid=format!("pull-{pulls}")
            class:beyond=is_beyond
            aria-disabled=move || (!machine.is_idle() || is_beyond()).then_some("true")
            on:click=move |_| machine.press(count)
        >
            <span class="pull-text">{text}</span>
            <span class="pull-price"><TokenAmount value=price/>{saved}</span>
            {short}
        </button>
    }
    .into_any()
}
