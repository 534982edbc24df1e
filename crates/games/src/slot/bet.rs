//! What is staked on a spin.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use super::{LINES_MAX, STAKES};
use crate::stake::BadStake;

/// How many lines are staked, 1 to 5; they are the first so many of [`super::LINES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Lines(u8);

/// The number of lines is outside 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lines are 1 to {LINES_MAX}")]
pub struct BadLines;

impl Lines {
    /// The middle row alone.
    pub const ONE: Self = Self(1);

    /// A number of lines.
    ///
    /// # Errors
    /// [`BadLines`] outside 1 to 5.
    pub fn new(lines: i64) -> Result<Self, BadLines> {
        u8::try_from(lines)
            .ok()
            .filter(|n| (1..=LINES_MAX).contains(n))
            .map(Self)
            .ok_or(BadLines)
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for Lines {
    type Error = BadLines;
    fn try_from(lines: i64) -> Result<Self, BadLines> {
        Self::new(lines)
    }
}

impl From<Lines> for i64 {
    fn from(lines: Lines) -> Self {
        i64::from(lines.0)
    }
}

/// What is staked on one spin: between the limits, and the same on each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bet {
    stake: Tokens,
    lines: Lines,
    line_stake: Tokens,
}

/// Why a bet is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBet {
    /// Outside the limits.
    #[error(transparent)]
    Stake(#[from] BadStake),
    /// The stake does not divide by the lines.
    #[error("the stake does not divide by the lines")]
    Uneven,
}

impl Bet {
    /// A bet.
    ///
    /// # Errors
    /// [`BadBet`] outside the limits, or when the stake does not divide by the lines.
    pub fn new(stake: Tokens, lines: Lines) -> Result<Self, BadBet> {
        STAKES.check(stake)?;
        let count = i64::from(lines.0);
        let share = stake
            .get()
            .checked_div(count)
            .and_then(|share| Tokens::new(share).ok());
        // Dividing rounds down, so that only an even stake comes back whole.
        share
            .filter(|share| share.checked_mul(count) == Some(stake))
            .map(|line_stake| Self {
                stake,
                lines,
                line_stake,
            })
            .ok_or(BadBet::Uneven)
    }

    /// The stake of the whole spin, in tokens.
    #[must_use]
    pub const fn stake(self) -> Tokens {
        self.stake
    }

    /// The lines it is spread over.
    #[must_use]
    pub const fn lines(self) -> Lines {
        self.lines
    }

    /// The stake of one line, in tokens.
    #[must_use]
    pub const fn line_stake(self) -> Tokens {
        self.line_stake
    }
}
