//! Undoing a purchase, as an act that is weighed.

use economy::{Posting, Timestamp, Tokens};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use wire::desk::Weighed;
use wire::shop::Receipt;
use wire::staff::ReasonRequest;
use wire::{Code, ReceiptCode, UserId};

use super::stands;
use crate::audit::{Act, Action, Changed};
use crate::db::Tx;
use crate::operations::json_of;
use crate::shop::keys::ReceiptSigner;
use crate::shop::order::in_tokens;
use crate::shop::purchase::Purchase;
use crate::shop::refund::refund;
use crate::shop::{Shop, store};
use crate::weigh::{self, Deed, Errand, Facts, Kept, Line, Weight, Wish};
use crate::{Error, Result, Staff, accounts, inventory, ledger};

/// What is asked for, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Undo {
    receipt_code: ReceiptCode,
    reason: Option<String>,
}

/// A purchase that is to be undone.
struct Undoing<'a> {
    shop: &'a Shop,
    signer: &'a ReceiptSigner,
    user: UserId,
    number: i64,
    asked: Undo,
}

impl Shop {
    /// Undoes a purchase: what was paid goes back, what it brought is taken back, stock and promo
    /// code are as before.
    ///
    /// # Errors
    /// `not_found`; `not_refundable` unless it is paid and delivered; `item_used`;
    /// `insufficient_tokens` when the member has fewer than are to be taken back; `approval_waits` where it
    /// waits for somebody else.
    pub async fn refund(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
    ) -> Result<Receipt> {
        let wish = Wish::default();
        let asked = self.ask_to_refund(staff, code, request, wish).await?;
        Ok(asked.done()?)
    }

    /// Undoes a purchase as it is wished: shows what that would do, does it, or lets it wait for somebody else.
    ///
    /// # Errors
    /// As [`Shop::refund`], but for what waits; `preview_changed`.
    pub async fn ask_to_refund(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
        wish: Wish,
    ) -> Result<Weighed<Receipt>> {
        let act = Act::of(staff, Action::Refund, code.as_str());
        let act = act.because(request.reason.as_deref());
        let purchase = self.sought(&act, code, &wish).await?;
        let asked = Undo {
            receipt_code: code.clone(),
            reason: request.reason,
        };
        let deed = self.undoing(&purchase, asked).await?;
        let undone = weigh::ask(&self.core, staff, &deed, &wish).await?;
        if matches!(undone, Weighed::Done(_)) {
            self.give_back_owed(code).await;
        }
        Ok(undone)
    }

    /// Undoes a purchase that somebody asked to be undone before; whether there was something to be done.
    ///
    /// # Errors
    /// See [`weigh::carry_on`].
    pub(crate) async fn carry_on(&self, kept: &Kept, errand: Errand<'_>) -> Result<bool> {
        let deed = self.kept(kept).await?;
        let is_done = weigh::carry_on(&self.core, &deed, kept, errand).await?;
        if is_done {
            self.give_back_owed(&deed.asked.receipt_code).await;
        }
        Ok(is_done)
    }

    /// What undoing a purchase that somebody asked to be undone would do; nothing where it would be refused.
    pub(crate) async fn weighed(&self, kept: &Kept) -> Result<Option<Weight>> {
        weigh::weighed(&self.core, &self.kept(kept).await?).await
    }

    /// As it was kept.
    async fn kept(&self, kept: &Kept) -> Result<Undoing<'_>> {
        let corrupt = || Error::Corrupt("approvals.request".to_owned());
        let asked = serde_json::from_str::<Undo>(&kept.request).map_err(|_| corrupt())?;
        let found = self.of_anyone(&asked.receipt_code).await?;
        let purchase = found.ok_or_else(corrupt)?;
        self.undoing(&purchase, asked).await
    }

    async fn undoing(&self, purchase: &Purchase, asked: Undo) -> Result<Undoing<'_>> {
        Ok(Undoing {
            shop: self,
            signer: self.signer().await?,
            user: purchase.order.user,
            number: purchase.number,
            asked,
        })
    }

    /// Has the gateway give back what is owed for a purchase; what fails the job tries again.
    pub(super) async fn give_back_owed(&self, code: &ReceiptCode) {
        match self.of_anyone(code).await {
            Ok(Some(purchase)) if purchase.refund_due => self.give_back_now(purchase).await,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(receipt = %code, %error, "it is not known what is owed; trying again");
            }
        }
    }
}

impl Undoing<'_> {
    async fn weighed(&self, conn: &mut AnyConnection, now: Timestamp) -> Result<Weight> {
        let user = self.user;
        let found = store::purchases::find(conn, self.number).await?;
        let purchase = found.ok_or(Code::NotFound)?;
        let undone = purchase.status.undone(purchase.is_paid_with_money());
        undone.ok_or(Code::NotRefundable)?;
        let order = &purchase.order;
        for item in &order.contents.items {
            if inventory::count(conn, user, &item.code).await? < item.count {
                return Err(Code::ItemUsed.into());
            }
        }
        let head = ledger::head(conn, user).await?;
        let (paid, brought) = (in_tokens(order), order.contents.tokens);
        let code = purchase.code();
        let posting = Posting::refund(code.as_str(), user.account(), paid, brought);
        let next = ledger::would_stand(user, head, &posting, now)?;
        // What is taken back hangs on what it is taken from.
        let taken_from = (!brought.is_zero()).then(|| format!(" of {}", head.balance));
        let taken_from = taken_from.unwrap_or_default();
        let stand = accounts::stands_of(conn, &[user]).await?.remove(&user);
        let line = Line {
            user,
            nickname: stand.ok_or(Code::NotFound)?.nickname,
            before: head.balance,
            after: next.balance,
            moved: paid.checked_add(brought).unwrap_or(Tokens::MAX),
            refused: None,
            hangs_on: format!("{code} {paid} {brought}{taken_from}"),
        };
        Ok(Weight::new(Action::Refund, vec![line]))
    }

    async fn undo(&self, tx: &mut Tx) -> Result<Changed<Receipt>> {
        let head = ledger::lock(tx, self.user).await?;
        let before = store::purchases::find(tx, self.number).await?;
        let undone = refund(tx, &self.shop.core, self.signer, head, self.number).await?;
        let receipt = self.shop.receipt_of(tx, &undone).await?;
        stands(receipt, before.map(|it| it.status), undone.status)
    }
}

impl Deed for Undoing<'_> {
    type Answer = Receipt;

    fn facts(&self) -> Facts {
        Facts {
            action: Action::Refund,
            subject: self.asked.receipt_code.to_string(),
            about: Some(self.user),
            reason: self.asked.reason.clone(),
            reason_field: "reason",
        }
    }

    fn request(&self) -> Result<String> {
        json_of(&self.asked)
    }

    fn operations(&self) -> &'static [&'static str] {
        &["transactions/refund"]
    }

    fn lock<'a>(&'a self, tx: &'a mut Tx, _part: usize) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { ledger::lock(tx, self.user).await.map(|_| ()) })
    }

    fn weigh<'a>(
        &'a self,
        conn: &'a mut AnyConnection,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<Weight>> {
        Box::pin(self.weighed(conn, now))
    }

    fn run<'a>(&'a self, tx: &'a mut Tx, _part: usize) -> BoxFuture<'a, Result<Changed<Receipt>>> {
        Box::pin(self.undo(tx))
    }
}
