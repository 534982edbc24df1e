//! What is drawn, and how rare what it delivers is.

use serde::{Deserialize, Serialize};

use super::Animation;

/// How rare an item is; the rarer is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rarity {
    /// Most pulls.
    Common,
    /// About one pull in three, near misses included.
    Rare,
    /// What the pity pays.
    Epic,
    /// One pull in five hundred.
    Legendary,
}

impl Rarity {
    /// Every rarity, the commonest first.
    pub const ALL: [Self; 4] = [Self::Common, Self::Rare, Self::Epic, Self::Legendary];

    /// The name in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Rare => "rare",
            Self::Epic => "epic",
            Self::Legendary => "legendary",
        }
    }

    /// The rarity of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rarity| rarity.as_str() == name)
    }
}

/// A row of the base table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A legendary.
    Legendary,
    /// An epic.
    Epic,
    /// A rare.
    Rare,
    /// A common.
    Common,
    /// A rare, shown as if it had almost been an epic.
    NearMissEpic,
    /// A rare, shown as if it had almost been a legendary.
    NearMissLegendary,
}

impl Entry {
    /// Every entry in the order of the draw.
    pub const ALL: [Self; 6] = [
        Self::Legendary,
        Self::Epic,
        Self::Rare,
        Self::Common,
        Self::NearMissEpic,
        Self::NearMissLegendary,
    ];

    /// The rarity of what it gives, unless the hard pity gives more.
    #[must_use]
    pub const fn delivers(self) -> Rarity {
        match self {
            Self::Legendary => Rarity::Legendary,
            Self::Epic => Rarity::Epic,
            Self::Rare | Self::NearMissEpic | Self::NearMissLegendary => Rarity::Rare,
            Self::Common => Rarity::Common,
        }
    }

    /// How the page shows it, unless the hard pity has a say.
    #[must_use]
    pub const fn animation(self) -> Animation {
        match self {
            Self::Legendary => Animation::Legendary,
            Self::Epic => Animation::Epic,
            Self::Rare | Self::Common => Animation::Normal,
            Self::NearMissEpic | Self::NearMissLegendary => Animation::NearMiss,
        }
    }
}
