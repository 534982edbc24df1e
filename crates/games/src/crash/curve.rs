//! The curve, and when it reaches what.

use super::{GROWTH_PER_100_000_MS, Multiplier};

/// When the curve reaches 1,000x and ends, in milliseconds from the start.
pub const CURVE_MAX_MS: i64 = 115_130;

/// Bits after the binary point. No millisecond of the curve comes closer than 2^-23 below a whole
/// hundredth, and what the series cuts off stays below 2^-40; a test goes through all of them.
const FRACTION_BITS: u32 = 64;

/// The multiplier that many milliseconds after the start: `floor(100 * e^(0.00006 t))` hundredths,
/// 1.00x before the start and 1,000.00x from [`CURVE_MAX_MS`] on.
#[must_use]
pub fn curve(elapsed_ms: i64) -> Multiplier {
    let elapsed_ms = elapsed_ms.clamp(0, CURVE_MAX_MS).unsigned_abs();
    let exponent = u128::from(elapsed_ms).saturating_mul(GROWTH_PER_100_000_MS.into());
    Multiplier::clamped(hundred_times_exp(exponent) >> FRACTION_BITS)
}

/// `100 * e^(exponent / 100,000)` with 64 bits after the binary point, by the series of e^x: each
/// term is the one before times x / n.
///
/// Every step rounds down and none falls when the exponent rises, so the curve never falls either.
/// For exponents of the curve the terms stay below 2^79 and nothing saturates.
fn hundred_times_exp(exponent: u128) -> u128 {
    let mut term = 100_u128 << FRACTION_BITS;
    let mut sum = term;
    let mut divisor = 0_u128;
    while term > 0 {
        divisor = divisor.saturating_add(100_000);
        let product = term.saturating_mul(exponent);
        term = product.checked_div(divisor).unwrap_or_default();
        sum = sum.saturating_add(term);
    }
    sum
}

/// The first millisecond after the start at which the curve is at or above a multiplier.
///
/// It searches the curve itself, so that the two agree for every multiplier.
#[must_use]
pub fn reaches(multiplier: Multiplier) -> i64 {
    let (mut first, mut last) = (0_i64, CURVE_MAX_MS);
    while first < last {
        let middle = first.midpoint(last);
        if curve(middle) >= multiplier {
            last = middle;
        } else {
            first = middle.saturating_add(1);
        }
    }
    first
}
