//! The collection. The page translates an item's name by its code.

use serde::{Deserialize, Serialize};

use super::Rarity::{self, Common, Epic, Legendary, Rare};
use ItemKind::{Badge, Felt, Frame, Title};

/// What an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Goes around the member's picture.
    Frame,
    /// Stands beside the member's name.
    Title,
    /// Is pinned to the member's page.
    Badge,
    /// Covers the member's table.
    Felt,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Frame, Self::Title, Self::Badge, Self::Felt];

    /// The name in JSON, which the codes of its items begin with.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Title => "title",
            Self::Badge => "badge",
            Self::Felt => "felt",
        }
    }
}

/// An item of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Item {
    /// Its name in rows, JSON and translations.
    pub code: &'static str,
    /// How rare it is.
    pub rarity: Rarity,
    /// What it is for.
    pub kind: ItemKind,
}

const fn item(kind: ItemKind, code: &'static str, rarity: Rarity) -> Item {
    Item { code, rarity, kind }
}

/// The collection of version 1. The order within a rarity is the order of the draw.
pub(super) const FIRST: [Item; 28] = [
    item(Frame, "frame_walnut", Common),
    item(Frame, "frame_brass", Common),
    item(Frame, "frame_slate", Common),
    item(Title, "title_newcomer", Common),
    item(Title, "title_regular", Common),
    item(Title, "title_night_owl", Common),
    item(Badge, "badge_clover", Common),
    item(Badge, "badge_paper_crane", Common),
    item(Felt, "felt_moss", Common),
    item(Felt, "felt_navy", Common),
    item(Frame, "frame_moonlit", Rare),
    item(Frame, "frame_coral", Rare),
    item(Title, "title_lamplighter", Rare),
    item(Title, "title_quick_wit", Rare),
    item(Badge, "badge_fox", Rare),
    item(Badge, "badge_comet", Rare),
    item(Felt, "felt_plum_velvet", Rare),
    item(Felt, "felt_rainy_night", Rare),
    item(Frame, "frame_aurora", Epic),
    item(Frame, "frame_clockwork", Epic),
    item(Title, "title_star_reader", Epic),
    item(Title, "title_moon_rabbit", Epic),
    item(Badge, "badge_phoenix", Epic),
    item(Felt, "felt_milky_way", Epic),
    item(Frame, "frame_sun_and_moon", Legendary),
    item(Title, "title_keeper_of_dawn", Legendary),
    item(Badge, "badge_golden_haetae", Legendary),
    item(Felt, "felt_dragon", Legendary),
];
