//! What the member has played.

use leptos::prelude::*;
use wire::user::UserStats;

use crate::{
    format, tr,
    ui::{Amount, Card, Fact},
    words::I18n,
};

/// What the member has played, in numbers.
#[component]
pub(super) fn Statistics(stats: UserStats) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let natural = |count: i64| u64::try_from(count).unwrap_or_default();
    view! {
        <Card title=tr!(i18n, profile.stats)>
            <dl class="facts facts-grid">
                <Fact name=tr!(i18n, profile.hands)>{format::group(stats.hands)}</Fact>
                <Fact name=tr!(i18n, profile.win_rate)>{format::percent(natural(stats.wins), natural(stats.rated_hands))}</Fact>
                <Fact name=tr!(i18n, profile.staked)><Amount amount=stats.staked.get()/></Fact>
                <Fact name=tr!(i18n, profile.won)><Amount amount=stats.won.get()/></Fact>
                <Fact name=tr!(i18n, profile.largest_win)><Amount amount=stats.largest_win.get()/></Fact>
                <Fact name=tr!(i18n, profile.best_streak)>{format::group(stats.best_streak)}</Fact>
            </dl>
        </Card>
    }
    .into_any()
}
