//! What staff see of purchases.

use economy::Timestamp;
use serde::{Deserialize, Serialize};

use crate::shop::Receipt;
use crate::user::Transaction;

/// A purchase, as staff see it in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseRow {
    /// As the club signed it.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// What the member signs in with.
    pub site_id: String,
    /// What others see of the member.
    pub nickname: String,
    /// Whether the gateway still has to give money back.
    pub refund_due: bool,
    /// Whether it is pending for longer than a payment may.
    pub is_late: bool,
}

/// A purchase, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseWhole {
    /// As in a list.
    #[serde(flatten)]
    pub purchase: PurchaseRow,
    /// What the club keeps of its payment; null for one that was made with tokens.
    pub payment: Option<PaymentAtGateway>,
    /// What it moved in the member's ledger, the oldest first.
    pub transfers: Vec<Transaction>,
}

/// A payment, as the club and the gateway know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentAtGateway {
    /// What the gateway knows it by.
    pub reference: String,
    /// How it was to be paid, in the gateway's words; null where nothing was said.
    pub method: Option<String>,
    /// When it is given up; null once it is not pending any more.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub waits_until: Option<Timestamp>,
}

/// How many purchases are not at their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenPurchases {
    /// Those that wait for their payment.
    pub pending: i64,
    /// Those of them that wait for longer than a payment may.
    pub late: i64,
    /// Those for which the gateway still has to give money back.
    pub refund_due: i64,
}
