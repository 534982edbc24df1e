//! What a round gives.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use super::{Bet, Multiplier};

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum End {
    /// Taken in time, by a click, by the auto cash-out or at 1,000x.
    Cashed {
        /// What the stake was multiplied with.
        at: Multiplier,
    },
    /// The curve broke off first.
    Crashed,
    /// It could not be settled in time, so that the stake came back.
    Refunded,
}

impl End {
    /// The status in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cashed { .. } => "cashed",
            Self::Crashed => "crashed",
            Self::Refunded => "refunded",
        }
    }

    /// What the stake was multiplied with, where it was cashed out.
    #[must_use]
    pub const fn cashed_at(self) -> Option<Multiplier> {
        match self {
            Self::Cashed { at } => Some(at),
            Self::Crashed | Self::Refunded => None,
        }
    }
}

/// What one round gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// The whole payout, in tokens: at least the stake, or nothing after a crash.
    pub payout: Tokens,
    /// What the payout is above the stake, in tokens; nothing after a crash or a refund.
    pub win_amount: Tokens,
}

impl Outcome {
    pub(super) fn of(bet: Bet, end: End) -> Self {
        let payout = match end {
            End::Cashed { at } => bet.pays(at),
            End::Crashed => Tokens::ZERO,
            End::Refunded => bet.stake(),
        };
        Self {
            end,
            payout,
            win_amount: payout.checked_sub(bet.stake()).unwrap_or_default(),
        }
    }
}
