//! What is staked on a round.

use economy::Tokens;

use super::{AutoCashout, Multiplier, STAKES};
use crate::stake::BadStake;

/// What is staked on one round, and where it is to be cashed out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bet {
    stake: Tokens,
    auto: Option<AutoCashout>,
}

impl Bet {
    /// A bet.
    ///
    /// # Errors
    /// [`BadStake`] outside the limits.
    pub fn new(stake: Tokens, auto: Option<AutoCashout>) -> Result<Self, BadStake> {
        STAKES.check(stake)?;
        Ok(Self { stake, auto })
    }

    /// The stake, in tokens.
    #[must_use]
    pub const fn stake(self) -> Tokens {
        self.stake
    }

    /// Where it is cashed out by itself, if it is.
    #[must_use]
    pub const fn auto(self) -> Option<AutoCashout> {
        self.auto
    }

    /// The highest multiplier that it can be cashed out at: the auto cash-out, or 1,000x.
    #[must_use]
    pub fn ceiling(self) -> Multiplier {
        self.auto.map_or(Multiplier::MAX, AutoCashout::target)
    }

    /// The whole payout of a cash-out at that multiplier, rounded down.
    #[must_use]
    pub fn pays(self, at: Multiplier) -> Tokens {
        self.stake
            .checked_mul(at.hundredths())
            .and_then(|hundredths| Tokens::new(hundredths.get().checked_div(100)?).ok())
            .expect("100,000 times 100,000 hundredths is below 2^53")
    }
}
