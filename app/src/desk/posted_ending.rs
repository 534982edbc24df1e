//! The end of a purchase, as the forms of its page post it.

use backend::{Backend, Error, IdempotencyKey, Staff, Wish, shop::uninterrupted};
use serde::{Deserialize, Serialize};
use wire::{
    Code, ReceiptCode, Secret,
    desk::{WeighRequest, Weighed},
    shop::Receipt,
    staff::ReasonRequest,
};

use super::{
    confirm::{Shown, confirm},
    ending::Ending,
    left::TOLD,
    place::purchase_path,
    posted::form_of,
    sent::{Fault, Sent, Typed},
};

/// A refund, or the forced end of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedEnding {
    /// Of which purchase.
    pub receipt_code: ReceiptCode,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// The hash of what the page showed that it would do.
    #[serde(default)]
    pub preview: String,
    /// The key of the gesture.
    pub key: String,
    /// Whoever asks shows with it who they are, where they are to.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The same.
    #[serde(default)]
    pub code: Option<Secret>,
}

/// The form that refunds, or ends a payment.
pub(super) struct Ended {
    pub(super) form: PostedEnding,
    pub(super) ending: Ending,
}

impl Sent for Ended {
    type Answer = Receipt;

    fn page(&self) -> String {
        purchase_path(&self.form.receipt_code)
    }

    fn name(&self) -> String {
        self.ending.form_of(&self.form.receipt_code)
    }

    fn typed(&self) -> Typed {
        self.form.typed()
    }

    fn told_by(&self) -> String {
        form_of(TOLD, &self.form.receipt_code)
    }

    /// Does what was shown, or nothing.
    async fn act(&self, backend: &Backend, staff: &Staff) -> Result<Receipt, Fault> {
        let Self { form, ending } = self;
        let key = IdempotencyKey::parse(&form.key).map_err(|_| Code::Invalid)?;
        let shown = Shown::of(&form.password, &form.code);
        confirm(backend, staff, ending.action(), shown).await?;
        let wish = Wish::new(form.way(), Some(key));
        let asked = asked(backend, staff, *ending, form, wish).await;
        match asked.map_err(Fault::Kept)? {
            Weighed::Waits(waits) => Err(Fault::Waits(waits.approval_id)),
            asked => Ok(asked.done()?),
        }
    }
}

/// Asks the club. Whoever hangs up meanwhile stops nothing: the gateway may have been asked already.
async fn asked(
    backend: &Backend,
    staff: &Staff,
    ending: Ending,
    form: &PostedEnding,
    wish: Wish,
) -> Result<Weighed<Receipt>, Error> {
    let (shop, staff) = (backend.shop.clone(), staff.clone());
    let (code, why) = (form.receipt_code.clone(), form.why());
    let asking = async move {
        match ending {
            Ending::Refund => shop.ask_to_refund(&staff, &code, why, wish).await,
            Ending::Settle => shop.ask_to_settle(&staff, &code, why, wish).await,
        }
    };
    uninterrupted(asking).await
}

impl PostedEnding {
    /// What is to stand in the form again.
    fn typed(&self) -> Typed {
        vec![
            ("reason", self.reason.clone().unwrap_or_default()),
            ("key", self.key.clone()),
        ]
    }

    fn why(&self) -> ReasonRequest {
        ReasonRequest {
            reason: self.reason.clone(),
        }
    }

    /// A form that shows nothing is of no page of ours, and does nothing.
    fn way(&self) -> WeighRequest {
        WeighRequest {
            dry_run: None,
            preview: Some(self.preview.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_is_sent_back_and_what_somebody_shows_is_kept_by_nobody() {
        let sent = "receipt_code=CC-00000001&key=k&password=hunter2-hunter2&code=271828";
        let form: PostedEnding = wire::read::form(sent.as_bytes()).unwrap();
        assert_eq!(form.way().preview.as_deref(), Some(""), "never left out");
        let text = format!("{form:?} {:?}", form.typed());
        let shows = |secret: &str| text.contains(secret);
        assert!(!shows("hunter2") && !shows("271828"), "{text}");
    }
}
