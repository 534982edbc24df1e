//! The rules, and the odds to the last digit.

use games::crash::{
    Multiplier, REFUND_AFTER_MS, RETURN_PERCENT, RULES_VERSION, SETTLE_DELAY_MS, STAKES, reaches,
};
use leptos::prelude::*;

use crate::{
    format,
    play::RULES,
    tr,
    ui::Sheet,
    words::{I18n, fill},
};

/// The multipliers in the table, in hundredths.
const ROWS: [i64; 8] = [101, 150, 200, 300, 500, 1_000, 10_000, 100_000];

/// The rules sheet.
#[component]
pub(super) fn Rules(open: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let [least, most] = [STAKES.min, STAKES.max].map(|stake| format::group(stake.get()));
    let limits = move || {
        fill(
            tr!(i18n, crash.limits)(),
            &[("min", &least), ("max", &most)],
        )
    };
    let curve = move || {
        let [two, ten] = [200, 1_000].map(seconds_to);
        fill(
            tr!(i18n, crash.rule_curve)(),
            &[("two", &two), ("ten", &ten)],
        )
    };
    let click = move || {
        fill(
            tr!(i18n, crash.rule_click)(),
            &[("ms", &SETTLE_DELAY_MS.to_string())],
        )
    };
    let refund = move || {
        let minutes = (REFUND_AFTER_MS / 60_000).to_string();
        fill(tr!(i18n, crash.rule_refund)(), &[("minutes", &minutes)])
    };
    let least_out = move || {
        fill(
            tr!(i18n, crash.rule_least)(),
            &[
                ("min", &Multiplier::CASH_OUT_MIN.to_string()),
                ("one", &Multiplier::ONE.to_string()),
                ("max", &format::hundredths(Multiplier::MAX.hundredths())),
            ],
        )
    };
    let version = move || {
        fill(
            tr!(i18n, rules.version)(),
            &[("version", &RULES_VERSION.to_string())],
        )
    };
    view! {
        <Sheet open id=RULES title=tr!(i18n, crash.rules)>
            <ul class="prose">
                <li>{curve}</li>
                <li>{click}</li>
                <li>{tr!(i18n, crash.rule_auto)}</li>
                <li>{least_out}</li>
                <li>{refund}</li>
                <li>{limits}</li>
                <li>{tr!(i18n, crash.rule_streak)}</li>
            </ul>
            <h3 class="card-title">{tr!(i18n, crash.odds)}</h3>
            <Odds/>
            <h3 class="card-title">{tr!(i18n, rules.return_title)}</h3>
            <Return/>
            <p class="fine-print">{version}</p>
        </Sheet>
    }
    .into_any()
}

/// How long the curve takes to a multiplier, in seconds with two decimals.
fn seconds_to(hundredths: i64) -> String {
    let millis = Multiplier::from_hundredths(hundredths).map_or(0, reaches);
    format::hundredths(millis / 10)
}

/// How likely the curve gets to a multiplier, and when.
#[component]
fn Odds() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = ROWS
        .into_iter()
        .filter_map(|hundredths| Multiplier::from_hundredths(hundredths).ok())
        .map(|multiplier| {
            let hundredths = multiplier.hundredths();
            // The exact chance is short of this by less than 2^-52.
            let chance = format::percent(RETURN_PERCENT, hundredths.unsigned_abs());
            view! {
                <tr>
                    <td>{format::hundredths(hundredths)} "×"</td>
                    <td class="number">{seconds_to(hundredths)} {tr!(i18n, crash.seconds)}</td>
                    <td class="number">{chance}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{tr!(i18n, crash.multiplier)}</th>
                    <th scope="col" class="number">{tr!(i18n, crash.after)}</th>
                    <th scope="col" class="number">{tr!(i18n, crash.chance)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Return() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || {
        let share = RETURN_PERCENT.to_string();
        let percent = format::percent(RETURN_PERCENT, 100);
        fill(
            tr!(i18n, crash.return_text)(),
            &[("share", &share), ("percent", &percent)],
        )
    };
    view! { <p class="card-lead">{text}</p> }
}
