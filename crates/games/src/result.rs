//! How a hand ended, and how many times the stake it paid.

use economy::Tokens;
use serde::{Deserialize, Serialize};

/// How a hand ended for the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandResult {
    /// The payout is above the stake.
    Win,
    /// The payout is below the stake.
    Lose,
    /// The stake came back.
    Push,
    /// Something other than tokens was won; counts in no win rate.
    Bonus,
}

impl HandResult {
    /// The result of a hand whose stake and payout are both tokens.
    #[must_use]
    pub fn of(stake: Tokens, payout: Tokens) -> Self {
        match payout.cmp(&stake) {
            std::cmp::Ordering::Greater => Self::Win,
            std::cmp::Ordering::Equal => Self::Push,
            std::cmp::Ordering::Less => Self::Lose,
        }
    }

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Win => "win",
            Self::Lose => "lose",
            Self::Push => "push",
            Self::Bonus => "bonus",
        }
    }

    /// The result of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Win, Self::Lose, Self::Push, Self::Bonus]
            .into_iter()
            .find(|result| result.as_str() == text)
    }
}

/// How many times the stake a payout is, in hundredths, rounded down; 0 for a stake of zero.
#[must_use]
pub fn multiplier_hundredths(stake: Tokens, payout: Tokens) -> i64 {
    // 2^53 hundreds stay below 2^63.
    payout
        .get()
        .saturating_mul(100)
        .checked_div(stake.get())
        .unwrap_or_default()
}
