//! The rules, and the odds to the last digit.

use games::rps::{
    RETURN_DENOMINATOR, RETURN_NUMERATOR, RULES_VERSION, STAKES, Shape, Verdict, WIN_HUNDREDTHS,
};
use leptos::prelude::*;

use super::{art, name, shape::ORDER, verdict};
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
    let [least, most] = [STAKES.min, STAKES.max].map(|stake| format::group(stake.get()));
    let limits = move || fill(tr!(i18n, rps.limits)(), &[("min", &least), ("max", &most)]);
    let version = move || {
        fill(
            tr!(i18n, rules.version)(),
            &[("version", &RULES_VERSION.to_string())],
        )
    };
    let beats = ORDER.map(|shape| view! { <Beats shape/> }).collect_view();
    view! {
        <Sheet open id=RULES title=tr!(i18n, rps.rules)>
            <ul class="beats">{beats}</ul>
            <Pays/>
            <ul class="prose">
                <li>{tr!(i18n, rps.rule_house)}</li>
                <li>{tr!(i18n, rps.rule_round)}</li>
                <li>{limits}</li>
                <li>{tr!(i18n, rps.rule_streak)}</li>
            </ul>
            <h3 class="card-title">{tr!(i18n, rules.return_title)}</h3>
            <Return/>
            <p class="fine-print">{version}</p>
        </Sheet>
    }
    .into_any()
}

/// One shape and what it beats.
#[component]
fn Beats(shape: Shape) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let beaten = shape.beats();
    let text = move || {
        let locale = i18n.get_locale();
        let names = [
            ("winner", name(locale, shape)),
            ("loser", name(locale, beaten)),
        ];
        fill(tr!(i18n, rps.beats)(), &names)
    };
    view! {
        <li class="beat">
            <Art name=art(shape) class="art-large"/>
            <span class="beat-sign" aria-hidden="true">"›"</span>
            <Art name=art(beaten) class="art"/>
            <span class="beat-text">{text}</span>
        </li>
    }
    .into_any()
}

/// What each verdict pays, and how likely it is.
#[component]
fn Pays() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rows = [
        (Verdict::Win, WIN_HUNDREDTHS),
        (Verdict::Draw, 100),
        (Verdict::Lose, 0),
    ]
    .map(|(won, hundredths)| {
        view! {
            <tr>
                <td>{move || verdict(i18n.get_locale(), won)}</td>
                <td class="number">{format::hundredths(hundredths)} "×"</td>
                <td class="number">"1/3"</td>
            </tr>
        }
    })
    .collect_view();
    let columns = vec![
        Column::text(tr!(i18n, rps.outcome)),
        Column::number(tr!(i18n, rules.times)),
        Column::number(tr!(i18n, rps.chance)),
    ];
    view! {
        <Table columns label=tr!(i18n, rps.rules)>{rows}</Table>
    }
    .into_any()
}

#[component]
fn Return() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || {
        let fraction = format!("{RETURN_NUMERATOR}/{RETURN_DENOMINATOR}");
        let percent = format::percent(RETURN_NUMERATOR, RETURN_DENOMINATOR);
        fill(
            tr!(i18n, rps.return_text)(),
            &[("fraction", &fraction), ("percent", &percent)],
        )
    };
    view! { <p class="card-lead">{text}</p> }
}
