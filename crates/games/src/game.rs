//! The games by name, and what a hand records of each.

use serde::{Deserialize, Serialize};

use crate::{crash, gacha, rps, slot};

/// A game of the club.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Game {
    /// Three reels, up to five lines.
    Slot,
    /// Rock-paper-scissors against the house.
    Rps,
    /// One to ten pulls for collectible items.
    Gacha,
    /// A multiplier that climbs until it breaks off.
    Crash,
}

impl Game {
    /// Every game that can be played.
    pub const ALL: [Self; 4] = [Self::Slot, Self::Rps, Self::Gacha, Self::Crash];

    /// The name in paths, rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slot => "slot",
            Self::Rps => "rps",
            Self::Gacha => "gacha",
            Self::Crash => "crash",
        }
    }

    /// The game of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|game| game.as_str() == name)
    }
}

/// What was played and what came of it: the part of a hand that its game owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "game", rename_all = "snake_case")]
pub enum Play {
    /// A spin, free spins included.
    Slot {
        /// How many lines were staked, 1 to 5.
        lines: slot::Lines,
        /// What the reels gave.
        outcome: slot::Outcome,
    },
    /// A throw of rock-paper-scissors.
    Rps {
        /// What the member showed.
        choice: rps::Shape,
        /// What the house showed, and what came of it.
        outcome: rps::Outcome,
    },
    /// A round of pulls; how many follows from the outcome.
    Gacha {
        /// Where the member stood before it, which the odds depend on.
        before: gacha::State,
        /// What the pulls gave.
        outcome: gacha::Outcome,
    },
    /// A round of crash.
    Crash(crash::Played),
}

impl Play {
    /// The game it is of.
    #[must_use]
    pub const fn game(&self) -> Game {
        match self {
            Self::Slot { .. } => Game::Slot,
            Self::Rps { .. } => Game::Rps,
            Self::Gacha { .. } => Game::Gacha,
            Self::Crash(_) => Game::Crash,
        }
    }
}
