//! What members own, and what of it they wear.

mod api;
mod choice;
mod felt;
mod item;
mod page;
mod worn;

pub use api::{EquipItem, TakeOff, load_inventory};
pub(crate) use felt::Felt;
pub use page::InventoryPage;
pub(crate) use worn::{Portrait, WornTitle};

use wire::shop::ItemKind;

use crate::i18n::{Locale, td_string};

/// What an item is for.
pub(crate) fn kind_name(locale: Locale, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Frame => td_string!(locale, gacha.kind_frame),
        ItemKind::Title => td_string!(locale, gacha.kind_title),
        ItemKind::Badge => td_string!(locale, gacha.kind_badge),
        ItemKind::Felt => td_string!(locale, gacha.kind_felt),
        ItemKind::Consumable => td_string!(locale, gacha.kind_consumable),
    }
}
