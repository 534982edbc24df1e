//! The front page for a visitor.

use leptos::prelude::*;

use crate::{
    games::GameCards,
    tr,
    ui::{Icon, Weight},
    words::I18n,
};

/// The club from the street.
#[component]
pub(super) fn Outside() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <section class="hero">
            <div class="hero-words">
                <p class="hero-tag">{tr!(i18n, club.tagline)}</p>
                <h1 class="hero-title">{tr!(i18n, home.headline)}</h1>
                <p class="hero-lead">{tr!(i18n, home.lead)}</p>
                <div class="row">
                    <a class=Weight::Primary.class() href="/signup">{tr!(i18n, home.join)}</a>
                    <a class=Weight::Quiet.class() href="/login">{tr!(i18n, home.enter)}</a>
                </div>
                <p class="fine-print">{tr!(i18n, club.no_cash)}</p>
            </div>
            <img class="hero-art" src="/art/hero.svg" alt="" width="480" height="420"/>
        </section>
        <h2 class="section-title">{tr!(i18n, home.games)}</h2>
        <GameCards/>
        <h2 class="section-title">{tr!(i18n, home.why)}</h2>
        <div class="reasons">
            <section class="card reason">
                <Icon name="shield"/>
                <h3 class="card-title">{tr!(i18n, home.fair_title)}</h3>
                <p class="card-lead">{tr!(i18n, home.fair_text)}</p>
            </section>
            <section class="card reason">
                <Icon name="history"/>
                <h3 class="card-title">{tr!(i18n, home.ledger_title)}</h3>
                <p class="card-lead">{tr!(i18n, home.ledger_text)}</p>
            </section>
            <section class="card reason">
                <Icon name="night"/>
                <h3 class="card-title">{tr!(i18n, home.free_title)}</h3>
                <p class="card-lead">{tr!(i18n, home.free_text)}</p>
            </section>
        </div>
    }
    .into_any()
}
