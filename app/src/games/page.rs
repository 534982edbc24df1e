//! The lobby.

use leptos::prelude::*;
use leptos_meta::Title;

use super::GameCards;
use crate::{tr, tr_title, words::I18n};

/// The games of the club, for whoever looks.
#[component]
pub fn GamesPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Title text=tr_title!(i18n, title.games)/>
        <h1 class="page-title">{tr!(i18n, games.title)}</h1>
        <p class="page-lead">{tr!(i18n, games.lead)}</p>
        <div class="lobby"><GameCards/></div>
        <p><a class="text-link" href="/leaderboard">{tr!(i18n, board.open)}</a></p>
    }
    .into_any()
}
