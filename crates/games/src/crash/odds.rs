//! Exact odds, by counting draws.

use super::{Multiplier, point};
use crate::Fraction;

/// The exact chance that the point is at or above a multiplier, which is the chance that a cash-out
/// there wins: 0.97 / multiplier, short of it by less than 2^-52.
#[must_use]
pub fn exact_chance(multiplier: Multiplier) -> Fraction {
    Fraction::reduced(winning_draws(multiplier), point::DRAWS)
}

/// The exact return of a cash-out at a multiplier, before the payout is rounded down.
#[must_use]
pub fn exact_return(multiplier: Multiplier) -> Fraction {
    // Both stay below 2^59: a multiplier of c hundredths wins at most 97 * 2^52 / c draws, except
    // for 1.00x, which wins all of them.
    Fraction::reduced(
        winning_draws(multiplier).saturating_mul(multiplier.hundredths().unsigned_abs()),
        point::DRAWS.saturating_mul(100),
    )
}

/// How many of the 2^52 draws give a point at or above a multiplier.
///
/// `floor(97 * 2^52 / d) >= c` is `d <= floor(97 * 2^52 / c)`, and each d from 1 to 2^52 is one draw.
fn winning_draws(multiplier: Multiplier) -> u64 {
    if multiplier == Multiplier::ONE {
        return point::DRAWS;
    }
    point::RETURNED
        .checked_div(multiplier.hundredths().unsigned_abs())
        .unwrap_or_default()
}
