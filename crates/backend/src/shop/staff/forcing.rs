//! Ending a pending payment by force, as an act that is weighed.

use economy::Timestamp;
use economy::shop::News;
use futures::future::BoxFuture;
use serde::Serialize;
use sqlx::AnyConnection;
use wire::desk::Weighed;
use wire::shop::{GatewayState, Receipt, Status};
use wire::staff::ReasonRequest;
use wire::{Code, ReceiptCode, UserId};

use super::stands;
use crate::audit::{self, Act, Action, Changed};
use crate::db::Tx;
use crate::operations::json_of;
use crate::shop::keys::ReceiptSigner;
use crate::shop::purchase::Purchase;
use crate::shop::settle::{Heard, settle};
use crate::shop::{Shop, gateway, store};
use crate::weigh::{self, Deed, Facts, Line, Weight, Wish};
use crate::{Result, Staff, accounts, ledger};

/// What is asked for.
#[derive(Clone, Debug, Serialize)]
struct Force {
    receipt_code: ReceiptCode,
    reason: Option<String>,
}

/// A payment that is to end now.
struct Forcing<'a> {
    shop: &'a Shop,
    signer: &'a ReceiptSigner,
    user: UserId,
    number: i64,
    /// What the gateway knows of it.
    news: News,
    asked: Force,
}

impl Shop {
    /// Ends a pending payment now: as the gateway says, or voided when it does not know. Nothing is
    /// credited that was not captured.
    ///
    /// # Errors
    /// `not_found`; `not_refundable` unless it is pending.
    pub async fn force_settle(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
    ) -> Result<Receipt> {
        let wish = Wish::default();
        let asked = self.ask_to_settle(staff, code, request, wish).await?;
        Ok(asked.done()?)
    }

    /// Ends a pending payment as it is wished: shows what that would do at most, or does it. It waits for nobody,
    /// since it ends by itself before anybody could grant it.
    ///
    /// # Errors
    /// As [`Shop::force_settle`]; `preview_changed`.
    pub async fn ask_to_settle(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
        wish: Wish,
    ) -> Result<Weighed<Receipt>> {
        let act = Act::of(staff, Action::ForceSettle, code.as_str());
        let act = act.because(request.reason.as_deref());
        let purchase = self.sought(&act, code, &wish).await?;
        let act = &act.about(purchase.order.user);
        let mut deed = Forcing {
            shop: self,
            signer: self.signer().await?,
            user: purchase.order.user,
            number: purchase.number,
            news: News::GivenUp,
            asked: Force {
                receipt_code: code.clone(),
                reason: request.reason,
            },
        };
        // One that has ended may have been ended under this very key.
        if !wish.is_dry_run() && purchase.status.is_open() {
            // What is asked of the gateway takes what it holds, which must not be for what has ended.
            audit::expect(&self.core, act).await?;
            weigh::compare(&self.core, act, &deed, &wish).await?;
            deed.news = self.last_news(&purchase).await;
        }
        let ended = weigh::ask(&self.core, staff, &deed, &wish).await?;
        if matches!(ended, Weighed::Done(_)) {
            self.give_back_owed(code).await;
        }
        Ok(ended)
    }

    /// What the gateway knows of a charge that has to end now.
    async fn last_news(&self, purchase: &Purchase) -> News {
        use GatewayState::{Authorized, Pending};
        let Some(gateway) = self.gateway.as_deref() else {
            return News::GivenUp;
        };
        match gateway::poll(gateway, &purchase.charge()).await {
            Ok(Some(state)) if !matches!(state, Pending | Authorized) => News::State(state),
            _ => News::GivenUp,
        }
    }
}

impl Forcing<'_> {
    /// The most that it brings: what it comes to, the gateway says.
    async fn weighed(&self, conn: &mut AnyConnection) -> Result<Weight> {
        let user = self.user;
        let found = store::purchases::find(conn, self.number).await?;
        let purchase = found.ok_or(Code::NotFound)?;
        if !purchase.status.is_open() {
            return Err(Code::NotRefundable.into());
        }
        let head = ledger::head(conn, user).await?;
        let brings = purchase.order.contents.tokens;
        let stand = accounts::stands_of(conn, &[user]).await?.remove(&user);
        let line = Line {
            user,
            nickname: stand.ok_or(Code::NotFound)?.nickname,
            before: head.balance,
            // What there is no room for is given back.
            after: head.balance.checked_add(brings).unwrap_or(head.balance),
            moved: brings,
            refused: None,
            hangs_on: purchase.code().to_string(),
        };
        Ok(Weight::new(Action::ForceSettle, vec![line]))
    }

    async fn end(&self, tx: &mut Tx) -> Result<Changed<Receipt>> {
        let head = ledger::lock(tx, self.user).await?;
        let before = store::purchases::find(tx, self.number).await?;
        let before = before.map(|it| it.status);
        if !before.is_some_and(Status::is_open) {
            return Err(Code::NotRefundable.into());
        }
        let (core, signer, heard) = (&self.shop.core, self.signer, Heard::ByNotice);
        let ended = settle(tx, core, signer, head, self.number, self.news, heard).await?;
        let receipt = self.shop.receipt_of(tx, &ended).await?;
        stands(receipt, before, ended.status)
    }
}

impl Deed for Forcing<'_> {
    type Answer = Receipt;

    /// It gives nothing that was not paid for, and a payment ends by itself within minutes.
    const COUNTS: bool = false;

    fn facts(&self) -> Facts {
        Facts {
            action: Action::ForceSettle,
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
        &["transactions/force-settle"]
    }

    fn lock<'a>(&'a self, tx: &'a mut Tx, _part: usize) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { ledger::lock(tx, self.user).await.map(|_| ()) })
    }

    fn weigh<'a>(
        &'a self,
        conn: &'a mut AnyConnection,
        _now: Timestamp,
    ) -> BoxFuture<'a, Result<Weight>> {
        Box::pin(self.weighed(conn))
    }

    fn run<'a>(&'a self, tx: &'a mut Tx, _part: usize) -> BoxFuture<'a, Result<Changed<Receipt>>> {
        Box::pin(self.end(tx))
    }
}
