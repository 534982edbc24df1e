//! The items in drawings, and the words for what the tables name.

use games::gacha::{Entry, Item, ItemKind, Tables};
use leptos::prelude::*;

use crate::i18n::{Locale, td_string};

/// The item of that code, if this build knows it.
pub(super) fn find(code: &str) -> Option<&'static Item> {
    Tables::current().item(code)
}

/// The drawing of an item, in the tint of the rarity around it.
#[component]
pub(crate) fn ItemArt(
    #[prop(into)] code: String,
    #[prop(default = "item-art")] class: &'static str,
) -> impl IntoView {
    view! { <Drawing name=code class/> }
}

/// A drawing of the gacha's own sheet.
#[component]
pub(super) fn Drawing(#[prop(into)] name: String, class: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true" focusable="false">
            <use href=format!("/art/gacha.svg#{name}")></use>
        </svg>
    }
    .into_any()
}

/// What an item is for.
pub(super) fn kind_name(locale: Locale, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Frame => td_string!(locale, gacha.kind_frame),
        ItemKind::Title => td_string!(locale, gacha.kind_title),
        ItemKind::Badge => td_string!(locale, gacha.kind_badge),
        ItemKind::Felt => td_string!(locale, gacha.kind_felt),
    }
}

/// The name of a row of the table that is drawn from.
pub(crate) fn entry_name(locale: Locale, entry: Entry) -> &'static str {
    match entry {
        Entry::Legendary => td_string!(locale, gacha.legendary),
        Entry::Epic => td_string!(locale, gacha.epic),
        Entry::Rare => td_string!(locale, gacha.rare),
        Entry::Common => td_string!(locale, gacha.common),
        Entry::NearMissEpic => td_string!(locale, gacha.near_epic),
        Entry::NearMissLegendary => td_string!(locale, gacha.near_legendary),
    }
}
