//! Crash: a multiplier climbs until it breaks off at a point drawn beforehand; who takes it in time
//! is paid.
//!
//! Every question of who won is a comparison of multipliers, never of instants:
//!
//! | What happens | What comes of it |
//! | --- | --- |
//! | a click while the curve is below 1.01x | refused, too early |
//! | a click while the curve is at or below the point | pays the curve |
//! | a click once the curve is at the auto cash-out | as if there had been no click |
//! | a click once the curve is above the point | refused, too late |
//! | no click, the point is at or above the auto cash-out | pays the auto cash-out, to the hundredth |
//! | no click and no auto cash-out, the point is 1,000x | pays 1,000x |
//! | no click, the point is below what was waited for | crashed |
//! | the point is 1.00x | crashed at the start, whatever was clicked |
//! | nobody settled it within 30 minutes | the stake comes back |
//!
//! So a cash-out at m wins exactly when the point is at or above m, which has the chance 0.97/m.

use crate::stake::StakeLimits;

mod bet;
mod curve;
mod multiplier;
mod odds;
mod outcome;
mod played;
mod point;
mod round;

pub use bet::Bet;
pub use curve::{CURVE_MAX_MS, curve, reaches};
pub use multiplier::{AutoCashout, BadMultiplier, Multiplier};
pub use odds::{exact_chance, exact_return};
pub use outcome::{End, Outcome};
pub use played::Played;
pub use point::{point, point_of};
pub use round::{Round, Unsettled, settle};

/// The version of the rules; a hand names the one it was played under.
pub const RULES_VERSION: i64 = 1;
/// What may be staked on a round, in tokens.
pub const STAKES: StakeLimits = StakeLimits::new(10, 100_000);
/// What a stake returns on average, in percent before rounding down, wherever it is cashed out.
pub const RETURN_PERCENT: u64 = 97;
/// The growth of the curve: its exponent rises by so much in 100,000 ms, which is 0.00006 a
/// millisecond.
pub const GROWTH_PER_100_000_MS: u32 = 6;
/// How long after the crash it is settled, so that a click which came in before it is still heard.
pub const SETTLE_DELAY_MS: i64 = 250;
/// How long after the start a round that nobody could settle is still settled; then it is refunded.
pub const REFUND_AFTER_MS: i64 = 30 * 60 * 1_000;
