//! The leaderboards.

use games::Game;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wire::{
    Period, UserId,
    stats::{Leaderboard, Metric, Place, Value},
};

use super::{api::load_leaderboard, choice::Choice};
use crate::{
    format,
    games::name,
    session::call_as_member,
    tr, tr_title,
    trouble::refused,
    ui::{Amount, Card, Column, Empty, LinkTabs, Skeleton, Tab, Table, glyphs},
    words::{I18n, fill},
};

/// The games that pay tokens, and so have something to rank by.
const GAMES: [Option<Game>; 4] = [None, Some(Game::Slot), Some(Game::Rps), Some(Game::Crash)];

/// Who stands where.
#[component]
pub fn LeaderboardPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let choice = Memo::new(move |_| query.with(Choice::of));
    let board = Resource::new_blocking(
        move || choice.get(),
        |choice| call_as_member(move || load_leaderboard(choice)),
    );
    let part = move || {
        Suspend::new(async move {
            match board.await {
                Ok(board) => view! { <Board board/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.leaderboard)/>
        <h1 class="page-title">{tr!(i18n, board.title)}</h1>
        <p class="page-lead">{tr!(i18n, board.lead)}</p>
        {move || view! { <Choices choice=choice.get()/> }}
        <Transition fallback=|| view! { <Skeleton rows=10/> }>{part}</Transition>
    }
    .into_any()
}

/// Game, period and metric, each as a row of links.
#[component]
fn Choices(choice: Choice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let game_name = move |game: Option<Game>| {
        move || match game {
            None => tr!(i18n, board.all_games)(),
            Some(game) => name(i18n.get_locale(), game),
        }
    };
    let of_games = GAMES.map(|game| tab(choice, Choice { game, ..choice }, game_name(game)));
    let of_periods = Period::ALL.map(|period| {
        tab(choice, Choice { period, ..choice }, move || {
            period_name(i18n, period)
        })
    });
    let of_metrics = Metric::ALL.map(|metric| {
        tab(choice, Choice { metric, ..choice }, move || {
            metric_name(i18n, metric)
        })
    });
    view! {
        <div class="choices">
            <LinkTabs label=tr!(i18n, board.game) tabs=of_games.into()/>
            <LinkTabs label=tr!(i18n, board.period) tabs=of_periods.into()/>
            <LinkTabs label=tr!(i18n, board.metric) tabs=of_metrics.into()/>
        </div>
    }
    .into_any()
}

fn tab(shown: Choice, to: Choice, name: impl Fn() -> &'static str + Send + Sync + 'static) -> Tab {
    Tab {
        name: name.into(),
        href: to.href(),
        is_current: shown == to,
    }
}

fn period_name(i18n: I18n, period: Period) -> &'static str {
    match period {
        Period::Day => tr!(i18n, board.day)(),
        Period::Week => tr!(i18n, board.week)(),
        Period::Month => tr!(i18n, board.month)(),
        Period::All => tr!(i18n, board.all)(),
    }
}

fn metric_name(i18n: I18n, metric: Metric) -> &'static str {
    match metric {
        Metric::Multiplier => tr!(i18n, board.multiplier)(),
        Metric::LargestWin => tr!(i18n, board.largest_win)(),
        Metric::Net => tr!(i18n, board.net)(),
    }
}

#[component]
fn Board(board: Leaderboard) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (metric, me) = (board.metric, board.me.as_ref().map(|me| me.user_id));
    let rank = board.me.as_ref().map(|me| me.rank.to_string());
    let mine = move || match &rank {
        Some(rank) => fill(tr!(i18n, board.my_rank)(), &[("rank", rank)]),
        None => tr!(i18n, board.not_listed)().to_owned(),
    };
    let last = board.items.last().map_or(0, |place| place.rank);
    let is_far = board.me.as_ref().is_some_and(|me| me.rank > last);
    let near = is_far.then(|| {
        view! {
            <Card title=tr!(i18n, board.near)><Places places=board.neighbours metric me/></Card>
        }
    });
    let best = if board.items.is_empty() {
        view! { <Empty title=tr!(i18n, board.none) text=tr!(i18n, board.none_text)/> }.into_any()
    } else {
        view! { <Places places=board.items metric me/> }.into_any()
    };
    view! {
        <div class="columns">
            <Card title=tr!(i18n, board.best)>{best}</Card>
            <div class="stack">
                <Card title=tr!(i18n, board.mine)>
                    <p class="own-place" data-testid="own-place" data-rank=board.me.map(|me| me.rank.to_string())>{mine}</p>
                </Card>
                {near}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Places(places: Vec<Place>, metric: Metric, me: Option<UserId>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::text(tr!(i18n, board.rank)),
        Column::text(tr!(i18n, board.nickname)),
        Column::number(move || metric_name(i18n, metric)),
    ];
    let row = |place: Place| {
        let value = match place.value {
            Value::Tokens(amount) => view! { <Amount amount/> }.into_any(),
            Value::Multiplier(times) => {
                view! { <span>{format!("{times:.2}")} "×"</span> }.into_any()
            }
        };
        let is_mine = me == Some(place.user_id);
        view! {
            <tr data-testid="place" class:is-mine=is_mine aria-current=is_mine.then_some("true")>
                <td class="place-rank">{format::group(place.rank)}</td>
                <td class="place-name">{place.nickname}</td>
                <td class="number">{value}</td>
            </tr>
        }
    };
    let glyphs = glyphs(places.iter().map(|place| &*place.nickname));
    let rows = places.into_iter().map(row).collect_view();
    view! {
        {glyphs}
        <Table columns label=tr!(i18n, board.title)>{rows}</Table>
    }
    .into_any()
}
