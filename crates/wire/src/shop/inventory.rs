//! What members own, and what of it they wear.

use economy::Timestamp;
use games::gacha::Rarity;
use serde::{Deserialize, Serialize};

/// What an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// Is used up.
    Consumable,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Frame,
        Self::Title,
        Self::Badge,
        Self::Felt,
        Self::Consumable,
    ];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Title => "title",
            Self::Badge => "badge",
            Self::Felt => "felt",
            Self::Consumable => "consumable",
        }
    }

    /// The kind of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it is worn; the others are used up.
    #[must_use]
    pub const fn is_worn(self) -> bool {
        !matches!(self, Self::Consumable)
    }
}

/// Which items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct InventoryFilter {
    /// Only of this kind.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub kind: Option<ItemKind>,
    /// Only of this rarity.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub rarity: Option<Rarity>,
}

/// An item that a member owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InventoryItem {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub kind: ItemKind,
    /// How rare it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub rarity: Rarity,
    /// How many.
    pub count: i64,
    /// Whether it is worn.
    pub is_equipped: bool,
    /// When the first one came.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub first_at: Timestamp,
}

/// What a member owns, in the order it first came; at most 500 kinds of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Inventory {
    /// Each once.
    pub items: Vec<InventoryItem>,
    /// What of it is worn, whatever the filter.
    pub equipment: Equipment,
}

/// What a member wears: item codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Equipment {
    /// Around the picture.
    pub frame: Option<String>,
    /// Beside the name.
    pub title: Option<String>,
    /// On the page.
    pub badge: Option<String>,
    /// On the table.
    pub felt: Option<String>,
}

/// Wears an item, in the place of what is worn there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EquipRequest {
    /// Its code.
    pub item: String,
}

/// Takes off what is worn in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnequipRequest {
    /// Which place.
    pub kind: ItemKind,
}

/// Uses up one of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UseRequest {
    /// Its code.
    pub item: String,
}

/// What using an item did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UseResult {
    /// Its code.
    pub item: String,
    /// How many are left.
    pub left: i64,
    /// Experience that it gave.
    pub experience: i64,
}
