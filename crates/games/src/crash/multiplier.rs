//! What the stake is multiplied with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A multiplier from 1.00x to 1,000.00x, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Multiplier(i64);

/// Why a multiplier is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMultiplier {
    /// Not a number with at most two decimals.
    #[error("a multiplier is a number with at most two decimals")]
    Malformed,
    /// Below 1.00x, or below 1.01x where something is to be cashed out.
    #[error("the multiplier is too low")]
    TooLow,
    /// Above 1,000.00x.
    #[error("the multiplier is above {}", Multiplier::MAX)]
    TooHigh,
}

impl Multiplier {
    /// 1.00x, where every curve starts.
    pub const ONE: Self = Self(100);
    /// 1.01x, the least that can be cashed out.
    pub const CASH_OUT_MIN: Self = Self(101);
    /// 1,000.00x, where every curve ends.
    pub const MAX: Self = Self(100_000);

    /// That many hundredths.
    ///
    /// # Errors
    /// [`BadMultiplier`] outside 100 to 100,000.
    pub const fn from_hundredths(hundredths: i64) -> Result<Self, BadMultiplier> {
        if hundredths < Self::ONE.0 {
            Err(BadMultiplier::TooLow)
        } else if hundredths > Self::MAX.0 {
            Err(BadMultiplier::TooHigh)
        } else {
            Ok(Self(hundredths))
        }
    }

    /// The multiplier closest to that many hundredths.
    pub(super) fn clamped(hundredths: impl TryInto<i64>) -> Self {
        let hundredths = hundredths.try_into().unwrap_or(i64::MAX);
        Self(hundredths.clamp(Self::ONE.0, Self::MAX.0))
    }

    /// How many hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// The multiplier that a text like `2`, `2.5` or `2.50` names.
    ///
    /// # Errors
    /// [`BadMultiplier`] for anything else, and outside 1 to 1,000.
    pub fn parse(text: &str) -> Result<Self, BadMultiplier> {
        Self::from_hundredths(hundredths_of(text).ok_or(BadMultiplier::Malformed)?)
    }
}

/// Reads a decimal with up to nine digits before the point and one or two after it. More digits
/// are no multiplier, and their number is bounded so that it fits.
fn hundredths_of(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=9).contains(&whole.len()) || !(1..=2).contains(&part.len()) {
        return None;
    }
    if !digits(whole) || !digits(part) {
        return None;
    }
    // "5" after the point is fifty hundredths.
    format!("{whole}{part:0<2}").parse().ok()
}

impl TryFrom<i64> for Multiplier {
    type Error = BadMultiplier;
    fn try_from(hundredths: i64) -> Result<Self, BadMultiplier> {
        Self::from_hundredths(hundredths)
    }
}

impl From<Multiplier> for i64 {
    fn from(multiplier: Multiplier) -> Self {
        multiplier.0
    }
}

/// With two decimals, as `2.00`.
impl fmt::Display for Multiplier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.div_euclid(100), self.0.rem_euclid(100));
        write!(f, "{whole}.{part:02}")
    }
}

/// Where a round is cashed out by itself, from 1.01x to 1,000.00x.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Multiplier", into = "Multiplier")]
pub struct AutoCashout(Multiplier);

impl AutoCashout {
    /// At that multiplier.
    ///
    /// # Errors
    /// [`BadMultiplier::TooLow`] below 1.01x.
    pub fn new(target: Multiplier) -> Result<Self, BadMultiplier> {
        if target < Multiplier::CASH_OUT_MIN {
            return Err(BadMultiplier::TooLow);
        }
        Ok(Self(target))
    }

    /// At the multiplier that a text like `2`, `2.5` or `2.50` names.
    ///
    /// # Errors
    /// [`BadMultiplier`] for anything else, and outside 1.01 to 1,000.
    pub fn parse(text: &str) -> Result<Self, BadMultiplier> {
        Multiplier::parse(text).and_then(Self::new)
    }

    /// The multiplier that it waits for.
    #[must_use]
    pub const fn target(self) -> Multiplier {
        self.0
    }
}

impl TryFrom<Multiplier> for AutoCashout {
    type Error = BadMultiplier;
    fn try_from(target: Multiplier) -> Result<Self, BadMultiplier> {
        Self::new(target)
    }
}

impl From<AutoCashout> for Multiplier {
    fn from(auto: AutoCashout) -> Self {
        auto.0
    }
}

impl fmt::Display for AutoCashout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
