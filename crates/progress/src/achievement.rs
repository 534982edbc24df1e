//! Achievements: what one asks for, and when it is met. Rows hold them; nothing here is seeded.

use economy::Tokens;
use games::Game;
use serde::{Deserialize, Serialize};

use crate::tally::Tally;

/// What an achievement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Hands settled.
    Hands,
    /// Hands won.
    Wins,
    /// Wins in a row, at best.
    Streak,
    /// The best multiplier, in hundredths.
    Multiplier,
    /// The largest payout, in tokens.
    LargestWin,
    /// Different games played.
    Games,
    /// Different items collected.
    Items,
    /// Legendary items pulled.
    Legendaries,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Hands,
        Self::Wins,
        Self::Streak,
        Self::Multiplier,
        Self::LargestWin,
        Self::Games,
        Self::Items,
        Self::Legendaries,
    ];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hands => "hands",
            Self::Wins => "wins",
            Self::Streak => "streak",
            Self::Multiplier => "multiplier",
            Self::LargestWin => "largest_win",
            Self::Games => "games",
            Self::Items => "items",
            Self::Legendaries => "legendaries",
        }
    }

    /// The kind of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What an achievement asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Requirement {
    /// What is counted.
    pub kind: Kind,
    /// In which game; in all together without one.
    pub game: Option<Game>,
    /// How far it has to come; above zero.
    pub threshold: i64,
}

impl Requirement {
    /// How far a member with this tally has come, at most the threshold.
    #[must_use]
    pub fn progress(&self, tally: &Tally) -> i64 {
        let stands = match self.kind {
            Kind::Hands => tally.hands,
            Kind::Wins => tally.wins,
            Kind::Streak => tally.streak_max,
            Kind::Multiplier => tally.multiplier_max_hundredths,
            Kind::LargestWin => tally.largest_win,
            Kind::Games => tally.games,
            Kind::Items => tally.items,
            Kind::Legendaries => tally.legendaries,
        };
        stands.clamp(0, self.threshold)
    }

    /// Whether a member with this tally has met it.
    #[must_use]
    pub fn is_met(&self, tally: &Tally) -> bool {
        self.progress(tally) >= self.threshold
    }
}

/// An achievement, as its row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub code: String,
    /// What it asks for.
    pub requirement: Requirement,
    /// What can be claimed once it is unlocked.
    pub reward: Tokens,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Tally = Tally {
        hands: 0,
        wins: 0,
        streak_max: 0,
        multiplier_max_hundredths: 0,
        largest_win: 0,
        games: 0,
        items: 0,
        legendaries: 0,
    };

    fn tally(kind: Kind, stands: i64) -> Tally {
        let mut tally = NONE;
        match kind {
            Kind::Hands => tally.hands = stands,
            Kind::Wins => tally.wins = stands,
            Kind::Streak => tally.streak_max = stands,
            Kind::Multiplier => tally.multiplier_max_hundredths = stands,
            Kind::LargestWin => tally.largest_win = stands,
            Kind::Games => tally.games = stands,
            Kind::Items => tally.items = stands,
            Kind::Legendaries => tally.legendaries = stands,
        }
        tally
    }

    #[test]
    fn a_requirement_is_met_at_its_threshold_by_its_own_count_alone() {
        for kind in Kind::ALL {
            let asked = Requirement {
                kind,
                game: None,
                threshold: 3,
            };
            assert!(!asked.is_met(&tally(kind, 2)), "{kind:?}");
            assert!(asked.is_met(&tally(kind, 3)), "{kind:?}");
            assert_eq!(asked.progress(&tally(kind, 1_000)), 3, "{kind:?}");
            let others = Kind::ALL.into_iter().filter(|other| *other != kind);
            for other in others {
                assert!(!asked.is_met(&tally(other, 3)), "{kind:?} by {other:?}");
            }
        }
    }

    #[test]
    fn kinds_read_back_from_their_text() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("spent"), None);
    }
}
