//! The rules, and the odds to the last digit.

use games::slot::{
    LINES_MAX, Lines, RULES_VERSION, STAKES, exact_hit_rate, exact_return, paytable,
};
use leptos::prelude::*;

use super::{art, name};
use crate::{
    format,
    play::RULES,
    tr,
    ui::{Art, Column, Sheet, Table},
    words::{I18n, fill},
};

/// The rules sheet.
#[component]
pub(super) fn Rules(open: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (least, most) = (
        format::group(STAKES.min.get()),
        format::group(STAKES.max.get()),
    );
    let limits = move || {
        fill(
            tr!(i18n, rules.limits)(),
            &[("min", &least), ("max", &most)],
        )
    };
    let version = move || {
        fill(
            tr!(i18n, rules.version)(),
            &[("version", &RULES_VERSION.to_string())],
        )
    };
    view! {
        <Sheet open id=RULES title=tr!(i18n, rules.title)>
            <p class="card-lead">{tr!(i18n, rules.pays)}</p>
            <Paytable/>
            <ul class="prose">
                <li>{tr!(i18n, rules.wild)}</li>
                <li>{tr!(i18n, rules.scatter)}</li>
                <li>{tr!(i18n, rules.jackpot)}</li>
                <li>{limits}</li>
                <li>{tr!(i18n, rules.streak)}</li>
            </ul>
            <h3 class="card-title">{tr!(i18n, rules.return_title)}</h3>
            <p class="card-lead">{tr!(i18n, rules.return_text)}</p>
            <Returns/>
            <p class="fine-print">{version}</p>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Paytable() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = paytable()
        .iter()
        .map(|pay| {
            let pay = *pay;
            view! {
                <tr>
                    <td><span class="pay"><Art name=art(pay.symbol) class="art"/>{move || name(i18n.get_locale(), pay.symbol)}</span></td>
                    <td class="number">{pay.count}</td>
                    <td class="number">{format::group(i64::from(pay.multiplier))} "×"</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(tr!(i18n, rules.symbol)),
        Column::number(tr!(i18n, rules.count)),
        Column::number(tr!(i18n, rules.times)),
    ];
    view! {
        <Table columns label=tr!(i18n, rules.title)>{rows}</Table>
    }
    .into_any()
}

#[component]
fn Returns() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = (1..=LINES_MAX)
        .filter_map(|count| Lines::new(i64::from(count)).ok())
        .map(|lines| {
            let (returns, hits) = (exact_return(lines), exact_hit_rate(lines));
            view! {
                <tr>
                    <td>{lines.count()}</td>
                    <td class="number">{format::percent(returns.numerator, returns.denominator)}</td>
                    <td class="number">{format::percent(hits.numerator, hits.denominator)}</td>
                    <td class="number muted">{format!("{}/{}", returns.numerator, returns.denominator)}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(tr!(i18n, rules.lines)),
        Column::number(tr!(i18n, rules.returns)),
        Column::number(tr!(i18n, rules.hit)),
        Column::number(tr!(i18n, rules.fraction)),
    ];
    view! {
        <Table columns label=tr!(i18n, rules.return_title)>{rows}</Table>
    }
    .into_any()
}
