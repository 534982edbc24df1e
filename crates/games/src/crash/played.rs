//! What a hand records of a round.

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AutoCashout, Bet, Multiplier, Outcome, Round, Unsettled, point, settle};
use crate::Draws;

/// A settled round with everything but stake and seeds that it takes to settle it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Played {
    /// Where it was to be cashed out by itself.
    pub auto: Option<AutoCashout>,
    /// When the curve stood at 1.00x.
    pub started_at: Timestamp,
    /// When the click came in that settled it, if one did.
    pub arrival: Option<Timestamp>,
    /// When it was settled.
    pub settled_at: Timestamp,
    /// Where the curve broke off.
    pub point: Multiplier,
    /// What came of it.
    pub outcome: Outcome,
}

impl Played {
    /// Settles a round and records it; see [`settle`].
    ///
    /// # Errors
    /// [`Unsettled`] when the round goes on.
    pub fn settle(
        round: &Round,
        arrival: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Self, Unsettled> {
        let outcome = settle(round, arrival, now)?;
        Ok(Self {
            auto: round.bet.auto(),
            started_at: round.started_at,
            arrival,
            settled_at: now,
            point: round.point,
            outcome,
        })
    }

    /// What an honest house records for that bet and stream at these instants; a hand is right if
    /// that is itself.
    ///
    /// # Errors
    /// [`Unsettled`] when the round was not to be settled yet.
    pub fn replay(&self, bet: Bet, draws: &mut Draws) -> Result<Self, Unsettled> {
        let round = Round {
            bet,
            started_at: self.started_at,
            point: point(draws),
        };
        Self::settle(&round, self.arrival, self.settled_at)
    }
}
