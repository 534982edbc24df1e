//! Settling a payment: whoever learns how the charge stands, the row moves on once.

use economy::shop::{News, Payment, Step};
use economy::{Head, Timestamp};
use progress::Fact;
use sqlx::AnyConnection;
use wire::live::Notice;
use wire::shop::{GatewayState, PurchaseEvent, PurchaseResult, Status};
use wire::{Code, ReceiptCode, UserId};

use super::buy::{BUY, posting_of, result};
use super::gateway::{self, GatewayError};
use super::keys::ReceiptSigner;
use super::purchase::{Purchase, number_of};
use super::{Shop, remember, since, store};
use crate::db::{ScopedFutureExt, Tx};
use crate::notices;
use crate::wake::Changed;
use crate::{Core, Error, Result, ledger, operations};

/// Whether the member learns it from an answer or has to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The request that bought it waits for the answer.
    ByAnswer,
    /// Nobody waits.
    ByNotice,
}

impl Shop {
    /// Asks the member's pending payment to be settled now.
    ///
    /// # Errors
    /// `not_found` unless it is the member's; `payment_declined`, `gateway_unreachable`.
    pub async fn settle(&self, user: UserId, code: &ReceiptCode) -> Result<PurchaseResult> {
        self.core
            .limits
            .check(crate::limits::Limit::Purchase, &user.to_string())
            .await?;
        let purchase = self.purchase_of(user, code).await?;
        if purchase.status.is_open() {
            self.poll(&purchase, Heard::ByAnswer).await?;
        }
        self.standing(user, code).await
    }

    /// Pays for a purchase that waits, which was placed as `reference` or by an earlier call. The same
    /// call again, by a twin or after a kill, names the same charge.
    pub(super) async fn drive(
        &self,
        user: UserId,
        code: &ReceiptCode,
        reference: &str,
    ) -> Result<PurchaseResult> {
        let purchase = self.purchase_of(user, code).await?;
        if purchase.status.is_open() && purchase.is_late(self.core.now()) {
            self.give_up(&purchase, Heard::ByAnswer).await?;
        } else if purchase.status.is_open() {
            let told = gateway::pay(self.gateway()?, &purchase.charge()).await;
            let is_first = purchase.order.id == reference;
            self.conclude(&purchase, told, is_first).await?;
        }
        let stands = self.standing(user, code).await?;
        if stands.status == Status::Voided {
            // Whoever buys wants tokens, not a receipt of none.
            return Err(Code::GatewayUnreachable.into());
        }
        Ok(stands)
    }

    async fn give_up(&self, purchase: &Purchase, heard: Heard) -> Result<()> {
        let written = self.write_settled(purchase, News::GivenUp, heard).await;
        written.map(|_| ())
    }

    /// Asks the gateway how a pending payment stands; one that waited for too long is given up.
    pub(super) async fn poll(&self, purchase: &Purchase, heard: Heard) -> Result<()> {
        if purchase.is_late(self.core.now()) {
            return self.give_up(purchase, heard).await;
        }
        let told = gateway::poll(self.gateway()?, &purchase.charge()).await;
        match told {
            // It never came, and may still be on its way; or it is known already.
            Ok(None | Some(GatewayState::Pending)) => Ok(()),
            Ok(Some(state)) => {
                let news = News::State(state);
                self.write_settled(purchase, news, heard).await.map(|_| ())
            }
            Err(error) => {
                tracing::warn!(receipt = %purchase.code(), %error, "a payment is not known");
                Err(Code::GatewayUnreachable.into())
            }
        }
    }

    async fn conclude(
        &self,
        purchase: &Purchase,
        told: gateway::GatewayAnswer,
        is_first: bool,
    ) -> Result<()> {
        let news = match told {
            Ok(Some(GatewayState::Pending)) => return Ok(()),
            Ok(Some(state)) => News::State(state),
            // Nothing was charged, so nothing waits; unless an earlier call, or a twin, got through.
            Err(GatewayError::NotSent(cause)) if is_first => {
                tracing::warn!(receipt = %purchase.code(), cause, "the payment gateway is away");
                News::GivenUp
            }
            Ok(None) | Err(_) => {
                tracing::warn!(receipt = %purchase.code(), ?told, "a payment is not known yet");
                self.waiting.notify_one();
                return Ok(());
            }
        };
        let written = self.write_settled(purchase, news, Heard::ByAnswer).await;
        written.map(|_| ())
    }

    /// Writes what is known of a charge, in a transaction of its own.
    pub(super) async fn write_settled(
        &self,
        purchase: &Purchase,
        news: News,
        heard: Heard,
    ) -> Result<Purchase> {
        let (user, number) = (purchase.order.user, purchase.number);
        let (core, signer) = (&self.core, self.signer().await?);
        let settle = core.db.write(|tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                settle(tx, core, signer, head, number, news, heard).await
            }
            .scope_boxed()
        });
        let settled = settle.await?;
        if settled.refund_due {
            self.waiting.notify_one();
        }
        Ok(settled)
    }

    async fn purchase_of(&self, user: UserId, code: &ReceiptCode) -> Result<Purchase> {
        let number = number_of(code).ok_or(Code::NotFound)?;
        let mut conn = self.core.db.read().await?;
        let found = store::purchases::find(&mut conn, number).await?;
        let own = found.filter(|purchase| purchase.order.user == user);
        Ok(own.ok_or(Code::NotFound)?)
    }

    /// What the purchase came to by now; a card that said no is a refusal.
    async fn standing(&self, user: UserId, code: &ReceiptCode) -> Result<PurchaseResult> {
        let purchase = self.purchase_of(user, code).await?;
        if purchase.status == Status::Declined {
            return Err(Code::PaymentDeclined.into());
        }
        let head = ledger::head(&mut *self.core.db.read().await?, user).await?;
        Ok(result(&purchase, head))
    }
}

/// Moves a purchase of a locked account on, if what is known moves it; gives how it stands then.
pub(super) async fn settle(
    tx: &mut Tx,
    core: &Core,
    signer: &ReceiptSigner,
    head: Head,
    number: i64,
    news: News,
    heard: Heard,
) -> Result<Purchase> {
    let now = tx.now();
    let found = store::purchases::find(tx, number).await?;
    let mut purchase = found.ok_or(Code::NotFound)?;
    let Some(step) = step_of(&purchase, head, news, now) else {
        return Ok(purchase);
    };
    if step.to == purchase.status {
        store::purchases::set_refund_due(tx, number, step.refund_due).await?;
        purchase.refund_due = step.refund_due;
        return Ok(purchase);
    }
    advance(tx, &mut purchase, step, now).await?;
    let head = if step.to == Status::Captured {
        credit(tx, core, &purchase, head).await?
    } else {
        let_go(tx, &purchase).await?;
        head
    };
    tx.wake(purchase.order.user, Changed::PLAYED);
    remember(tx, signer, &purchase, since(step.to, now)).await?;
    if heard == Heard::ByNotice {
        tell(tx, &purchase, head, now).await?;
    }
    Ok(purchase)
}

/// Where the news moves a purchase, if anywhere.
fn step_of(purchase: &Purchase, head: Head, news: News, now: Timestamp) -> Option<Step> {
    let would_be = head.balance.checked_add(purchase.order.contents.tokens);
    let payment = Payment {
        status: purchase.status,
        is_late: purchase.is_late(now),
        has_room: would_be.is_some(),
    };
    if payment.is_charged_back(news) {
        tracing::warn!(receipt = %purchase.code(), "the payment gateway gave money back by itself");
    }
    payment.after(news)
}

/// Moves a purchase of a locked account a step on.
pub(super) async fn advance(
    conn: &mut AnyConnection,
    purchase: &mut Purchase,
    Step { to, refund_due }: Step,
    now: Timestamp,
) -> Result<()> {
    let (number, step) = (purchase.number, (purchase.status, to));
    if !store::purchases::advance(conn, number, step, refund_due, now).await? {
        return Err(Error::Internal(format!(
            "purchase {number} moved under its lock"
        )));
    }
    purchase.status = to;
    purchase.refund_due = refund_due;
    Ok(())
}

/// Gives what was paid for; says where the account stands then.
async fn credit(tx: &mut Tx, core: &Core, purchase: &Purchase, head: Head) -> Result<Head> {
    let (user, now) = (purchase.order.user, tx.now());
    let head = ledger::post(tx, user, head, &posting_of(purchase), 0, now).await?;
    let receipt = purchase.code().0;
    core.happened
        .raise(tx, user, Fact::Bought { receipt })
        .await?;
    Ok(head)
}

/// Gives back what a purchase that came to nothing had reserved.
async fn let_go(conn: &mut AnyConnection, purchase: &Purchase) -> Result<()> {
    let order = &purchase.order;
    if let Some(promo) = &order.promo {
        store::promos::put_back(conn, promo).await?;
    }
    if let Some(key) = &order.key {
        operations::release(conn, order.user, BUY, key).await?;
    }
    Ok(())
}

/// Tells the member how a purchase stands now.
pub(super) async fn tell(
    conn: &mut AnyConnection,
    purchase: &Purchase,
    head: Head,
    now: Timestamp,
) -> Result<()> {
    let order = &purchase.order;
    let notice = Notice::Purchase(PurchaseEvent {
        receipt_code: purchase.code(),
        kind: order.kind,
        product_id: order.product.clone(),
        status: purchase.status,
        tokens: order.contents.tokens,
        balance: head.balance,
        seq: head.seq,
    });
    notices::tell(conn, order.user, &notice, now).await
}
