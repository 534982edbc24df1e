//! A round, and how it is settled.

use std::fmt;

use economy::Timestamp;

use super::{
    Bet, End, Multiplier, Outcome, REFUND_AFTER_MS, SETTLE_DELAY_MS, curve::curve, curve::reaches,
};

/// A round from its bet on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// What was staked.
    pub bet: Bet,
    /// When the curve stood at 1.00x.
    pub started_at: Timestamp,
    /// Where the curve breaks off; secret until it has.
    pub point: Multiplier,
}

/// Never shows the point, so that no log can.
impl fmt::Debug for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Round")
            .field("bet", &self.bet)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}

/// Why a round goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// The click came while the curve was below 1.01x.
    #[error("the curve is still below {}", Multiplier::CASH_OUT_MIN)]
    TooEarly,
    /// The click came after the crash, which is settled without one when it is due.
    #[error("the round has crashed")]
    TooLate,
    /// Nobody clicked, and it is not due.
    #[error("the round is running")]
    Running,
}

/// Settles a round by a click that came in at `arrival`, or without one once it is due; `now` is
/// when this is asked. The same arguments always give the same outcome, whoever settles.
///
/// A late click never settles a crash: while the crash is not due, one that came in earlier may
/// still be on its way to us. A click at or after the auto cash-out settles that, due by then.
/// What is overdue is refunded, with a click or without.
///
/// # Errors
/// [`Unsettled`] when the round goes on.
pub fn settle(
    round: &Round,
    arrival: Option<Timestamp>,
    now: Timestamp,
) -> Result<Outcome, Unsettled> {
    let end = if round.is_overdue(now) {
        End::Refunded
    } else if let Some(arrival) = arrival {
        round.clicked(arrival)?
    } else if now < round.due_at() {
        return Err(Unsettled::Running);
    } else {
        round.unclicked()
    };
    Ok(Outcome::of(round.bet, end))
}

impl Round {
    /// When it is over if nobody clicks: when the auto cash-out or 1,000x is reached, or else when
    /// it crashes.
    ///
    /// A crash is the first millisecond at which the curve is above the point, because up to there
    /// a click wins. A point of 1.00x leaves nothing to win, so that it crashes at the start.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let elapsed_ms = if self.wins(self.bet.ceiling()) {
            reaches(self.bet.ceiling())
        } else if self.point == Multiplier::ONE {
            0
        } else {
            reaches(Multiplier::clamped(
                self.point.hundredths().saturating_add(1),
            ))
        };
        self.started_at.plus_millis(elapsed_ms)
    }

    /// From when on it is settled if nobody clicked: a cash-out at once, a crash a moment later.
    #[must_use]
    pub fn due_at(&self) -> Timestamp {
        match self.unclicked() {
            End::Crashed => self.ends_at().plus_millis(SETTLE_DELAY_MS),
            End::Cashed { .. } | End::Refunded => self.ends_at(),
        }
    }

    /// Whether it was not settled within [`REFUND_AFTER_MS`] of its start.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        now.millis_since(self.started_at) > REFUND_AFTER_MS
    }

    /// Whether a cash-out at that multiplier wins.
    fn wins(&self, at: Multiplier) -> bool {
        at <= self.point && self.point > Multiplier::ONE
    }

    fn clicked(&self, arrival: Timestamp) -> Result<End, Unsettled> {
        let elapsed_ms = arrival.millis_since(self.started_at);
        let at = curve(elapsed_ms).min(self.bet.ceiling());
        if !self.wins(at) {
            Err(Unsettled::TooLate)
        } else if at < Multiplier::CASH_OUT_MIN {
            Err(Unsettled::TooEarly)
        } else {
            Ok(End::Cashed { at })
        }
    }

    fn unclicked(&self) -> End {
        let at = self.bet.ceiling();
        if self.wins(at) {
            End::Cashed { at }
        } else {
            End::Crashed
        }
    }
}
