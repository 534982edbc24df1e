//! The member's own page.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    Record, achievements::Achievements, api::load_profile, balance_chart::BalanceChart,
    hands_card::HandsCard, identity::Identity, ledger::Ledger, live_status::LiveGameStatus,
    record::load_record, results::Results, statistics::GameStatsWidget,
};
use crate::{
    session::{call_as_member, use_session},
    tr, tr_title,
    trouble::refused,
    ui::Skeleton,
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
        Suspend::new(async move { record.await.ok().map(|record| view! { <Played record/> }) })
    };
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
