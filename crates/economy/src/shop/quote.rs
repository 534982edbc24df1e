//! The price of a line: quantity, then the best discount, then the promo code, then one rounding.

use serde::{Deserialize, Serialize};

use super::{Discount, Price, Promo, Reduction};
use crate::Timestamp;

/// The most of one thing in one purchase.
pub const QUANTITY_MAX: i64 = 99;

/// Amounts are exact until the end: two parts in a hundred need a denominator of 100 times 100.
const SCALE: i128 = 10_000;

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What one costs without any reduction.
    pub price: Price,
    /// How many, 1 to [`QUANTITY_MAX`].
    pub quantity: i64,
    /// Which limited package, if it is one.
    pub package: Option<&'a str>,
}

/// Why there is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The quantity is out of range.
    #[error("a quantity is 1 to {QUANTITY_MAX}")]
    Quantity,
    /// The list price of all of them is above 2^53 - 1.
    #[error("the price would be too large")]
    TooLarge,
    /// The promo code cannot be used here and now.
    #[error("the promo code is not valid")]
    Promo,
}

/// What took something off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplyKind {
    /// The best discount.
    Discount,
    /// The promo code.
    Promo,
}

impl ApplyKind {
    /// The text in JSON and in what is signed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discount => "discount",
            Self::Promo => "promo",
        }
    }
}

/// Something that was taken off.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Applied {
    /// By what.
    pub kind: ApplyKind,
    /// Its name.
    pub code: String,
    /// How much, in minor units of the price.
    pub amount: i64,
}

/// What a line costs, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// Without any reduction.
    pub list_total: Price,
    /// What was taken off, in order; together the difference of the two totals.
    pub applied: Vec<Applied>,
    /// What is paid.
    pub total: Price,
}

/// What a line costs at that instant.
///
/// Of the discounts in their window that fit, the one that takes off most applies, the first of
/// equals; then the promo code; and the total is rounded down once.
///
/// # Errors
/// [`Refusal`].
pub fn quote(
    line: Line<'_>,
    discounts: &[Discount],
    promo: Option<&Promo>,
    now: Timestamp,
) -> Result<Quote, Refusal> {
    if !(1..=QUANTITY_MAX).contains(&line.quantity) {
        return Err(Refusal::Quantity);
    }
    let price = line.price;
    let list = price
        .amount()
        .checked_mul(line.quantity)
        .ok_or(Refusal::TooLarge)?;
    let list_total = Price::new(list, price.currency()).map_err(|_| Refusal::TooLarge)?;
    if promo.is_some_and(|promo| !promo.is_valid(list_total, line.package, now)) {
        return Err(Refusal::Promo);
    }
    let full = i128::from(list).saturating_mul(SCALE);
    let best = best(full, list_total, discounts, now);
    let mut steps = Steps::new(full);
    if let Some(discount) = best {
        steps.take(ApplyKind::Discount, &discount.code, discount.reduction);
    }
    if let Some(promo) = promo {
        steps.take(ApplyKind::Promo, &promo.code, promo.reduction);
    }
    let total = Price::new(rounded(steps.left), price.currency()).map_err(|_| Refusal::TooLarge)?;
    Ok(Quote {
        list_total,
        applied: steps.applied,
        total,
    })
}

fn best(
    full: i128,
    list_total: Price,
    discounts: &[Discount],
    now: Timestamp,
) -> Option<&Discount> {
    let fitting = discounts
        .iter()
        .filter(|it| it.window.is_open(now) && it.reduction.fits(list_total));
    // Of equals `min_by_key` gives the first.
    fitting.min_by_key(|it| after(full, it.reduction))
}

/// What is left of an exact amount once that is taken off; never below zero.
fn after(exact: i128, reduction: Reduction) -> i128 {
    match reduction {
        Reduction::Percent { percent } => {
            let left = i128::from(100_u8.saturating_sub(percent));
            exact.saturating_mul(left).div_euclid(100)
        }
        Reduction::Flat(flat) => {
            let flat = i128::from(flat.amount()).saturating_mul(SCALE);
            exact.saturating_sub(flat).max(0)
        }
    }
}

fn rounded(exact: i128) -> i64 {
    // Never above the list total, which fits.
    i64::try_from(exact.div_euclid(SCALE)).unwrap_or(i64::MAX)
}

/// What is left, and what was taken off on the way.
struct Steps {
    left: i128,
    applied: Vec<Applied>,
}

impl Steps {
    const fn new(full: i128) -> Self {
        Self {
            left: full,
            applied: Vec::new(),
        }
    }

    fn take(&mut self, kind: ApplyKind, code: &str, reduction: Reduction) {
        let next = after(self.left, reduction);
        // The difference of what would be paid before and after, so that all of them add up.
        let amount = rounded(self.left).saturating_sub(rounded(next));
        self.left = next;
        self.applied.push(Applied {
            kind,
            code: code.to_owned(),
            amount,
        });
    }
}
