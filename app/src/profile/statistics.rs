//! What the member has played, as it changes.

use leptos::prelude::*;
use wire::user::UserStats;

use crate::{
    format,
    live::use_live,
    tr,
    ui::{Amount, Card, Fact},
    words::I18n,
};

/// What the member has played, in numbers that follow the live channel.
#[component]
pub(super) fn GameStatsWidget(first: UserStats) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    // What was heard before the page was made may be older; hands only ever become more.
    let stats = Memo::new(move |_| {
        let heard = live.stats.get().filter(|heard| heard.hands >= first.hands);
        heard.unwrap_or(first)
    });
    let natural = |count: i64| u64::try_from(count).unwrap_or_default();
    let win_rate = move || {
        let stats = stats.get();
        format::percent(natural(stats.wins), natural(stats.rated_hands))
    };
    let count = move |value: fn(&UserStats) -> i64| move || format::group(value(&stats.get()));
    let tokens =
        move |value: fn(&UserStats) -> i64| move || view! { <Amount amount=value(&stats.get())/> };
    view! {
        <Card title=tr!(i18n, profile.stats)>
            <dl class="facts facts-grid" data-testid="game-stats" data-hands=move || stats.get().hands.to_string()>
                <Fact name=tr!(i18n, profile.hands)>{count(|it| it.hands)}</Fact>
                <Fact name=tr!(i18n, profile.win_rate)>{win_rate}</Fact>
                <Fact name=tr!(i18n, profile.staked)>{tokens(|it| it.staked.get())}</Fact>
                <Fact name=tr!(i18n, profile.won)>{tokens(|it| it.won.get())}</Fact>
                <Fact name=tr!(i18n, profile.largest_win)>{tokens(|it| it.largest_win.get())}</Fact>
                <Fact name=tr!(i18n, profile.best_streak)>{count(|it| it.best_streak)}</Fact>
            </dl>
        </Card>
    }
    .into_any()
}
