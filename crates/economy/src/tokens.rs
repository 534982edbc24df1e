//! Amounts of cyber tokens, the club's one currency.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of cyber tokens, from 0 to 2^53 - 1, so that a JSON number carries it exactly.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "i64", into = "i64")]
pub struct Tokens(i64);

/// The amount is negative or above 2^53 - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount of tokens is between 0 and {}", Tokens::MAX)]
pub struct OutOfRange;

impl Tokens {
    /// No tokens.
    pub const ZERO: Self = Self(0);
    /// 2^53 - 1, the largest integer that every JSON reader keeps exact.
    pub const MAX: Self = Self(9_007_199_254_740_991);

    /// An amount of tokens.
    ///
    /// # Errors
    /// [`OutOfRange`] below 0 or above [`Tokens::MAX`].
    pub const fn new(amount: i64) -> Result<Self, OutOfRange> {
        if amount < 0 || amount > Self::MAX.0 {
            return Err(OutOfRange);
        }
        Ok(Self(amount))
    }

    /// An amount that is always in range.
    #[must_use]
    pub const fn from_u32(amount: u32) -> Self {
        // A u32 always fits, and `From` is not const yet.
        #[expect(clippy::as_conversions, reason = "widening u32 to i64 keeps the value")]
        Self(amount as i64)
    }

    /// The amount as a plain integer, in tokens.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` above [`Tokens::MAX`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0
            .checked_add(other.0)
            .and_then(|sum| Self::new(sum).ok())
    }

    /// The difference, or `None` below zero.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0
            .checked_sub(other.0)
            .and_then(|rest| Self::new(rest).ok())
    }

    /// The product, or `None` above [`Tokens::MAX`] or for a negative factor.
    #[must_use]
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        self.0
            .checked_mul(factor)
            .and_then(|product| Self::new(product).ok())
    }

    /// How much is left of `self` once `other` is taken; may be negative.
    #[must_use]
    pub fn signed_diff(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}

impl TryFrom<i64> for Tokens {
    type Error = OutOfRange;
    fn try_from(amount: i64) -> Result<Self, OutOfRange> {
        Self::new(amount)
    }
}

impl From<Tokens> for i64 {
    fn from(tokens: Tokens) -> Self {
        tokens.0
    }
}

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
