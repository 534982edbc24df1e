//! What may be staked.

use economy::Tokens;
use serde::{Deserialize, Serialize};

/// The smallest and the largest stake of a game, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StakeLimits {
    /// The smallest.
    pub min: Tokens,
    /// The largest.
    pub max: Tokens,
}

/// A stake is outside the limits of its game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadStake {
    /// Below the smallest.
    #[error("the stake is below {0}")]
    TooSmall(Tokens),
    /// Above the largest.
    #[error("the stake is above {0}")]
    TooLarge(Tokens),
}

impl StakeLimits {
    /// From so many tokens to so many.
    #[must_use]
    pub const fn new(min: u32, max: u32) -> Self {
        Self {
            min: Tokens::from_u32(min),
            max: Tokens::from_u32(max),
        }
    }

    /// Whether a stake is within them.
    ///
    /// # Errors
    /// [`BadStake`] when it is not.
    pub fn check(self, stake: Tokens) -> Result<(), BadStake> {
        if stake < self.min {
            Err(BadStake::TooSmall(self.min))
        } else if stake > self.max {
            Err(BadStake::TooLarge(self.max))
        } else {
            Ok(())
        }
    }
}
