//! Giving a member tokens, and taking them, as acts that are weighed.

use economy::{AccountId, Head, Posting, Timestamp, Tokens};
use futures::future::BoxFuture;
use sqlx::AnyConnection;
use wire::desk::{TokensMoved, TokensRequest};
use wire::{AppError, Code, UserId};

use crate::audit::{self, Action, Changed};
use crate::db::Tx;
use crate::operations::json_of;
use crate::weigh::{Deed, Facts, Kept, Line, Weight};
use crate::{Core, Error, Result, accounts, ledger, wake};

/// Whether tokens are given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Add,
    Deduct,
}

impl Way {
    const fn action(self) -> Action {
        match self {
            Self::Add => Action::AddTokens,
            Self::Deduct => Action::DeductTokens,
        }
    }

    fn posting(self, id: &str, member: AccountId, amount: Tokens) -> Posting {
        match self {
            Self::Add => Posting::grant(id, member, amount),
            Self::Deduct => Posting::deduction(id, member, amount),
        }
    }

    /// What it hangs on beside the amount.
    fn hangs_on(self, before: Tokens) -> String {
        match self {
            Self::Add => String::new(),
            Self::Deduct => format!("of {before}"),
        }
    }
}

/// Tokens on their way to a member, or from one.
pub(in crate::desk) struct Moving {
    /// What the posting is known by.
    id: String,
    way: Way,
    user: UserId,
    request: TokensRequest,
}

impl Moving {
    pub(super) fn new(core: &Core, way: Way, user: UserId, request: TokensRequest) -> Self {
        Self {
            id: core.fresh_id(),
            way,
            user,
            request,
        }
    }

    /// As it was kept.
    pub(in crate::desk) fn of(core: &Core, kept: &Kept) -> Result<Self> {
        let way = match kept.action {
            Action::DeductTokens => Way::Deduct,
            _ => Way::Add,
        };
        let asked = serde_json::from_str::<(UserId, TokensRequest)>(&kept.request);
        let asked = asked.map_err(|_| Error::Corrupt("approvals.request".to_owned()));
        let (user, request) = asked?;
        Ok(Self::new(core, way, user, request))
    }

    fn amount(&self) -> Result<Tokens> {
        let amount = Tokens::new(self.request.amount).ok();
        let amount = amount.filter(|amount| !amount.is_zero());
        let message = "amount is 1 to 9,007,199,254,740,991";
        Ok(amount.ok_or_else(|| AppError::field("amount", "range", message))?)
    }

    fn posting(&self) -> Result<Posting> {
        let (id, account) = (self.id.as_str(), self.user.account());
        Ok(self.way.posting(id, account, self.amount()?))
    }

    const fn moved(&self, head: Head) -> TokensMoved {
        TokensMoved {
            user_id: self.user,
            balance: head.balance,
            seq: head.seq,
        }
    }

    async fn weighed(&self, conn: &mut AnyConnection, now: Timestamp) -> Result<Weight> {
        let (user, posting) = (self.user, self.posting()?);
        let head = ledger::head(conn, user).await?;
        accounts::expect_known(conn, user, now).await?;
        let next = ledger::would_stand(user, head, &posting, now)?;
        let stand = accounts::stands_of(conn, &[user]).await?.remove(&user);
        let line = Line {
            user,
            nickname: stand.ok_or(Code::NotFound)?.nickname,
            before: head.balance,
            after: next.balance,
            moved: self.amount()?,
            refused: None,
            hangs_on: self.way.hangs_on(head.balance),
        };
        Ok(Weight::new(self.way.action(), vec![line]))
    }

    async fn moves(&self, tx: &mut Tx) -> Result<Changed<TokensMoved>> {
        let (user, posting) = (self.user, self.posting()?);
        let head = ledger::lock(tx, user).await?;
        let now = tx.now();
        let next = ledger::post(tx, user, head, &posting, 0, now).await?;
        tx.wake(user, wake::Changed::MOVED);
        let answer = self.moved(next);
        Ok(Changed {
            before: Some(audit::state(&self.moved(head))?),
            after: Some(audit::state(&answer)?),
            answer,
        })
    }
}

impl Deed for Moving {
    type Answer = TokensMoved;

    fn facts(&self) -> Facts {
        Facts {
            action: self.way.action(),
            subject: self.user.to_string(),
            about: Some(self.user),
            reason: self.request.reason.clone(),
            reason_field: "reason",
        }
    }

    fn request(&self) -> Result<String> {
        json_of(&(self.user, &self.request))
    }

    fn operations(&self) -> &'static [&'static str] {
        match self.way {
            Way::Add => &["tokens/add"],
            Way::Deduct => &["tokens/deduct"],
        }
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

    fn run<'a>(
        &'a self,
        tx: &'a mut Tx,
        _part: usize,
    ) -> BoxFuture<'a, Result<Changed<TokensMoved>>> {
        Box::pin(self.moves(tx))
    }
}
