//! Buying.

use economy::{Head, Posting, Timestamp};
use progress::Fact;
use sqlx::AnyConnection;
use wire::shop::{BuyLimitedRequest, BuyRequest, PurchaseKind, PurchaseResult, Status};
use wire::{Code, UserId};

use super::keys::ReceiptSigner;
use super::order::{self, Asker};
use super::purchase::{Order, Purchase};
use super::{Shop, brake, remember, since, store};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::turn::{self, Request};
use crate::{Core, IdempotencyKey, Result, inventory, ledger};

/// What a key of `buy` is bound to.
pub(super) const BUY: &str = "shop/buy";

impl Shop {
    /// Buys a product, once per key. Tokens that the gateway has not settled come as `pending`.
    ///
    /// # Errors
    /// `not_found`, `promo_invalid`, `price_changed`, `insufficient_tokens`, `invalid`;
    /// `too_many_purchases`;
    /// `payment_declined`, `gateway_unreachable`; `balance_too_large`; `idempotency_mismatch`,
    /// `rate_limited`.
    pub async fn buy(
        &self,
        user: UserId,
        request: BuyRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<PurchaseResult> {
        order::check(&request)?;
        let signer = self.signer().await?;
        let (shop, request, own_key) = (self, &request, &key.clone());
        let reference = &self.core.fresh_id();
        let asked = asked(user, BUY, request, key);
        let turn = turn::once(&self.core, asked, |tx, head| {
            async move {
                let asker = Asker {
                    user,
                    key: own_key.as_ref(),
                    reference,
                    now: tx.now(),
                };
                place(tx, shop, signer, asker, head, request).await
            }
            .scope_boxed()
        });
        let placed = turn.await?;
        if placed.status.is_open() {
            // Between transactions: the row waits, whatever becomes of this process.
            return self.drive(user, &placed.receipt_code, reference).await;
        }
        Ok(placed)
    }

    /// Buys a limited package with tokens, once per key: stock, count, promo code, payment, contents
    /// and receipt in one transaction.
    ///
    /// # Errors
    /// In this order: `not_found`, `package_unavailable`, `not_started`, `expired`, `out_of_stock`,
    /// `user_limit`, `promo_invalid`, `price_changed`, `insufficient_tokens`; and `too_many_purchases`,
    /// `idempotency_mismatch`, `rate_limited`.
    pub async fn buy_limited(
        &self,
        user: UserId,
        request: BuyLimitedRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<PurchaseResult> {
        let signer = self.signer().await?;
        let (shop, request, own_key) = (self, &request, &key.clone());
        let reference = &self.core.fresh_id();
        let asked = asked(user, "shop/buy-limited", request, key);
        let turn = turn::once(&self.core, asked, |tx, head| {
            async move {
                let core = &shop.core;
                let asker = Asker {
                    user,
                    key: own_key.as_ref(),
                    reference,
                    now: tx.now(),
                };
                brake::check(tx, &core.settings.payment, user, asker.now).await?;
                let order = order::package(tx, asker, request).await?;
                deliver(tx, core, signer, head, order, asker.now).await
            }
            .scope_boxed()
        });
        turn.await
    }
}

fn asked<'a, R>(
    user: UserId,
    operation: &'static str,
    body: &'a R,
    key: Option<IdempotencyKey>,
) -> Request<'a, R> {
    Request {
        user,
        operation,
        limit: Limit::Purchase,
        body,
        key,
    }
}

/// Buys an item, or writes that a payment waits.
async fn place(
    tx: &mut Tx,
    shop: &Shop,
    signer: &ReceiptSigner,
    asker: Asker<'_>,
    head: Head,
    request: &BuyRequest,
) -> Result<PurchaseResult> {
    let core = &shop.core;
    brake::check(tx, &core.settings.payment, asker.user, asker.now).await?;
    let order = order::product(tx, asker, request).await?;
    let is_free = order.total.amount() == 0;
    if order.kind == PurchaseKind::Tokens && !is_free {
        shop.gateway()?;
        brake::check_card(tx, &core.settings.payment, asker.user, asker.now).await?;
        return wait(tx, signer, head, order, asker.now).await;
    }
    deliver(tx, core, signer, head, order, asker.now).await
}

/// Writes a purchase whose payment is not known yet.
async fn wait(
    conn: &mut AnyConnection,
    signer: &ReceiptSigner,
    head: Head,
    order: Order,
    now: Timestamp,
) -> Result<PurchaseResult> {
    // Nobody pays for tokens that there is no room for.
    let would_be = head.balance.checked_add(order.contents.tokens);
    would_be.ok_or(Code::BalanceTooLarge)?;
    let purchase = store::purchases::insert(conn, order, Status::Pending, now).await?;
    remember(conn, signer, &purchase, since(Status::Pending, now)).await?;
    Ok(result(&purchase, head))
}

/// Takes the tokens and gives what they buy.
async fn deliver(
    tx: &mut Tx,
    core: &Core,
    signer: &ReceiptSigner,
    head: Head,
    order: Order,
    now: Timestamp,
) -> Result<PurchaseResult> {
    let user = order.user;
    let purchase = store::purchases::insert(tx, order, Status::Captured, now).await?;
    let head = ledger::post(tx, user, head, &posting_of(&purchase), 0, now).await?;
    for item in &purchase.order.contents.items {
        inventory::give(tx, user, &item.code, item.count, now).await?;
    }
    let receipt = purchase.code().0;
    core.happened
        .raise(tx, user, Fact::Bought { receipt })
        .await?;
    remember(tx, signer, &purchase, since(Status::Captured, now)).await?;
    Ok(result(&purchase, head))
}

/// What a purchase moves once it is paid.
pub(super) fn posting_of(purchase: &Purchase) -> Posting {
    let order = &purchase.order;
    let (code, member) = (purchase.code(), order.user.account());
    let brought = order.contents.tokens;
    match order.kind {
        PurchaseKind::Tokens => Posting::tokens_bought(code.as_str(), member, brought),
        PurchaseKind::Item | PurchaseKind::Package => {
            Posting::shop_purchase(code.as_str(), member, order::in_tokens(order), brought)
        }
    }
}

/// What a purchase came to.
pub(super) fn result(purchase: &Purchase, head: Head) -> PurchaseResult {
    let order = &purchase.order;
    PurchaseResult {
        receipt_code: purchase.code(),
        status: purchase.status,
        list_total: order.list_total,
        applied: order.applied.clone(),
        total: order.total,
        balance: head.balance,
        seq: head.seq,
    }
}
