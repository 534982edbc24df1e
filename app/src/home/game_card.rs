//! A game on the front page.

use games::slot::{Lines, exact_return};
use leptos::prelude::*;

use crate::{
    format, tr,
    ui::Icon,
    words::{I18n, fill},
};

/// The slot, with its exact return at five lines.
#[component]
pub(super) fn GameCard() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let percent = Lines::new(5).ok().map(|lines| {
        let fraction = exact_return(lines);
        format::percent(fraction.numerator, fraction.denominator)
    });
    let returns = move || {
        percent
            .as_ref()
            .map(|percent| fill(tr!(i18n, home.returns)(), &[("percent", percent)]))
    };
    view! {
        <a class="game" href="/games/slot">
            <img class="game-cover" src="/art/cover-slot.svg" alt="" width="320" height="200"/>
            <span class="game-words">
                <span class="game-name">{tr!(i18n, home.slot_name)}</span>
                <span class="game-text">{tr!(i18n, home.slot_text)}</span>
                <span class="game-returns">{returns}</span>
                <span class="game-play">{tr!(i18n, home.play)}<Icon name="next"/></span>
            </span>
        </a>
    }
    .into_any()
}
