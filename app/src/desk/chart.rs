//! Charts that the server draws, each with its table.

use leptos::{prelude::*, text_prop::TextProp};

use crate::{
    format, tr,
    ui::{Column, Table},
    words::I18n,
};

/// The drawing's own measure; it is stretched to the card.
const WIDTH: i64 = 700;
const HEIGHT: i64 = 120;
/// How much of its place a bar takes, in a hundred.
const SHARE: i64 = 72;
/// How high a bar is at least that stands for something.
const HEIGHT_MIN: i64 = 2;

/// What a bar stands for.
pub(super) struct Point {
    pub(super) name: String,
    pub(super) value: i64,
}

/// Bars, and the same as a table; the last one is the one that still grows.
#[component]
pub(super) fn Bars(
    points: Vec<Point>,
    /// What it shows, for whoever does not see it.
    #[prop(into)]
    said: TextProp,
    /// What its names and its values are.
    heads: (TextProp, TextProp),
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let values: Vec<i64> = points.iter().map(|it| it.value).collect();
    let bars = drawn(&values).into_iter().enumerate();
    let bars = bars.map(|(at, [x, y, width, height])| {
        let class = match at + 1 == values.len() {
            true => "bars-bar is-now",
            false => "bars-bar",
        };
        view! {
            <rect class=class x=x.to_string() y=y.to_string() width=width.to_string() height=height.to_string()></rect>
        }
    });
    let bars = bars.collect_view();
    let amounts = values.iter().map(|value| format::group(*value));
    let amounts = amounts
        .map(|text| view! { <span>{text}</span> })
        .collect_view();
    let names = points.iter().map(|it| day_of(&it.name).to_owned());
    let names = names
        .map(|text| view! { <span>{text}</span> })
        .collect_view();
    let rows = points.into_iter().map(|it| {
        view! {
            <tr>
                <td>{it.name}</td>
                <td class="number">{format::group(it.value)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let label = said.clone();
    let columns = vec![Column::text(heads.0), Column::number(heads.1)];
    view! {
        <div class="bars" data-testid="bars">
            <div class="bars-row" aria-hidden="true">{amounts}</div>
            <svg class="bars-drawing" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img"
                aria-label=move || said.get()>
                {bars}
            </svg>
            <div class="bars-row bars-names" aria-hidden="true">{names}</div>
        </div>
        <details class="bars-table">
            <summary>{tr!(i18n, record.as_table)}</summary>
            <Table columns label testid="bars-table">{rows}</Table>
        </details>
    }
    .into_any()
}

/// Where each bar is, as its left edge, its top, its width and its height.
fn drawn(values: &[i64]) -> Vec<[i64; 4]> {
    let highest = values.iter().copied().max().unwrap_or_default();
    let places = i64::try_from(values.len()).unwrap_or(i64::MAX);
    let place = WIDTH / places.max(1);
    let width = place * SHARE / 100;
    let bars = (0..).zip(values).map(|(at, value)| {
        let height = height(*value, highest);
        let left = place * at + (place - width) / 2;
        [left, HEIGHT - height, width, height]
    });
    bars.collect()
}

/// How high a bar is where the highest stands for that many.
fn height(value: i64, highest: i64) -> i64 {
    if value <= 0 || highest <= 0 {
        return 0;
    }
    let part = i128::from(value) * i128::from(HEIGHT) / i128::from(highest);
    i64::try_from(part).unwrap_or(HEIGHT).max(HEIGHT_MIN)
}

/// A date without its year: the table has it whole.
fn day_of(date: &str) -> &str {
    date.get(5..).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_fills_the_drawing_and_none_leaves_it() {
        let bars = drawn(&[0, 1, i64::MAX / 2, i64::MAX]);
        let heights: Vec<i64> = bars.iter().map(|[.., height]| *height).collect();
        assert_eq!(heights, [0, HEIGHT_MIN, HEIGHT / 2 - 1, HEIGHT]);
        for [left, top, width, height] in bars {
            assert!(left >= 0 && left + width <= WIDTH);
            assert!(top >= 0 && top + height == HEIGHT);
        }
    }

    #[test]
    fn of_nothing_nothing_is_drawn() {
        assert!(drawn(&[]).is_empty());
        assert!(drawn(&[0, 0]).iter().all(|[.., height]| *height == 0));
        assert_eq!((day_of("2026-01-31"), day_of("")), ("01-31", ""));
    }
}
