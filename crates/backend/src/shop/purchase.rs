//! A purchase as its row says, and the receipt of it.

use economy::Timestamp;
use economy::shop::{Applied, Price};
use wire::shop::{Contents, PurchaseKind, Receipt, ReceiptLine, Status, StatusAt};
use wire::{AppError, ReceiptCode, UserId};

use super::gateway::Charge;
use super::keys::ReceiptSigner;
use crate::Result;

/// How long a payment may wait, in milliseconds; what is captured later is given back.
pub(super) const PENDING_MAX_MILLIS: i64 = 15 * 60 * 1_000;
/// What receipt codes begin with.
const CODE_PREFIX: &str = "CC-";
/// The fewest digits of one.
const CODE_DIGITS: usize = 8;

/// The code of the receipt with that number.
pub(super) fn code_of(number: i64) -> ReceiptCode {
    ReceiptCode(format!("{CODE_PREFIX}{number:0CODE_DIGITS$}"))
}

/// The number of a receipt; nothing for what is no code of ours.
pub(super) fn number_of(code: &ReceiptCode) -> Option<i64> {
    let digits = code.as_str().strip_prefix(CODE_PREFIX)?;
    let number = digits.parse().ok()?;
    (code_of(number) == *code).then_some(number)
}

/// What is asked for, priced and ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The reference at the gateway.
    pub(super) id: String,
    pub(super) user: UserId,
    pub(super) kind: PurchaseKind,
    pub(super) product: String,
    pub(super) quantity: i64,
    pub(super) contents: Contents,
    pub(super) list_total: Price,
    pub(super) applied: Vec<Applied>,
    pub(super) total: Price,
    pub(super) promo: Option<String>,
    pub(super) method: Option<String>,
    /// The key of the request, so that a declined one can let it go.
    pub(super) key: Option<String>,
}

/// A purchase.
#[derive(Clone, Debug)]
pub(super) struct Purchase {
    pub(super) number: i64,
    pub(super) order: Order,
    pub(super) status: Status,
    pub(super) created_at: Timestamp,
    pub(super) refund_due: bool,
}

impl Purchase {
    pub(super) fn code(&self) -> ReceiptCode {
        code_of(self.number)
    }

    /// How the gateway knows it.
    pub(super) fn charge(&self) -> Charge {
        Charge {
            reference: self.order.id.clone(),
            price: self.order.total,
            method: self.order.method.clone(),
        }
    }

    /// Whether it has waited so long that it is given up.
    pub(super) fn is_late(&self, now: Timestamp) -> bool {
        now.millis_since(self.created_at) >= PENDING_MAX_MILLIS
    }

    /// Whether a gateway took money for it.
    pub(super) fn is_paid_with_money(&self) -> bool {
        self.order.total.currency().is_money() && self.order.total.amount() > 0
    }

    /// The receipt with that history; its signature is what the newest row of it says.
    pub(super) fn receipt(&self, history: Vec<StatusAt>, key_id: &str) -> Receipt {
        let order = &self.order;
        Receipt {
            receipt_code: self.code(),
            user_id: order.user,
            kind: order.kind,
            lines: vec![ReceiptLine {
                product_id: order.product.clone(),
                quantity: order.quantity,
                contents: order.contents.clone(),
            }],
            list_total: order.list_total,
            applied: order.applied.clone(),
            total: order.total,
            promo_code: order.promo.clone(),
            status: history.last().map_or(self.status, |last| last.status),
            history,
            created_at: self.created_at,
            signature: String::new(),
            key_id: key_id.to_owned(),
        }
    }

    /// The signature of it once it stands like `next`, after what it was.
    pub(super) fn signed(
        &self,
        mut past: Vec<StatusAt>,
        next: StatusAt,
        signer: &ReceiptSigner,
    ) -> Vec<u8> {
        past.push(next);
        signer.sign(&self.receipt(past, &signer.public().key_id))
    }
}

/// A field of a request that is out of range.
pub(super) fn invalid<T>(field: &str, message: &str) -> Result<T> {
    Err(AppError::field(field, "range", message).into())
}
