//! Buying.

use economy::shop::{Applied, Currency, Price};
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

/// How a purchase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The payment is not settled; nothing was credited.
    Pending,
    /// Paid and delivered.
    Captured,
    /// The card said no.
    Declined,
    /// It was pending for too long, or the gateway let it go.
    Voided,
    /// Paid back and taken back.
    Refunded,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Captured,
        Self::Declined,
        Self::Voided,
        Self::Refunded,
    ];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Captured => "captured",
            Self::Declined => "declined",
            Self::Voided => "voided",
            Self::Refunded => "refunded",
        }
    }

    /// The status of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
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
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
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
