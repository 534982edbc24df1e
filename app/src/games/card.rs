//! The cards of the games, in the lobby and on the front page.

use leptos::prelude::*;

use super::face::{FACES, Face};
use crate::{
    format, tr,
    ui::Icon,
    words::{I18n, fill},
};

/// Every game of the club.
#[component]
pub(crate) fn GameCards() -> impl IntoView {
    let cards = FACES.map(|face| view! { <GameCard face/> }).collect_view();
    view! { <div class="games">{cards}</div> }
}

/// A game, with its exact return.
#[component]
fn GameCard(face: Face) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let percent = (face.returns)().map(|(above, below)| format::percent(above, below));
    let returns = move || {
        percent
            .as_ref()
            .map(|percent| fill(tr!(i18n, games.returns)(), &[("percent", percent)]))
    };
    view! {
        <a class="game" href=face.path>
            <img class="game-cover" src=face.cover alt="" width="320" height="200"/>
            <span class="game-words">
                <span class="game-name">{move || (face.name)(i18n.get_locale())}</span>
                <span class="game-text">{move || (face.text)(i18n.get_locale())}</span>
                <span class="game-returns">{returns}</span>
                <span class="game-play">{tr!(i18n, games.play)}<Icon name="next"/></span>
            </span>
        </a>
    }
    .into_any()
}
