//! What staff may write.

use economy::shop::{Currency, Reduction, Window};
use wire::AppError;
use wire::shop::{ProductKind, UpsertDiscount, UpsertPackage, UpsertProduct, UpsertPromo};

use crate::Result;
use crate::shop::order::{ID_CHARS_MAX, PROMO_CHARS_MAX};
use crate::shop::purchase::invalid;
use crate::shop::store::catalogue::Product;
use crate::shop::store::packages::Package;

/// The most that there can be of a package, and that a package can hold of an item.
const COUNT_MAX: i64 = 1_000_000_000;
/// The fewest characters of a promo code.
const PROMO_CHARS_MIN: usize = 3;

pub(super) fn product(product: &UpsertProduct) -> Result<()> {
    id("product_id", &product.product_id)?;
    let has = |currency: Currency| {
        let prices = product.prices.iter();
        prices.filter(|price| price.currency() == currency).count()
    };
    if Currency::ALL.into_iter().any(|currency| has(currency) > 1) {
        return invalid("prices", "one price in each currency");
    }
    let is_in_tokens = has(Currency::Tokens) > 0;
    let has_prices = !product.prices.is_empty();
    match product.kind {
        ProductKind::Tokens if product.tokens.is_zero() || product.item.is_some() => {
            invalid("tokens", "a pack of tokens has tokens and no item")
        }
        ProductKind::Item if !product.tokens.is_zero() || product.item.is_none() => {
            invalid("item", "an item has an item and no tokens")
        }
        ProductKind::Tokens if is_in_tokens || !has_prices => {
            invalid("prices", "a pack of tokens is priced in money")
        }
        ProductKind::Item if !is_in_tokens || product.prices.len() > 1 => {
            invalid("prices", "an item is priced in tokens")
        }
        ProductKind::Tokens | ProductKind::Item => Ok(()),
    }
}

pub(super) fn discount(discount: &UpsertDiscount) -> Result<()> {
    id("code", &discount.code)?;
    reduction(discount.reduction)?;
    window(discount.window)
}

pub(super) fn package(package: &UpsertPackage, items_max: usize) -> Result<()> {
    id("package_id", &package.package_id)?;
    window(package.window)?;
    if !(0..=COUNT_MAX).contains(&package.stock) {
        return invalid("stock", "a stock is 0 to a billion");
    }
    if !(1..=COUNT_MAX).contains(&package.member_limit) {
        return invalid("member_limit", "a member may have 1 to a billion");
    }
    let items = &package.contents.items;
    if items.len() > items_max || items.iter().any(|it| !(1..=COUNT_MAX).contains(&it.count)) {
        return invalid("contents", "up to 20 items, one at least of each");
    }
    let mut codes: Vec<&str> = items.iter().map(|it| it.code.as_str()).collect();
    codes.sort_unstable();
    if !codes.is_sorted_by(|one, next| one < next) {
        return invalid("contents", "an item stands in one place");
    }
    Ok(())
}

pub(super) fn promo(promo: &UpsertPromo) -> Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = PROMO_CHARS_MIN..=PROMO_CHARS_MAX;
    if !length.contains(&promo.code.len()) || !promo.code.bytes().all(is_plain) {
        return invalid("code", "a code has 3 to 32 letters, digits, _ and -");
    }
    if promo
        .max_uses
        .is_some_and(|most| !(1..=COUNT_MAX).contains(&most))
    {
        return invalid("max_uses", "uses are 1 to a billion");
    }
    reduction(promo.reduction)?;
    window(promo.window)
}

fn id(field: &str, id: &str) -> Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if id.is_empty() || id.len() > ID_CHARS_MAX || !id.bytes().all(is_plain) {
        return invalid(field, "1 to 64 of a-z, 0-9 and _");
    }
    Ok(())
}

fn reduction(reduction: Reduction) -> Result<()> {
    let refused = |error: economy::shop::BadReduction| {
        AppError::field("reduction", "range", &error.to_string())
    };
    Ok(reduction.checked().map(|_| ()).map_err(refused)?)
}

fn window(window: Window) -> Result<()> {
    if !window.is_possible() {
        return invalid("window", "a window ends after it begins");
    }
    Ok(())
}

/// A product as staff wrote it.
pub(super) fn product_of(row: &Product) -> UpsertProduct {
    UpsertProduct {
        product_id: row.id.clone(),
        kind: row.kind,
        tokens: row.tokens,
        item: row.item.as_ref().map(|item| item.code.clone()),
        prices: row.prices.clone(),
        place: row.place,
        is_active: row.is_active,
    }
}

/// A package as staff wrote it.
pub(super) fn package_of(row: &Package) -> UpsertPackage {
    UpsertPackage {
        package_id: row.id.clone(),
        price: row.price,
        contents: row.contents.clone(),
        stock: row.stock,
        member_limit: row.member_limit,
        window: row.window,
        place: row.place,
        is_active: row.is_active,
    }
}
