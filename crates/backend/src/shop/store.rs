//! The rows of the shop.

pub(super) mod catalogue;
pub(super) mod figures;
pub(super) mod keys;
pub(super) mod packages;
pub(super) mod promos;
pub(super) mod purchases;
pub(super) mod sought;
pub(super) mod webhooks;

use economy::Timestamp;
use economy::shop::{Currency, Price, Reduction, Window};
use sqlx::any::AnyRow;

use crate::db::Columns;
use crate::{Error, Result};

/// A price of a column that may be empty, which is named with its table.
fn price(row: &AnyRow, column: &str, currency: Currency) -> Result<Option<Price>> {
    let amount = row.int_opt(column)?;
    let price = amount.map(|amount| Price::new(amount, currency));
    price
        .transpose()
        .map_err(|_| Error::Corrupt(column.to_owned()))
}

/// The columns of a window.
fn window(row: &AnyRow) -> Result<Window> {
    Ok(Window {
        from: row.instant_opt("starts_at")?,
        until: row.instant_opt("ends_at")?,
    })
}

/// The columns of a reduction, in a row of this table.
fn reduction(row: &AnyRow, table: &str) -> Result<Reduction> {
    let corrupt = || Error::Corrupt(format!("{table}.percent"));
    if let Some(percent) = row.int_opt("percent")? {
        let percent = u8::try_from(percent).map_err(|_| corrupt())?;
        return Ok(Reduction::Percent { percent });
    }
    let currency = row.parsed(&format!("{table}.flat_currency"), Currency::parse)?;
    let flat = price(row, &format!("{table}.flat_amount"), currency)?;
    Ok(Reduction::Flat(flat.ok_or_else(corrupt)?))
}

/// What a reduction is bound as: percent, amount, currency.
fn columns(reduction: Reduction) -> (Option<i64>, Option<i64>, Option<&'static str>) {
    match reduction {
        Reduction::Percent { percent } => (Some(percent.into()), None, None),
        Reduction::Flat(flat) => (None, Some(flat.amount()), Some(flat.currency().as_str())),
    }
}

/// What an instant that may be missing is bound as.
fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::millis)
}
