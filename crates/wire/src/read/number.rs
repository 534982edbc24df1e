//! Numbers, exact where they are whole however they are written.

use serde::de::{Unexpected, Visitor};
use serde_json::value::RawValue;

use super::fault::Fault;

/// A number of JSON.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Signed(i64),
    /// Beyond what a signed one holds.
    Unsigned(u64),
    /// With a part, or beyond 64 bits.
    Other(f64),
}

impl Number {
    /// The number that JSON writes so; nothing beyond what a float holds.
    pub(super) fn read(text: &str) -> Option<Self> {
        let whole = whole(text);
        let signed = whole.and_then(|number| i64::try_from(number).ok());
        let unsigned = whole.and_then(|number| u64::try_from(number).ok());
        let other = || text.parse().ok().filter(|number: &f64| number.is_finite());
        signed
            .map(Self::Signed)
            .or_else(|| unsigned.map(Self::Unsigned))
            .or_else(|| other().map(Self::Other))
    }

    /// The number that was typed, if JSON would write it so.
    pub(super) fn typed(text: &str) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(text).ok()?;
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        // JSON may stand between blanks.
        let is_all = raw.get().len() == text.len();
        (is_number && is_all).then(|| Self::read(text)).flatten()
    }

    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Signed(number) => visitor.visit_i64(number),
            Self::Unsigned(number) => visitor.visit_u64(number),
            Self::Other(number) => visitor.visit_f64(number),
        }
    }

    pub(super) fn unexpected(self) -> Unexpected<'static> {
        match self {
            Self::Signed(number) => Unexpected::Signed(number),
            Self::Unsigned(number) => Unexpected::Unsigned(number),
            Self::Other(number) => Unexpected::Float(number),
        }
    }
}

/// The whole number that JSON writes as `10`, `10.0` or `1e1`; nothing where it has a part. Not by way
/// of a float, which would make one of 10.00000000000000001 too.
fn whole(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text),
    };
    let (decimal, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (before, after) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = format!("{before}{after}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // Below none they reach behind the point.
    let behind = digits.len() - significant.len();
    let zeros = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(after.len()).ok()?)?
        .checked_add(i64::try_from(behind).ok()?)?;
    let scale = 10_i128.checked_pow(u32::try_from(zeros).ok()?)?;
    let number: i128 = significant.parse().ok()?;
    number.checked_mul(scale)?.checked_mul(sign)
}
