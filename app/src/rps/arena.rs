//! The two hands, and between them the countdown or who won.

use games::rps::{Shape, Verdict};
use leptos::{prelude::*, text_prop::TextProp};

use super::{
    art,
    duel::{Duel, Phase},
    shape::code,
    verdict,
};
use crate::{tr, ui::Art, words::I18n};

/// The drawing of a hand that is not shown.
const HIDDEN: &str = "hand-hidden";

/// The member's hand and the house's; a tap shows the result at once.
#[component]
pub(super) fn Arena(duel: Duel) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let won = move |verdict: Verdict| move || duel.verdict() == Some(verdict);
    view! {
        <div
            class="arena"
            data-testid="rps-state"
            data-phase=move || duel.phase.get().as_str()
            data-result=move || duel.verdict().map(code)
            role="img"
            aria-label=tr!(i18n, rps.hands)
            on:click=move |_| duel.hurry()
        >
            <div class="side side-me" class:side-won=won(Verdict::Win)>
                <Side shape=duel.mine who=tr!(i18n, rps.me)/>
            </div>
            <Middle duel/>
            <div
                class="side side-house"
                class:side-won=won(Verdict::Lose)
                data-testid="rps-house"
                data-shape=move || duel.house.get().map(Shape::as_str)
            >
                <Side shape=duel.house who=tr!(i18n, rps.house)/>
            </div>
        </div>
    }
    .into_any()
}

/// A hand, face down until it has a shape, and whose it is.
#[component]
fn Side(shape: RwSignal<Option<Shape>>, #[prop(into)] who: TextProp) -> impl IntoView {
    let drawing = Signal::derive(move || shape.get().map_or(HIDDEN, art));
    view! {
        <span class="side-hand"><Art name=drawing class="side-art"/></span>
        <span class="side-who">{move || who.get()}</span>
    }
}

/// The word of the countdown, then who won.
#[component]
fn Middle(duel: Duel) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let word = move || {
        let locale = i18n.get_locale();
        match (duel.phase.get(), duel.verdict()) {
            (Phase::Counting, _) => countdown(tr!(i18n, rps.counting)(), duel.beat.get()),
            (_, Some(won)) => verdict(locale, won),
            (Phase::Idle | Phase::Revealing, None) => tr!(i18n, rps.versus)(),
        }
    };
    let mood = move || match duel.verdict() {
        Some(Verdict::Win) => "middle middle-won",
        Some(Verdict::Draw | Verdict::Lose) => "middle middle-done",
        None if duel.phase.get() == Phase::Counting => "middle middle-counts",
        None => "middle",
    };
    view! { <p class=mood>{word}</p> }
}

/// The word of a beat: each language counts in its own order.
fn countdown(phrase: &'static str, beat: usize) -> &'static str {
    phrase.split(", ").nth(beat).unwrap_or(phrase)
}
