//! What is sold, and what it would cost.

use economy::Timestamp;
use economy::shop::{Currency, Discount, Line, Price, Promo, Quote, Refusal, quote};
use sqlx::AnyConnection;
use wire::shop::{
    LimitedPackage, PackageState, PriceAnswer, PriceRequest, Product, ProductKind, ShopCatalogue,
};
use wire::{AppError, Code, UserId};

use super::store::catalogue::Product as Row;
use super::store::{self, packages::Package};
use super::{Shop, order};
use crate::Result;
use crate::limits::Limit;

impl Shop {
    /// Everything that is always sold, with what one costs now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catalogue(&self) -> Result<ShopCatalogue> {
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        let products = store::catalogue::products(&mut conn, now).await?;
        drop(conn);
        let products = products
            .into_iter()
            .map(|(row, discounts)| shown(row, discounts, now));
        Ok(ShopCatalogue {
            products: products.collect(),
            sells_tokens: self.gateway.is_some(),
            now,
        })
    }

    /// The limited packages that are not stopped, as they stand for the one who asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn limited_packages(&self, user: Option<UserId>) -> Result<Vec<LimitedPackage>> {
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        // Nobody has the account 0, so a visitor owns nothing.
        let user = user.unwrap_or(UserId(0));
        let packages = store::packages::packages(&mut conn, user).await?;
        Ok(packages
            .into_iter()
            .map(|it| shown_package(it, now))
            .collect())
    }

    /// What a product or a package would cost now, for whoever asks from that address.
    ///
    /// # Errors
    /// `not_found`; `promo_invalid`; `invalid` for the quantity or the currency; `rate_limited` when
    /// an address tries many promo codes.
    pub async fn price(
        &self,
        id: &str,
        request: PriceRequest,
        address: &str,
    ) -> Result<PriceAnswer> {
        order::check_id(id)?;
        if request.promo_code.is_some() {
            self.core.limits.check(Limit::CodeCheck, address).await?;
        }
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        let promo = order::promo(&mut conn, request.promo_code.as_deref()).await?;
        let product = store::catalogue::product(&mut conn, id).await?;
        let (quantity, quote) = match product.filter(|it| it.is_active) {
            Some(row) => {
                let quantity = request.quantity.unwrap_or(1);
                let priced = priced(&mut conn, &row, quantity, request.currency, &promo, now);
                (quantity, priced.await?)
            }
            None => {
                let found = store::packages::package(&mut conn, UserId(0), id).await?;
                let found = found.filter(|it| it.is_active).ok_or(Code::NotFound)?;
                (1, price_of_package(&found, promo.as_ref(), now)?)
            }
        };
        Ok(PriceAnswer {
            product_id: id.to_owned(),
            quantity,
            list_total: quote.list_total,
            applied: quote.applied,
            total: quote.total,
        })
    }
}

/// What so many of a product cost.
pub(super) async fn priced(
    conn: &mut AnyConnection,
    row: &Row,
    quantity: i64,
    currency: Option<Currency>,
    promo: &Option<Promo>,
    now: Timestamp,
) -> Result<Quote> {
    let price = price_in(row, currency)?;
    let discounts = store::catalogue::discounts_of(conn, &row.id, now).await?;
    let line = Line {
        price,
        quantity,
        package: None,
    };
    quote(line, &discounts, promo.as_ref(), now).map_err(|it| refused(it).into())
}

/// What a package costs.
pub(super) fn price_of_package(
    package: &Package,
    promo: Option<&Promo>,
    now: Timestamp,
) -> Result<Quote> {
    let line = Line {
        price: Price::of_tokens(package.price),
        quantity: 1,
        package: Some(&package.id),
    };
    quote(line, &[], promo, now).map_err(|it| refused(it).into())
}

fn price_in(row: &Row, currency: Option<Currency>) -> Result<Price> {
    let mut prices = row.prices.iter();
    let price = match currency {
        Some(currency) => prices.find(|it| it.currency() == currency),
        None => prices.next(),
    };
    let refused = || AppError::field("currency", "range", "the product has no such price");
    Ok(*price.ok_or_else(refused)?)
}

fn refused(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::Promo => Code::PromoInvalid.into(),
        Refusal::Quantity | Refusal::TooLarge => {
            AppError::field("quantity", "range", &refusal.to_string())
        }
    }
}

fn shown(row: Row, discounts: Vec<Discount>, now: Timestamp) -> Product {
    let offers = row.prices.iter().filter_map(|price| {
        let line = Line {
            price: *price,
            quantity: 1,
            package: None,
        };
        // One of something that staff could price has a price.
        quote(line, &discounts, None, now).ok()
    });
    Product {
        offers: offers.collect(),
        product_id: row.id,
        kind: row.kind,
        tokens: row.tokens,
        item: row.item,
        prices: row.prices,
        discounts,
        place: row.place,
        is_active: row.is_active,
    }
}

fn shown_package(package: Package, now: Timestamp) -> LimitedPackage {
    LimitedPackage {
        state: PackageState::from(package.offer().check(now)),
        package_id: package.id,
        price: package.price,
        contents: package.contents,
        stock: package.stock,
        remaining: package.remaining,
        member_limit: package.member_limit,
        owned: package.owned,
        window: package.window,
        place: package.place,
    }
}

/// What a product of that kind is recorded as.
pub(super) const fn purchase_kind(kind: ProductKind) -> wire::shop::PurchaseKind {
    match kind {
        ProductKind::Tokens => wire::shop::PurchaseKind::Tokens,
        ProductKind::Item => wire::shop::PurchaseKind::Item,
    }
}
