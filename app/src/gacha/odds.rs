//! The odds to the last digit, worked out in the page by the functions that roll.

use games::gacha::{
    Entry, PULLS_MAX, RULES_VERSION, Rarity, State, Tables, chance_within, items, next_odds,
    worst_case_cost,
};
use leptos::prelude::*;

use super::{chances::exact, item::entry_name, machine::Machine};
use crate::{
    format,
    goods::rarity_name,
    play::RULES,
    tr,
    ui::{Column, Sheet, Table, tint},
    words::{I18n, fill},
};

/// How far ahead the chances are told, in pulls.
const AHEAD: [u8; 2] = [10, 90];

/// The odds sheet.
#[component]
pub(super) fn OddsSheet(machine: Machine, open: RwSignal<bool>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let worst = move || {
        let cost = format::group(machine.state.with(worst_case_cost).get());
        let pulls = machine.pulls_to_pity().to_string();
        fill(
            tr!(i18n, gacha.worst)(),
            &[("pulls", &pulls), ("cost", &cost)],
        )
    };
    let version = move || {
        let version = RULES_VERSION.to_string();
        fill(tr!(i18n, rules.version)(), &[("version", &version)])
    };
    view! {
        <Sheet open id=RULES title=tr!(i18n, gacha.odds)>
            <p class="card-lead">{tr!(i18n, gacha.odds_lead)}</p>
            <Delivered machine/>
            <h3 class="card-title">{tr!(i18n, gacha.ahead)}</h3>
            <Ahead machine/>
            <p class="card-lead" data-testid="worst-case">{worst}</p>
            <h3 class="card-title">{tr!(i18n, gacha.table)}</h3>
            <p class="card-lead">{tr!(i18n, gacha.table_text)}</p>
            <Entries machine/>
            <Rules/>
            <p class="fine-print">{version}</p>
        </Sheet>
    }
    .into_any()
}

/// By rarity: the odds of a first pull, the member's own, and how many items share them.
#[component]
fn Delivered(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let mine = Memo::new(move |_| machine.state.with(next_odds));
    let first = next_odds(&State::fresh());
    let row = move |rarity: Rarity| {
        let count = items().iter().filter(|item| item.rarity == rarity).count();
        view! {
            <tr class=tint(rarity)>
                <th scope="row" class="odds-name">{move || rarity_name(i18n.get_locale(), rarity)}</th>
                <td class="number">{count}</td>
                <td class="number muted">{exact(first.of(rarity))}</td>
                <td class="number odds-mine" data-odds=rarity.as_str()>{move || exact(mine.get().of(rarity))}</td>
            </tr>
        }
    };
    let columns = vec![
        Column::text(tr!(i18n, gacha.rarity)),
        Column::number(tr!(i18n, gacha.items)),
        Column::number(tr!(i18n, gacha.base)),
        Column::number(tr!(i18n, gacha.mine)),
    ];
    view! {
        <Table columns label=tr!(i18n, gacha.next_odds) testid="odds-next">{Rarity::ALL.map(row).collect_view()}</Table>
    }
    .into_any()
}

/// The chances of at least one epic and of at least one legendary.
#[component]
fn Ahead(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let chance = move |pulls: u8, rarity: Rarity| {
        let chance = machine
            .state
            .with(|state| chance_within(state, pulls, rarity));
        format::percent(chance.percent_hundredths(), 10_000)
    };
    let row = move |pulls: u8| {
        let name = move || {
            fill(
                tr!(i18n, gacha.next_pulls)(),
                &[("count", &pulls.to_string())],
            )
        };
        view! {
            <tr>
                <th scope="row" class="odds-name">{name}</th>
                <td class="number">{move || chance(pulls, Rarity::Epic)}</td>
                <td class="number">{move || chance(pulls, Rarity::Legendary)}</td>
            </tr>
        }
    };
    let columns = vec![
        Column::text(tr!(i18n, gacha.pulls)),
        Column::number(tr!(i18n, gacha.epic_or_better)),
        Column::number(tr!(i18n, gacha.legendary)),
    ];
    view! {
        <Table columns label=tr!(i18n, gacha.ahead) testid="odds-ahead">{AHEAD.map(row).collect_view()}</Table>
    }
    .into_any()
}

/// The rows that are drawn from: what each weighs at first, and for the member now.
#[component]
fn Entries(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tables = Tables::current();
    let weights = Memo::new(move |_| machine.state.with(|state| tables.weights(state)));
    let rows = Entry::ALL
        .into_iter()
        .zip(tables.base)
        .enumerate()
        .map(|(at, (entry, base))| {
            view! {
                <tr class=tint(entry.delivers())>
                    <th scope="row" class="odds-name">{move || entry_name(i18n.get_locale(), entry)}</th>
                    <td>{move || rarity_name(i18n.get_locale(), entry.delivers())}</td>
                    <td class="number muted">{exact(base)}</td>
                    <td class="number">{move || exact(weights.get()[at])}</td>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text(tr!(i18n, gacha.entry)),
        Column::text(tr!(i18n, gacha.delivers)),
        Column::number(tr!(i18n, gacha.base)),
        Column::number(tr!(i18n, gacha.mine)),
    ];
    view! {
        <Table columns label=tr!(i18n, gacha.table) testid="odds-table">{rows}</Table>
    }
    .into_any()
}

/// How the odds change, in sentences made of the numbers that change them.
#[component]
fn Rules() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let tables = Tables::current();
    let bands = tables
        .soft_pity
        .iter()
        .map(|band| {
            let text = move || {
                let values = [
                    ("above", &*band.above.to_string()),
                    ("near", &exact(band.each_near_miss)),
                    ("epic", &exact(band.epic)),
                ];
                let phrase = if band.epic == 0 {
                    tr!(i18n, gacha.rule_soft)()
                } else {
                    tr!(i18n, gacha.rule_soft_epic)()
                };
                fill(phrase, &values)
            };
            view! { <li>{text}</li> }
        })
        .collect_view();
    let kept = move || {
        let percent = tables.decay_percent.to_string();
        fill(tr!(i18n, gacha.rule_decay)(), &[("percent", &percent)])
    };
    let pity = move || {
        let pulls = tables.hard_pity.to_string();
        fill(tr!(i18n, gacha.rule_pity)(), &[("pulls", &pulls)])
    };
    let ten = move || {
        let count = PULLS_MAX.to_string();
        fill(tr!(i18n, gacha.rule_ten)(), &[("count", &count)])
    };
    view! {
        <ul class="prose">
            {bands}
            <li>{kept}</li>
            <li>{pity}</li>
            <li>{tr!(i18n, gacha.rule_even)}</li>
            <li>{ten}</li>
        </ul>
    }
    .into_any()
}
