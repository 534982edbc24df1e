//! Exact chances and returns.

use serde::{Deserialize, Serialize};

/// An exact chance or return, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fraction {
    /// Above the line.
    pub numerator: u64,
    /// Below it.
    pub denominator: u64,
}

impl Fraction {
    pub(crate) fn reduced(numerator: impl Into<u128>, denominator: impl Into<u128>) -> Self {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        let common = common_divisor(numerator, denominator);
        let term = |whole: u128| {
            whole
                .checked_div(common)
                .and_then(|term| u64::try_from(term).ok())
        };
        term(numerator)
            .zip(term(denominator))
            .map(|(numerator, denominator)| Self {
                numerator,
                denominator,
            })
            .expect("counts of stops and of draws, in lowest terms, are below 2^64")
    }

    /// The fraction in hundredths of a percent, rounded down: 9,491 for 94.91 %.
    #[must_use]
    pub fn percent_hundredths(self) -> u64 {
        u128::from(self.numerator)
            .saturating_mul(10_000)
            .checked_div(u128::from(self.denominator))
            .and_then(|whole| u64::try_from(whole).ok())
            .unwrap_or_default()
    }
}

/// Euclid's.
fn common_divisor(a: u128, b: u128) -> u128 {
    a.checked_rem(b).map_or(a, |rest| common_divisor(b, rest))
}
