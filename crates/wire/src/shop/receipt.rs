//! Receipts, and the text that their signature is over.

use economy::Timestamp;
use economy::receipt::{Statement, is_signed};
use economy::shop::{Applied, Price};
use serde::{Deserialize, Serialize};

use super::{Contents, Status};
use crate::{ReceiptCode, UserId};

/// What was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurchaseKind {
    /// Tokens, with money.
    Tokens,
    /// An item, with tokens.
    Item,
    /// A limited package, with tokens.
    Package,
}

impl PurchaseKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Tokens, Self::Item, Self::Package];

    /// The text in rows and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tokens => "tokens",
            Self::Item => "item",
            Self::Package => "package",
        }
    }

    /// The kind of that text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// A line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptLine {
    /// The product or the package.
    pub product_id: String,
    /// How many.
    pub quantity: i64,
    /// What all of them bring.
    pub contents: Contents,
}

/// How a purchase stood from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusAt {
    /// How.
    pub status: Status,
    /// From when on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// A purchase as the club signed it when its status last changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Its number.
    pub receipt_code: ReceiptCode,
    /// Whose.
    pub user_id: UserId,
    /// What was bought.
    pub kind: PurchaseKind,
    /// Line by line; one today.
    pub lines: Vec<ReceiptLine>,
    /// Without any reduction.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub list_total: Price,
    /// What was taken off, in order; together the difference of the totals.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub applied: Vec<Applied>,
    /// What was paid.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub total: Price,
    /// The promo code that was used.
    pub promo_code: Option<String>,
    /// How it stands.
    pub status: Status,
    /// How it stood, the oldest first.
    pub history: Vec<StatusAt>,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// The signature (Ed25519) over [`Receipt::statement`], lower-case hex.
    pub signature: String,
    /// Which key signed it: the first 16 hex digits of the public key.
    pub key_id: String,
}

impl Receipt {
    /// What is signed: everything above, but for the signature itself.
    #[must_use]
    pub fn statement(&self) -> Statement {
        let at = |at: Timestamp| at.rfc3339().unwrap_or_default();
        let price = |price: Price| format!("{} {}", price.amount(), price.currency().as_str());
        let mut text = Statement::new()
            .fact("receipt", &self.receipt_code)
            .fact("member", self.user_id)
            .fact("kind", self.kind.as_str())
            .fact("created", at(self.created_at));
        for line in &self.lines {
            text = text
                .fact("line", &line.product_id)
                .fact("quantity", line.quantity)
                .fact("tokens", line.contents.tokens);
            for item in &line.contents.items {
                text = text.fact("item", format!("{} {}", item.count, item.code));
            }
        }
        text = text.fact("list", price(self.list_total));
        for applied in &self.applied {
            let what = format!(
                "{} {} {}",
                applied.kind.as_str(),
                applied.amount,
                applied.code
            );
            text = text.fact("less", what);
        }
        text = text
            .fact("total", price(self.total))
            .fact("promo", self.promo_code.as_deref().unwrap_or("-"));
        for past in &self.history {
            text = text.fact(past.status.as_str(), at(past.at));
        }
        text.fact("key", &self.key_id)
    }

    /// Whether the club signed exactly this.
    #[must_use]
    pub fn is_genuine(&self, key: &ReceiptKey) -> bool {
        let stands = self.history.last().map(|last| last.status);
        key.key_id == self.key_id
            && stands == Some(self.status)
            && is_signed(&self.statement(), &self.signature, &key.public_key)
    }
}

/// What receipts are checked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptKey {
    /// The first 16 hex digits of the public key.
    pub key_id: String,
    /// Ed25519, 32 bytes in lower-case hex.
    pub public_key: String,
    /// `ed25519`.
    pub algorithm: String,
}
