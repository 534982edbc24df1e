//! The member's own page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Record, achievements::Achievements, api::load_profile, balance_chart::BalanceChart,
    hands_card::HandsCard, identity::Identity, ledger::Ledger, live_status::LiveGameStatus,
    record::load_record, results::Results, statistics::GameStatsWidget,
};
use crate::{
    error::PageError,
    session::{call_as_member, use_session},
    tr, tr_title,
    trouble::{PartTrouble, refused},
    ui::{Card, Skeleton},
    words::I18n,
};

/// The member's own page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let profile =
        Resource::new_blocking(move || session.version(), |_| call_as_member(load_profile));
    let record = Resource::new_blocking(move || session.version(), |_| call_as_member(load_record));
    let head = move || {
        Suspend::new(async move {
            match profile.await {
                Ok(user) => view! { <Identity user/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    let played = move || {
        Suspend::new(async move {
            match record.await {
                Ok(record) => view! { <Played record/> }.into_any(),
                // It was asked for with the head, which leads to the door.
                Err(error) if error.is_unauthenticated() => ().into_any(),
                Err(error) => view! { <Unknown error/> }.into_any(),
            }
        })
    };
    // What does not come is told once, where what was played would stand.
    let progress = move || {
        Suspend::new(async move { record.await.ok().map(|record| view! { <Progress record/> }) })
    };
    view! {
        <Title text=tr_title!(i18n, title.profile)/>
        <Transition fallback=|| view! { <Skeleton rows=3/> }>{head}</Transition>
        <div class="columns">
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=12/> }>{played}</Transition>
                <HandsCard/>
                <Ledger/>
            </div>
            <div class="stack">
                <Transition fallback=|| view! { <Skeleton rows=16/> }>{progress}</Transition>
            </div>
        </div>
    }
    .into_any()
}

/// What was played: now, over time and by game.
#[component]
fn Played(record: Record) -> impl IntoView {
    let Record {
        now,
        sitting,
        games,
        balances,
        ..
    } = record;
    view! {
        <LiveGameStatus first=sitting now/>
        <BalanceChart balances/>
        <Results stats=games/>
    }
    .into_any()
}

/// What stands there while the record does not come.
#[component]
fn Unknown(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! { <Card title=tr!(i18n, profile.stats)><PartTrouble error/></Card> }
}

/// What came of it all.
#[component]
fn Progress(record: Record) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <GameStatsWidget first=record.stats/>
        <Achievements list=record.achievements/>
        <p><a class="text-link" href="/leaderboard">{tr!(i18n, board.open)}</a></p>
    }
    .into_any()
}
