//! How the club does today, beside yesterday: what needs somebody, figures, the last days, the games.

use leptos::{prelude::*, text_prop::TextProp};
use wire::desk::{Dashboard, PlayedDay};

use super::{
    chart::{Bars, Point},
    figures::Figures,
    games_table::GamesTable,
    needs::NeedsCard,
};
use crate::{
    format, tr,
    ui::Card,
    words::{I18n, fill},
};

/// All of it. What needs somebody comes first, also where there is room to draw it elsewhere.
#[component]
pub(super) fn Board(dashboard: Dashboard) -> impl IntoView {
    let Dashboard {
        at,
        online,
        needs,
        today,
        yesterday,
        games,
        days,
    } = dashboard;
    view! {
        <div class="board" data-testid="dashboard">
            <NeedsCard needs/>
            <Figures at online today yesterday/>
            <Week days/>
            <GamesTable games/>
        </div>
    }
    .into_any()
}

/// The hands of the last days.
#[component]
fn Week(days: Vec<PlayedDay>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let hands = days.iter().map(|day| day.hands);
    let (low, high) = (hands.clone().min(), hands.max());
    let ends = [low, high].map(|hands| format::group(hands.unwrap_or_default()));
    let said = move || {
        let [low, high] = &ends;
        let values = [("low", low.as_str()), ("high", high)];
        fill(tr!(i18n, desk.week_said)(), &values)
    };
    let points = days.into_iter().map(|day| Point {
        name: day.date,
        value: day.hands,
    });
    let points: Vec<Point> = points.collect();
    let heads: (TextProp, TextProp) = (tr!(i18n, desk.day).into(), tr!(i18n, desk.hands).into());
    view! {
        <div class="board-week">
            <Card title=tr!(i18n, desk.week)>
                <Bars points said heads/>
            </Card>
        </div>
    }
    .into_any()
}
