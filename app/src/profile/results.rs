//! Results by game: a bar to the left or the right, and the same in numbers.

use leptos::prelude::*;
use wire::stats::{GameResult, GameStats};

use crate::{
    format, games, tr,
    ui::{Card, Column, Empty, Table},
    words::I18n,
};

/// Half the width of a bar's drawing.
const HALF: i64 = 100;

/// What came of each game.
#[component]
pub(super) fn Results(stats: GameStats) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let results = stats.own.map(|own| own.games).unwrap_or_default();
    if results.is_empty() {
        return view! {
            <Card title=tr!(i18n, record.results)>
                <Empty title=tr!(i18n, hands.none) text=tr!(i18n, hands.none_text)/>
            </Card>
        }
        .into_any();
    }
    let most = results
        .iter()
        .map(|of| net(of).abs())
        .max()
        .unwrap_or_default();
    let columns = vec![
        Column::text(tr!(i18n, hands.game)),
        Column::number(tr!(i18n, profile.hands)),
        Column::number(tr!(i18n, profile.wins)),
        Column::number(tr!(i18n, record.net)),
    ];
    let rows = results
        .into_iter()
        .map(|of| view! { <Row of most/> })
        .collect_view();
    view! {
        <Card title=tr!(i18n, record.results) lead=tr!(i18n, record.results_text)>
            <Table columns label=tr!(i18n, record.results) testid="game-results">{rows}</Table>
        </Card>
    }
    .into_any()
}

fn net(of: &GameResult) -> i64 {
    of.won.signed_diff(of.staked)
}

#[component]
fn Row(of: GameResult, most: i64) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let net = net(&of);
    let length = bar(net, most);
    let from = if net < 0 { HALF - length } else { HALF };
    view! {
        <tr data-game=of.game.as_str()>
            <td>
                {move || games::name(i18n.get_locale(), of.game)}
                <svg class="result-bar" viewBox=format!("0 0 {} 8", 2 * HALF) preserveAspectRatio="none" aria-hidden="true">
                    <rect class="result-middle" x=(HALF - 1).to_string() width="2" height="8"></rect>
                    <rect class=if net < 0 { "result-lost" } else { "result-won" } x=from.to_string() width=length.to_string() height="8"></rect>
                </svg>
            </td>
            <td class="number">{format::group(of.hands)}</td>
            <td class="number">{format::group(of.wins)}</td>
            <td class="number" class:is-win={net > 0}>{format::signed(net)}</td>
        </tr>
    }
    .into_any()
}

/// How long a bar is, beside the longest.
fn bar(net: i64, most: i64) -> i64 {
    let length = i128::from(net.abs()) * i128::from(HALF) / i128::from(most.max(1));
    i64::try_from(length).unwrap_or_default()
}
