//! Tokens that staff give members, and take.

mod moving;

use wire::UserId;
use wire::desk::{TokensMoved, TokensRequest, Weighed};

use super::Desk;
use crate::weigh::{self, Wish};
use crate::{IdempotencyKey, Result, Staff};

pub(super) use self::moving::Moving;
use self::moving::Way;

impl Desk {
    /// Gives a member tokens, once per key.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `own_account`; `not_found`;
    /// `balance_too_large`; `invalid` for an amount or a reason that cannot be; `idempotency_mismatch`;
    /// `approval_waits` where it waits for somebody else.
    pub async fn add_tokens(
        &self,
        staff: &Staff,
        user: UserId,
        request: TokensRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<TokensMoved> {
        let asked = self.ask_to_add(staff, user, request, key.into()).await?;
        Ok(asked.done()?)
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
        let asked = self.ask_to_deduct(staff, user, request, key.into()).await?;
        Ok(asked.done()?)
    }

    /// Gives a member tokens as it is wished: shows what that would do, does it, or lets it wait for somebody
    /// else.
    ///
    /// # Errors
    /// As [`Desk::add_tokens`], but for what waits; `preview_changed`.
    pub async fn ask_to_add(
        &self,
        staff: &Staff,
        user: UserId,
        request: TokensRequest,
        wish: Wish,
    ) -> Result<Weighed<TokensMoved>> {
        let deed = Moving::new(&self.core, Way::Add, user, request);
        weigh::ask(&self.core, staff, &deed, &wish).await
    }

    /// Takes tokens of a member's as it is wished.
    ///
    /// # Errors
    /// As [`Desk::deduct_tokens`], but for what waits; `preview_changed`.
    pub async fn ask_to_deduct(
        &self,
        staff: &Staff,
        user: UserId,
        request: TokensRequest,
        wish: Wish,
    ) -> Result<Weighed<TokensMoved>> {
        let deed = Moving::new(&self.core, Way::Deduct, user, request);
        weigh::ask(&self.core, staff, &deed, &wish).await
    }
}
