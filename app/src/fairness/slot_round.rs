//! What a spin showed, free spins included.

use games::slot::{Lines, Outcome, Spin};
use leptos::prelude::*;

use crate::{
    slot::{art, reels_text},
    tr,
    ui::{Amount, Art, Fact},
    words::{I18n, fill},
};

/// How many lines were staked.
#[component]
pub(super) fn SlotBet(lines: Lines) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! { <Fact name=tr!(i18n, slot.lines)>{lines.count()}</Fact> }
}

/// The spin and its free spins, in order.
#[component]
pub(super) fn SlotOutcome(outcome: Outcome) -> impl IntoView {
    let spins = std::iter::once(outcome.spin).chain(outcome.free_spins);
    let spins = spins
        .enumerate()
        .map(|(at, spin)| view! { <SpinView spin at/> })
        .collect_view();
    view! { <div class="spins">{spins}</div> }
}

#[component]
fn SpinView(spin: Spin, at: usize) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let name = move || match at {
        0 => tr!(i18n, fairness.spin)().to_owned(),
        _ => fill(
            tr!(i18n, fairness.free_spin)(),
            &[("number", &at.to_string())],
        ),
    };
    let reels = spin.reels;
    let cells = (0..3)
        .flat_map(|row| reels.map(|reel| reel[row]))
        .map(|symbol| view! { <Art name=art(symbol) class="symbol"/> })
        .collect_view();
    view! {
        <figure class="spin">
            <div class="spin-grid" role="img" aria-label=move || reels_text(i18n.get_locale(), &reels)>{cells}</div>
            <figcaption>{name} <Amount amount=spin.payout.get()/></figcaption>
        </figure>
    }
    .into_any()
}
