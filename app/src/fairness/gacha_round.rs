//! What a round of pulls was drawn from, and what it gave.

use games::gacha::{Outcome, Pull, Rarity, State, Tables};
use leptos::prelude::*;

use crate::{
    gacha::{ItemArt, entry_name},
    goods::{item_name, rarity_name},
    i18n::Locale,
    tr,
    ui::{Fact, RarityFrame},
    words::{I18n, fill},
};

/// How many pulls there were.
#[component]
pub(super) fn GachaBet(pulls: usize) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! { <Fact name=tr!(i18n, gacha.pulls)>{pulls}</Fact> }
}

/// Where the member stood before, which the odds came from, and each pull in order.
#[component]
pub(super) fn GachaOutcome(before: State, outcome: Outcome) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let pulls = outcome
        .pulls
        .into_iter()
        .map(|pull| view! { <Drawn pull/> })
        .collect_view();
    let waited = before.since_epic().to_string();
    let most = Tables::current().hard_pity.to_string();
    let counter = move || {
        fill(
            tr!(i18n, gacha.pity_of)(),
            &[("count", &waited), ("most", &most)],
        )
    };
    let recent = before.recent().to_vec();
    let history = move || match recent.as_slice() {
        [] => tr!(i18n, ui.none)().to_owned(),
        recent => in_words(i18n.get_locale(), recent),
    };
    view! {
        <ol class="drawn">{pulls}</ol>
        <dl class="facts">
            <Fact name=tr!(i18n, gacha.before_pity)>{counter}</Fact>
            <Fact name=tr!(i18n, gacha.before_recent)>{history}</Fact>
        </dl>
    }
    .into_any()
}

fn in_words(locale: Locale, recent: &[Rarity]) -> String {
    let words = recent.iter().map(|rarity| rarity_name(locale, *rarity));
    words.collect::<Vec<_>>().join(" · ")
}

/// One pull: the item, its rarity, and the row that was drawn.
#[component]
fn Drawn(pull: Pull) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let (code, rarity, entry) = (pull.item.clone(), pull.rarity, pull.entry);
    let label = move || item_name(i18n.get_locale(), &code);
    let row = move || {
        let drawn = entry_name(i18n.get_locale(), entry);
        fill(tr!(i18n, gacha.drawn)(), &[("entry", drawn)])
    };
    view! {
        <li class="drawn-pull">
            <RarityFrame rarity><ItemArt code=pull.item/></RarityFrame>
            <span class="drawn-words">
                <span class="drawn-name">{label}</span>
                <span class="muted">{move || rarity_name(i18n.get_locale(), rarity)} " · " {row}</span>
            </span>
        </li>
    }
    .into_any()
}
