//! What the gateway tells by itself. Nothing of a message counts before its signature does.

use economy::shop::News;
use wire::shop::PaymentEvent;
use wire::{AppError, Code};

use super::settle::{Heard, settle};
use super::{Shop, store};
use crate::db::ScopedFutureExt;
use crate::{Result, ledger};

pub use super::signature::{Message, sign};

/// How old a message may be, or how far ahead, in seconds.
pub const AGE_MAX_SECS: i64 = 300;
/// The most characters of a nonce, an event or a reference.
const NAME_CHARS_MAX: usize = 128;

impl Shop {
    /// Hears a message of the payment gateway. One that came before has no effect.
    ///
    /// # Errors
    /// In this order: `bad_signature`, `stale_message`, `malformed_body`, `not_found` for a charge
    /// that is not ours, `replayed_message`.
    pub async fn hear(&self, message: Message<'_>) -> Result<()> {
        self.check(message)?;
        let event: PaymentEvent = wire::read::json(message.body).map_err(unreadable)?;
        let is_named = |name: &str| !name.is_empty() && name.len() <= NAME_CHARS_MAX;
        if ![message.nonce, &event.event_id, &event.reference]
            .into_iter()
            .all(is_named)
        {
            return Err(malformed("a name has 1 to 128 characters").into());
        }
        let mut conn = self.core.db.read().await?;
        let found = store::purchases::by_reference(&mut conn, &event.reference).await?;
        drop(conn);
        let purchase = found.ok_or(Code::NotFound)?;
        let total = purchase.order.total;
        if (total.amount(), total.currency()) != (event.amount, event.currency) {
            return Err(malformed("the amount is another").into());
        }
        let (user, number) = (purchase.order.user, purchase.number);
        let (signer, nonce, event) = (self.signer().await?, message.nonce, &event);
        let core = &self.core;
        let hear = core.db.write(|tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                let now = tx.now();
                if !store::webhooks::nonce(tx, nonce, now).await? {
                    return Err(Code::ReplayedMessage.into());
                }
                if !store::webhooks::event(tx, &event.event_id, now).await? {
                    return Ok(false);
                }
                let news = News::State(event.state);
                let heard = Heard::ByNotice;
                let settled = settle(tx, core, signer, head, number, news, heard).await?;
                Ok(settled.refund_due)
            }
            .scope_boxed()
        });
        let is_refund_due = hear.await?;
        if is_refund_due {
            self.waiting.notify_one();
        }
        Ok(())
    }

    fn check(&self, message: Message<'_>) -> Result<()> {
        let secret = self.core.settings.payment.webhook_secret.as_ref();
        let secret = secret.ok_or(Code::BadSignature)?;
        if !message.is_genuine(secret) {
            return Err(Code::BadSignature.into());
        }
        let sent: i64 = message.timestamp.parse().map_err(|_| Code::StaleMessage)?;
        let now = self.core.now().millis().div_euclid(1_000);
        if now.abs_diff(sent) > AGE_MAX_SECS.unsigned_abs() {
            return Err(Code::StaleMessage.into());
        }
        Ok(())
    }
}

/// The gateway is told in one way of a message that cannot be read, whatever is wrong with it.
fn unreadable(error: AppError) -> AppError {
    let fault = error.fields.into_iter().next();
    let words = fault.map(|fault| format!("{}: {}", fault.field, fault.message));
    malformed(&words.unwrap_or(error.message))
}

fn malformed(message: &str) -> AppError {
    AppError {
        message: message.to_owned(),
        ..Code::MalformedBody.into()
    }
}
