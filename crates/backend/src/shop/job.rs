//! What becomes of payments by themselves: those that wait are asked after, those that waited too
//! long are given up, money that is owed is given back. Several processes may do so at once.

use std::sync::Arc;

use futures::stream::{self, StreamExt};

use super::gateway::PaymentGateway;
use super::purchase::Purchase;
use super::settle::Heard;
use super::store::purchases::Waiting;
use super::{Shop, store};
use crate::db::ScopedFutureExt;
use crate::{Error, Result};

/// How many payments are looked up at once.
const BATCH: i64 = 100;
/// How many are asked after at once, so that a gateway that hangs does not hold all.
const AT_ONCE: usize = 8;
/// How long a nonce is kept, in seconds: a message may be as far ahead as it may be old.
const NONCE_SECS: i64 = 2 * super::webhook::AGE_MAX_SECS + 1;
/// How long an event is known, in seconds: longer than a gateway repeats it.
const EVENT_SECS: i64 = 30 * 24 * 60 * 60;

/// What a pass over the payments did.
#[derive(Debug, Default)]
pub struct Pass {
    /// Payments that have an end now.
    pub settled: u64,
    /// Payments that were given back.
    pub refunded: u64,
    /// Payments of which nothing is known yet.
    pub waiting: u64,
    /// Why the first of what failed did.
    pub cause: Option<Error>,
}

impl Shop {
    /// Asks after every payment that waits, gives up those that waited for 15 minutes, and has the
    /// gateway give back what is owed. One that fails does not keep the others waiting.
    ///
    /// # Errors
    /// When the rows cannot be read.
    pub async fn settle_waiting(&self) -> Result<Pass> {
        let mut pass = Pass::default();
        self.each(Waiting::Pending, &mut pass, |purchase| {
            self.settle_one(purchase)
        })
        .await?;
        let Some(gateway) = &self.gateway else {
            return Ok(pass);
        };
        self.each(Waiting::RefundDue, &mut pass, |purchase| {
            self.give_back(gateway.clone(), purchase)
        })
        .await?;
        Ok(pass)
    }

    /// Forgets what the gateway told so long ago that it cannot come again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_messages(&self) -> Result<()> {
        let now = self.core.now();
        let (nonces, events) = (now.plus_secs(-NONCE_SECS), now.plus_secs(-EVENT_SECS));
        let forget = self.core.db.write(|tx| {
            async move { store::webhooks::forget(tx, nonces, events).await }.scope_boxed()
        });
        forget.await
    }

    async fn each<F: Future<Output = Result<Step>>>(
        &self,
        what: Waiting,
        pass: &mut Pass,
        work: impl Fn(Purchase) -> F,
    ) -> Result<()> {
        let mut after = 0;
        loop {
            let mut conn = self.core.db.read().await?;
            let batch = store::purchases::waiting(&mut conn, what, after, BATCH).await?;
            drop(conn);
            let Some(last) = batch.last() else {
                return Ok(());
            };
            after = last.number;
            let mut steps = stream::iter(batch).map(&work).buffer_unordered(AT_ONCE);
            while let Some(step) = steps.next().await {
                pass.count(step);
            }
        }
    }

    async fn settle_one(&self, purchase: Purchase) -> Result<Step> {
        if self.gateway.is_none() && !purchase.is_late(self.core.now()) {
            return Ok(Step::Waits);
        }
        self.poll(&purchase, Heard::ByNotice).await?;
        let mut conn = self.core.db.read().await?;
        let now = store::purchases::find(&mut conn, purchase.number).await?;
        Ok(if now.is_some_and(|it| it.status.is_open()) {
            Step::Waits
        } else {
            Step::Settled
        })
    }

    async fn give_back(
        &self,
        gateway: Arc<dyn PaymentGateway>,
        purchase: Purchase,
    ) -> Result<Step> {
        let told = gateway.refund(&purchase.charge()).await;
        let told = told.map_err(|error| Error::Unavailable(error.to_string()))?;
        if !purchase.status.is_given_back(told) {
            tracing::warn!(receipt = %purchase.code(), ?told, "the payment gateway owes money still");
            return Ok(Step::Waits);
        }
        let number = purchase.number;
        let clear = self.core.db.write(|tx| {
            async move { store::purchases::set_refund_due(tx, number, false).await }.scope_boxed()
        });
        clear.await?;
        Ok(Step::Refunded)
    }

    /// Has the gateway give back what is owed for one purchase; what fails the job tries again.
    pub(super) async fn give_back_now(&self, purchase: Purchase) {
        let Some(gateway) = self.gateway.clone() else {
            return;
        };
        let code = purchase.code();
        if let Err(error) = self.give_back(gateway, purchase).await {
            tracing::warn!(receipt = %code, %error, "a payment is not given back yet; trying again");
        }
    }
}

enum Step {
    Settled,
    Refunded,
    Waits,
}

impl Pass {
    fn count(&mut self, step: Result<Step>) {
        match step {
            Ok(Step::Settled) => self.settled += 1,
            Ok(Step::Refunded) => self.refunded += 1,
            Ok(Step::Waits) => self.waiting += 1,
            Err(error) => {
                self.waiting += 1;
                self.cause.get_or_insert(error);
            }
        }
    }
}
