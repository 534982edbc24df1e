//! The one button: bet, then cash out.

use leptos::{ev::MouseEvent, prelude::*};
use wire::Tokens;

use super::flight::{Flight, Phase};
use crate::{
    format, tr,
    words::{I18n, fill},
};

/// Bets the stake; while the curve climbs, takes what stands on it.
#[component]
pub(super) fn MainButton(flight: Flight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let phase = flight.phase;
    // A click says how many came in a row.
    let on_click = move |event: MouseEvent| flight.click(event.detail());
    let amount = Memo::new(move |_| match flight.round.get() {
        Some(round) => round.bet.pays(flight.shown.get()).get(),
        None => flight.table.stake.get(),
    });
    let name = move || {
        if phase.get().is_up() {
            tr!(i18n, crash.cash_out)()
        } else {
            tr!(i18n, crash.bet)()
        }
    };
    view! {
        <button
            type="button"
            class="button button-primary button-spin crash-button"
            class:crash-button-up=move || phase.get().is_up()
            class:beyond=move || flight.is_beyond()
            aria-disabled=move || flight.is_beyond().then_some("true")
            data-testid="crash-button"
            aria-keyshortcuts="Space Enter C"
            aria-busy=move || matches!(phase.get(), Phase::Betting | Phase::Taking).then_some("true")
            on:click=on_click
        >
            <span>{name}</span>
            // It changes many times a second, which nobody wants to hear.
            <span class="crash-button-amount" aria-hidden="true">{move || format::group(amount.get())}</span>
        </button>
    }
    .into_any()
}

/// The line below the button: what a cash-out would win, what the auto cash-out pays, or why no bet
/// is taken.
#[component]
pub(super) fn Note(flight: Flight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || match (flight.round.get(), flight.bet()) {
        (Some(round), _) => {
            let pays = round.bet.pays(flight.shown.get());
            let profit = pays.checked_sub(round.bet.stake()).unwrap_or_default();
            with_amount(tr!(i18n, crash.profit)(), profit)
        }
        (None, Some(bet)) => bet.auto().map_or_else(String::new, |auto| {
            let phrase = with_amount(tr!(i18n, crash.auto_pays)(), bet.pays(auto.target()));
            fill(&phrase, &[("times", &auto.to_string())])
        }),
        (None, None) => String::new(),
    };
    let closed = move || flight.is_closed.get().then(tr!(i18n, crash.closed));
    view! {
        <div class="crash-note">
            <p class="crash-closed" role="status" data-testid="crash-closed">{closed}</p>
            <p class="controls-note" aria-hidden="true">{text}</p>
        </div>
    }
    .into_any()
}

fn with_amount(phrase: &str, amount: Tokens) -> String {
    fill(phrase, &[("amount", &format::group(amount.get()))])
}
