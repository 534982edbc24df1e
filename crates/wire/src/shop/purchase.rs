//! Buying.

use economy::shop::{Applied, Currency, Price, Status};
use economy::{Timestamp, Tokens};
use serde::{Deserialize, Serialize};

use super::PurchaseKind;
use crate::ReceiptCode;

const fn one() -> i64 {
    1
}

/// Buys a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BuyRequest {
    /// Which.
    #[serde(alias = "productId")]
    pub product_id: String,
    /// How many, 1 to 99.
    #[serde(default = "one")]
    pub quantity: i64,
    /// What to pay in: `KRW` or `USD` for tokens, `TOKENS` for items; the product's first price when
    /// left out.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub currency: Option<Currency>,
    /// How to pay, in the gateway's words; up to 64 characters. Only for money.
    #[serde(default, alias = "paymentMethod")]
    pub payment_method: Option<String>,
    /// A promo code, up to 32 characters.
    #[serde(default, alias = "promoCode")]
    pub promo_code: Option<String>,
    /// The most that may be charged, in minor units: the total that was shown. A higher one is
    /// refused (`price_changed`).
    #[serde(default, alias = "totalMax")]
    pub total_max: Option<i64>,
}

/// Buys a limited package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BuyLimitedRequest {
    /// Which.
    #[serde(alias = "packageId")]
    pub package_id: String,
    /// A promo code, up to 32 characters.
    #[serde(default, alias = "promoCode")]
    pub promo_code: Option<String>,
    /// The most that may be charged, in minor units: the total that was shown. A higher one is
    /// refused (`price_changed`).
    #[serde(default, alias = "totalMax")]
    pub total_max: Option<i64>,
}

/// What a purchase came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseResult {
    /// Finds its receipt.
    pub receipt_code: ReceiptCode,
    /// `captured`, or `pending` while the payment is not settled; asked after later also `voided` or
    /// `refunded`.
    pub status: Status,
    /// Without any reduction.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub list_total: Price,
    /// What was taken off, in order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub applied: Vec<Applied>,
    /// What is paid.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub total: Price,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}

/// A purchase that was settled after it was asked for, or refunded: a message of the live channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseEvent {
    /// Which.
    pub receipt_code: ReceiptCode,
    /// What was bought.
    pub kind: PurchaseKind,
    /// The product or the package.
    pub product_id: String,
    /// How it stands now.
    pub status: Status,
    /// The tokens that it brings, or brought.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub tokens: Tokens,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}

/// Which purchases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct TransactionsRequest {
    /// How many, 1 to 200; 50 when left out.
    pub limit: Option<i64>,
    /// Where to start; from `next_cursor`.
    pub cursor: Option<String>,
    /// Only those that stand like this.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub status: Option<Status>,
    /// Only `tokens`, `item` or `package`.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>))]
    pub kind: Option<PurchaseKind>,
    /// Only those from then on.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
    /// Only those before then.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
}
