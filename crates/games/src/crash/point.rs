//! Where the curve breaks off.

use super::{Multiplier, RETURN_PERCENT};
use crate::Draws;

/// How many equally likely draws there are: 52 bits, which is what a script's number holds exactly.
pub(super) const DRAWS: u64 = 1 << 52;

/// The return in hundredths of the draws, which is what [`point_of`] divides: below 2^59.
pub(super) const RETURNED: u64 = RETURN_PERCENT.saturating_mul(DRAWS);

/// The point of a round, from the first number of its stream.
pub fn point(draws: &mut Draws) -> Multiplier {
    point_of(draws.below(DRAWS))
}

/// The point of a draw h below 2^52: `max(100, floor(97 * 2^52 / (2^52 - h)))` hundredths, at most
/// 1,000.00x. It rises with h.
#[must_use]
pub fn point_of(draw: u64) -> Multiplier {
    let above = DRAWS.saturating_sub(draw);
    Multiplier::clamped(RETURNED.checked_div(above).unwrap_or(u64::MAX))
}
