//! Tokens that staff give members, and take.

use economy::{AccountId, Head, Posting, Tokens};
use wire::desk::{TokensMoved, TokensRequest};
use wire::{AppError, UserId};

use super::Desk;
use crate::audit::{self, Act, Action, Done};
use crate::db::ScopedFutureExt;
use crate::operations::Operation;
use crate::wake::Changed;
use crate::{IdempotencyKey, Result, Staff, accounts, ledger};

/// Whether tokens are given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
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

    /// What keys are bound to.
    const fn operation(self) -> &'static str {
        match self {
            Self::Add => "tokens/add",
            Self::Deduct => "tokens/deduct",
        }
    }

    fn posting(self, id: &str, member: AccountId, amount: Tokens) -> Posting {
        match self {
            Self::Add => Posting::grant(id, member, amount),
            Self::Deduct => Posting::deduction(id, member, amount),
        }
    }
}

impl Desk {
    /// Gives a member tokens, once per key.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `own_account`; `not_found`;
    /// `balance_too_large`; `invalid` for an amount or a reason that cannot be; `idempotency_mismatch`.
    pub async fn add_tokens(
        &self,
        staff: &Staff,
        user: UserId,
        request: TokensRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<TokensMoved> {
        self.move_tokens(staff, user, Way::Add, &request, key).await
    }

    /// Takes tokens of a member's, once per key.
    ///
    /// # Errors
    /// As [`Desk::add_tokens`], but `insufficient_tokens` where the member has fewer.
    pub async fn deduct_tokens(
        &self,
        staff: &Staff,
        user: UserId,
        request: TokensRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<TokensMoved> {
        self.move_tokens(staff, user, Way::Deduct, &request, key)
            .await
    }

    /// The key is that of whoever asks; the member's account is locked before it is looked for, so that a
    /// twin has ended by then.
    async fn move_tokens(
        &self,
        staff: &Staff,
        user: UserId,
        way: Way,
        request: &TokensRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<TokensMoved> {
        let act = &Act::on(staff, way.action(), user).because(request.reason.as_deref());
        let asked = &(user, request);
        let operation = key.map(|key| Operation::new(staff.user_id(), way.operation(), key, asked));
        let operation = operation.transpose()?;
        let (operation, id) = (operation.as_ref(), &self.core.fresh_id());
        let change = audit::once(&self.core, act, |tx| {
            async move {
                let amount = amount(request)?;
                let head = ledger::lock(tx, user).await?;
                if let Some(operation) = operation
                    && let Some(answer) = operation.answered(tx).await?
                {
                    return Ok(Done::Before(answer));
                }
                let now = tx.now();
                accounts::expect_known(tx, user, now).await?;
                let posting = way.posting(id, user.account(), amount);
                let next = ledger::post(tx, user, head, &posting, 0, now).await?;
                let answer = moved(user, next);
                if let Some(operation) = operation {
                    operation.keep(tx, &answer).await?;
                }
                tx.wake(user, Changed::MOVED);
                Ok(Done::Now(audit::Changed {
                    before: Some(audit::state(&moved(user, head))?),
                    after: Some(audit::state(&answer)?),
                    answer,
                }))
            }
            .scope_boxed()
        });
        change.await
    }
}

fn amount(request: &TokensRequest) -> Result<Tokens> {
    let amount = Tokens::new(request.amount).ok();
    let amount = amount.filter(|amount| !amount.is_zero());
    let message = "amount is 1 to 9,007,199,254,740,991";
    Ok(amount.ok_or_else(|| AppError::field("amount", "range", message))?)
}

const fn moved(user: UserId, head: Head) -> TokensMoved {
    TokensMoved {
        user_id: user,
        balance: head.balance,
        seq: head.seq,
    }
}
