//! The whole collection; what is missing is a silhouette.

use games::gacha::{Item, Rarity, items};
use leptos::prelude::*;

use super::{
    item::{ItemArt, kind_name},
    machine::Machine,
};
use crate::{
    goods::{item_name, rarity_name},
    tr,
    ui::{Card, RarityFrame, tint},
    words::{I18n, fill},
};

/// Every item by rarity, with how many the member has.
#[component]
pub(super) fn Collection(machine: Machine) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let groups = Rarity::ALL
        .map(|rarity| view! { <Group machine rarity/> })
        .collect_view();
    let lead = move || {
        let owned = machine.owned.with(|owned| {
            items()
                .iter()
                .filter(|it| owned.contains_key(it.code))
                .count()
        });
        let (owned, all) = (owned.to_string(), items().len().to_string());
        fill(
            tr!(i18n, gacha.collected)(),
            &[("count", &owned), ("all", &all)],
        )
    };
    view! {
        <Card title=tr!(i18n, gacha.collection) lead>
            {groups}
            <a class="text-link" href="/inventory" data-testid="to-inventory">{tr!(i18n, bag.open)}</a>
        </Card>
    }
    .into_any()
}

#[component]
fn Group(machine: Machine, rarity: Rarity) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let of_rarity = move || items().iter().filter(move |item| item.rarity == rarity);
    let owned = move || {
        machine
            .owned
            .with(|owned| of_rarity().filter(|it| owned.contains_key(it.code)).count())
    };
    let all = of_rarity().count();
    let entries = of_rarity()
        .map(|item| view! { <Entry machine item/> })
        .collect_view();
    view! {
        <section class="shelf">
            <h3 class=format!("shelf-title {}", tint(rarity))>
                {move || rarity_name(i18n.get_locale(), rarity)}
                <span class="shelf-count">{owned} " / " {all}</span>
            </h3>
            <ul class="shelf-items">{entries}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Entry(machine: Machine, item: &'static Item) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let count = Memo::new(move |_| {
        machine
            .owned
            .with(|owned| owned.get(item.code).copied().unwrap_or_default())
    });
    let is_missing = Signal::derive(move || count.get() == 0);
    let note = move || match count.get() {
        0 => tr!(i18n, gacha.missing)().to_owned(),
        count => fill(tr!(i18n, gacha.times)(), &[("count", &count.to_string())]),
    };
    view! {
        <li
            class="entry"
            class:entry-missing=move || is_missing.get()
            data-testid=move || if is_missing.get() { "missing" } else { "owned" }
            data-code=item.code
            data-count=move || count.get().to_string()
            title=move || kind_name(i18n.get_locale(), item.kind)
        >
            <RarityFrame rarity=item.rarity is_missing><ItemArt code=item.code/></RarityFrame>
            <span class="entry-name">{move || item_name(i18n.get_locale(), item.code)}</span>
            <span class="entry-count">{note}</span>
        </li>
    }
    .into_any()
}
