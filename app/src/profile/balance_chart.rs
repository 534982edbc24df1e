//! The balance over time: a line, and the same as a table.

use leptos::prelude::*;
use wire::user::{BalanceHistory, BalanceOfDay};

use crate::{
    format, tr,
    ui::{Amount, Card, Column, Table},
    words::{I18n, fill},
};

/// The drawing's own measure; it is stretched to the card.
const WIDTH: i64 = 600;
const HEIGHT: i64 = 160;
/// What stays free above and below the line.
const EDGE: i64 = 8;

/// The balance at the end of each day.
#[component]
pub(super) fn BalanceChart(balances: BalanceHistory) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let days = balances.days;
    let amounts: Vec<i64> = days.iter().map(|day| day.balance.get()).collect();
    let (low, high) = (lowest(&amounts), highest(&amounts));
    let ends =
        [days.first(), days.last()].map(|day| day.map(|it| it.day.clone()).unwrap_or_default());
    let said = move || {
        let [first, last] = &ends;
        let (low, high) = (format::group(low), format::group(high));
        let values = [
            ("first", first.as_str()),
            ("last", last),
            ("low", &low),
            ("high", &high),
        ];
        fill(tr!(i18n, record.chart)(), &values)
    };
    let points = points(&amounts);
    let area = format!("0,{HEIGHT} {points} {WIDTH},{HEIGHT}");
    view! {
        <Card title=tr!(i18n, record.balances) lead=tr!(i18n, record.balances_text)>
            <div class="chart">
                <span class="chart-scale" aria-hidden="true">
                    <span>{format::group(high)}</span>
                    {(low < high).then(|| view! { <span>{format::group(low)}</span> })}
                </span>
                <svg class="chart-line" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img"
                    aria-label=said data-testid="balance-chart" data-days=days.len().to_string()>
                    <polygon class="chart-area" points=area></polygon>
                    <polyline class="chart-stroke" points=points></polyline>
                </svg>
            </div>
            <details class="fold">
                <summary>{tr!(i18n, record.as_table)}</summary>
                <Days days/>
            </details>
        </Card>
    }
    .into_any()
}

#[component]
fn Days(days: Vec<BalanceOfDay>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::text(tr!(i18n, record.day)),
        Column::number(tr!(i18n, record.balance)),
    ];
    let row = |day: BalanceOfDay| {
        view! {
            <tr>
                <td>{day.day}</td>
                <td class="number"><Amount amount=day.balance.get()/></td>
            </tr>
        }
    };
    let rows = days.into_iter().rev().map(row).collect_view();
    view! { <Table columns label=tr!(i18n, record.balance)>{rows}</Table> }.into_any()
}

fn lowest(amounts: &[i64]) -> i64 {
    amounts.iter().copied().min().unwrap_or_default()
}

fn highest(amounts: &[i64]) -> i64 {
    amounts.iter().copied().max().unwrap_or_default()
}

/// The line through the amounts, from edge to edge; a single amount, or equal ones, lie level.
fn points(amounts: &[i64]) -> String {
    let (low, high) = (i128::from(lowest(amounts)), i128::from(highest(amounts)));
    let y = |amount: i64| match high - low {
        0 => i128::from(HEIGHT / 2),
        span => {
            i128::from(HEIGHT - EDGE)
                - (i128::from(amount) - low) * i128::from(HEIGHT - 2 * EDGE) / span
        }
    };
    let steps = i64::try_from(amounts.len()).unwrap_or_default() - 1;
    let x = |step: i64| if steps > 0 { WIDTH * step / steps } else { 0 };
    let mut points: Vec<String> = (0_i64..)
        .zip(amounts)
        .map(|(step, amount)| format!("{},{}", x(step), y(*amount)))
        .collect();
    if let [only] = amounts {
        points.push(format!("{WIDTH},{}", y(*only)));
    }
    points.join(" ")
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_line_goes_from_edge_to_edge() {
        assert_eq!(points(&[0, 100, 50]), "0,152 300,8 600,80");
        assert_eq!(points(&[7]), "0,80 600,80");
        assert_eq!(points(&[5, 5]), "0,80 600,80");
        assert_eq!(points(&[]), "");
        assert_eq!(points(&[0, 9_007_199_254_740_991]), "0,152 600,8");
    }
}
