//! Undoing a purchase: payment back, goods back, stock and promo code back, in one transaction.

use economy::{Head, Posting, Timestamp};
use sqlx::AnyConnection;
use wire::Code;
use wire::shop::{PurchaseKind, Status};

use super::keys::ReceiptSigner;
use super::order::in_tokens;
use super::purchase::Purchase;
use super::settle::tell;
use super::{remember, since, store};
use crate::{Error, Result, ledger};

/// Undoes a purchase of a locked account. Money is owed by the gateway from then on.
///
/// # Errors
/// `not_refundable` unless it is paid and delivered; `item_used` when what it brought is not there;
/// `insufficient_tokens` when the balance is below what is to be taken back.
pub(super) async fn refund(
    conn: &mut AnyConnection,
    signer: &ReceiptSigner,
    head: Head,
    number: i64,
    now: Timestamp,
) -> Result<Purchase> {
    let found = store::purchases::find(conn, number).await?;
    let mut purchase = found.ok_or(Code::NotFound)?;
    if purchase.status != Status::Captured {
        return Err(Code::NotRefundable.into());
    }
    let order = &purchase.order;
    let user = order.user;
    for item in &order.contents.items {
        let left = store::inventory::take(conn, user, &item.code, item.count).await?;
        left.ok_or(Code::ItemUsed)?;
    }
    let code = purchase.code();
    let (paid, brought) = (in_tokens(order), order.contents.tokens);
    let posting = Posting::refund(code.as_str(), user.account(), paid, brought);
    let head = ledger::post(conn, user, head, &posting, 0, now).await?;
    if order.kind == PurchaseKind::Package {
        store::packages::put_back(conn, user, &order.product).await?;
    }
    if let Some(promo) = &order.promo {
        store::promos::put_back(conn, promo).await?;
    }
    let is_owed = purchase.is_paid_with_money();
    let step = (Status::Captured, Status::Refunded);
    if !store::purchases::advance(conn, number, step, is_owed, now).await? {
        return Err(Error::Internal(format!(
            "purchase {number} moved under its lock"
        )));
    }
    purchase.status = Status::Refunded;
    purchase.refund_due = is_owed;
    remember(conn, signer, &purchase, since(Status::Refunded, now)).await?;
    tell(conn, &purchase, head, now).await?;
    Ok(purchase)
}
