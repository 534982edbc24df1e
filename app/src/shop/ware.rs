//! What can be bought: a product or a limited package, in one shape for the page.

use economy::shop::{Currency, Line, Price, QUANTITY_MAX, Quote, quote};
use serde::{Deserialize, Serialize};
use wire::{
    Timestamp, Tokens,
    shop::{Contents, ItemCount, LimitedPackage, Product, ProductKind},
};

use super::order::PACKAGE;
use crate::{goods::ware_name, i18n::Locale};

/// Something of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ware {
    /// What is always sold.
    Product(Product),
    /// What there is only so much of.
    Package(LimitedPackage),
}

impl Ware {
    /// Its code.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Product(product) => &product.product_id,
            Self::Package(package) => &package.package_id,
        }
    }

    /// What it is called.
    pub(super) fn name(&self, locale: Locale) -> String {
        ware_name(locale, self.id(), &self.contents(1))
    }

    /// What an order calls it.
    pub(super) fn kind(&self) -> &'static str {
        if self.is_package() {
            PACKAGE
        } else {
            "product"
        }
    }

    pub(super) fn is_package(&self) -> bool {
        matches!(self, Self::Package(_))
    }

    /// Whether it is paid with money, so that a payment method is asked for.
    pub(super) fn is_paid_with_money(&self) -> bool {
        matches!(self, Self::Product(product) if product.kind == ProductKind::Tokens)
    }

    /// The most of it in one purchase.
    pub(super) fn quantity_max(&self) -> i64 {
        match self {
            Self::Product(_) => QUANTITY_MAX,
            Self::Package(_) => 1,
        }
    }

    /// What one costs in that currency, or in its first one where it has no such price.
    pub(super) fn price_in(&self, currency: Currency) -> Option<Price> {
        match self {
            Self::Product(product) => {
                let mut prices = product.prices.iter();
                let wished = prices.find(|price| price.currency() == currency);
                wished.or(product.prices.first()).copied()
            }
            Self::Package(package) => Some(Price::of_tokens(package.price)),
        }
    }

    /// What so many cost at that instant without a promo code, by the club's own rules.
    pub(super) fn quote(&self, quantity: i64, currency: Currency, now: Timestamp) -> Option<Quote> {
        let price = self.price_in(currency)?;
        let (discounts, package) = match self {
            Self::Product(product) => (product.discounts.as_slice(), None),
            Self::Package(package) => (&[][..], Some(package.package_id.as_str())),
        };
        let line = Line {
            price,
            quantity,
            package,
        };
        quote(line, discounts, None, now).ok()
    }

    /// What so many bring.
    pub(super) fn contents(&self, quantity: i64) -> Contents {
        match self {
            Self::Package(package) => package.contents.clone(),
            Self::Product(product) => {
                let tokens = product.tokens.get().saturating_mul(quantity);
                let item = product.item.as_ref().map(|item| ItemCount {
                    code: item.code.clone(),
                    count: quantity,
                });
                Contents {
                    tokens: Tokens::new(tokens).unwrap_or(Tokens::MAX),
                    items: item.into_iter().collect(),
                }
            }
        }
    }

    /// Where it is bought.
    pub(super) fn href(&self, currency: Currency) -> String {
        let currency = if self.is_paid_with_money() {
            format!("&currency={}", currency.as_str())
        } else {
            String::new()
        };
        format!("/shop/checkout?product_id={}{currency}", self.id())
    }
}
