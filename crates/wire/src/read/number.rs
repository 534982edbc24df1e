//! Numbers, exact however they are written. One of more digits than are kept is refused where a number
//! is meant: read all the same it would be rounded before anybody looks at it.

use serde::de::{Error, Unexpected, Visitor};
use serde_json::value::RawValue;

use super::fault::Fault;

/// A number of JSON.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Signed(i64),
    /// Beyond what a signed one holds.
    Unsigned(u64),
    /// With a part, or beyond 64 bits; what the float tells is all that was written.
    Float(f64),
    /// The same with more digits than the nearest float tells.
    Finer,
}

impl Number {
    /// The number that JSON writes so; nothing beyond what a float holds.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Ok(number) = text.parse() {
            return Some(Self::Signed(number));
        }
        let decimal = Decimal::read(text);
        let whole = decimal.as_ref().and_then(Decimal::whole);
        let signed = whole.and_then(|number| i64::try_from(number).ok());
        let unsigned = whole.and_then(|number| u64::try_from(number).ok());
        signed
            .map(Self::Signed)
            .or_else(|| unsigned.map(Self::Unsigned))
            .or_else(|| Self::float(text, decimal.as_ref()))
    }

    fn float(text: &str, decimal: Option<&Decimal>) -> Option<Self> {
        let float: f64 = text.parse().ok()?;
        // It is written with the fewest digits that no other float is nearer to.
        let told = Decimal::read(&format!("{float:e}"));
        float.is_finite().then(|| match decimal == told.as_ref() {
            true => Self::Float(float),
            false => Self::Finer,
        })
    }

    /// The number that was typed, if JSON would write it so.
    pub(super) fn typed(text: &str) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(text).ok()?;
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        // JSON may stand between blanks.
        let is_all = raw.get().len() == text.len();
        (is_number && is_all).then(|| Self::read(text)).flatten()
    }

    /// The same where a float is meant, which does not tell every whole number.
    pub(super) fn as_float(self) -> Self {
        let whole = match self {
            Self::Signed(number) => number.to_string(),
            Self::Unsigned(number) => number.to_string(),
            Self::Float(_) | Self::Finer => return self,
        };
        Self::float(&whole, Decimal::read(&whole).as_ref()).unwrap_or(Self::Finer)
    }

    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Signed(number) => visitor.visit_i64(number),
            Self::Unsigned(number) => visitor.visit_u64(number),
            Self::Float(number) => visitor.visit_f64(number),
            Self::Finer => Err(Fault::invalid_type(self.unexpected(), &visitor)),
        }
    }

    pub(super) fn unexpected(self) -> Unexpected<'static> {
        match self {
            Self::Signed(number) => Unexpected::Signed(number),
            Self::Unsigned(number) => Unexpected::Unsigned(number),
            Self::Float(number) => Unexpected::Float(number),
            Self::Finer => Unexpected::Other("a number of more digits than are kept"),
        }
    }
}

/// What a number of JSON says, digit by digit: its significant digits times a power of ten. Equal where
/// the numbers are, so 2.5 is 2.500 and 25e-1, and 2.500000000000000000001 is another.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    /// Without zeros before or behind; nothing for zero.
    digits: String,
    power: i64,
}

impl Decimal {
    /// Nothing where the power is beyond all use.
    fn read(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (written, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (before, after) = written.split_once('.').unwrap_or((written, ""));
        let all = format!("{before}{after}");
        let digits = all.trim_end_matches('0');
        // What is cut off behind is said by the power.
        let behind = all.len() - digits.len();
        let digits = digits.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self {
                is_negative: false,
                digits,
                power: 0,
            });
        }
        let power = exponent
            .parse::<i64>()
            .ok()?
            .checked_sub(i64::try_from(after.len()).ok()?)?
            .checked_add(i64::try_from(behind).ok()?)?;
        Some(Self {
            is_negative,
            digits,
            power,
        })
    }

    /// The whole number that it is; nothing where it has a part, or is beyond 128 bits.
    fn whole(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let scale = 10_i128.checked_pow(u32::try_from(self.power).ok()?)?;
        let number = self.digits.parse::<i128>().ok()?.checked_mul(scale)?;
        match self.is_negative {
            true => number.checked_neg(),
            false => Some(number),
        }
    }
}
