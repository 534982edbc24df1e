//! Undoing a purchase: payment back, goods back, stock and promo code back, in one transaction.

use economy::{Head, Posting};
use progress::Fact;
use wire::Code;
use wire::shop::PurchaseKind;

use super::keys::ReceiptSigner;
use super::order::in_tokens;
use super::purchase::Purchase;
use super::settle::{advance, tell};
use super::{remember, since, store};
use crate::db::Tx;
use crate::wake::Changed;
use crate::{Core, Result, inventory, ledger};

/// Undoes a purchase of a locked account. Money is owed by the gateway from then on.
///
/// # Errors
/// `not_refundable` unless it is paid and delivered; `item_used` when what it brought is not there;
/// `insufficient_tokens` when the balance is below what is to be taken back, `balance_too_large` when
/// there is no room for what is to be given back.
pub(super) async fn refund(
    tx: &mut Tx,
    core: &Core,
    signer: &ReceiptSigner,
    head: Head,
    number: i64,
) -> Result<Purchase> {
    let now = tx.now();
    let found = store::purchases::find(tx, number).await?;
    let mut purchase = found.ok_or(Code::NotFound)?;
    let undone = purchase.status.undone(purchase.is_paid_with_money());
    let step = undone.ok_or(Code::NotRefundable)?;
    let order = &purchase.order;
    let user = order.user;
    for item in &order.contents.items {
        let left = inventory::take(tx, user, &item.code, item.count).await?;
        left.ok_or(Code::ItemUsed)?;
    }
    let code = purchase.code();
    let (paid, brought) = (in_tokens(order), order.contents.tokens);
    let posting = Posting::refund(code.as_str(), user.account(), paid, brought);
    let head = ledger::post(tx, user, head, &posting, 0, now).await?;
    if order.kind == PurchaseKind::Package {
        store::packages::put_back(tx, user, &order.product).await?;
    }
    if let Some(promo) = &order.promo {
        store::promos::put_back(tx, promo).await?;
    }
    advance(tx, &mut purchase, step, now).await?;
    let receipt = purchase.code().0;
    core.happened
        .raise(tx, user, Fact::Refunded { receipt })
        .await?;
    tx.wake(user, Changed::PLAYED);
    remember(tx, signer, &purchase, since(purchase.status, now)).await?;
    tell(tx, &purchase, head, now).await?;
    Ok(purchase)
}
