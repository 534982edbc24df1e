//! Giving up a second factor.

use wire::Code;
use wire::auth::TotpDisableRequest;

use super::super::Accounts;
use super::super::proof::{Asked, Doubt, Proof};
use super::super::store::{recovery_codes, second_factors};
use crate::audit::{Action, Own};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Member, Origin, Result, standing};

impl Accounts {
    /// Gives up a second factor. Staff keep theirs where the club is strict: somebody else resets it.
    ///
    /// # Errors
    /// `wrong_password` and `wrong_code`, which count as failed sign-ins, and `locked`; `code_required` for an
    /// empty one; `not_found` where none is confirmed; `second_factor_required` of staff; `invalid`;
    /// `rate_limited`.
    pub async fn disable_second_factor(
        &self,
        member: &Member,
        origin: &Origin,
        request: TotpDisableRequest,
    ) -> Result<()> {
        let proof = &self
            .shown(member.user_id, origin, &request.password)
            .await?;
        let code = request.code.text();
        let own = Own::of(member, Action::DisableFactor, origin);
        let disable = self
            .core
            .db
            .write(|tx| async move { self.end_factor(tx, own, proof, code).await }.scope_boxed());
        let disabled = disable.await?;
        disabled.map_err(|doubt| doubt.into_error(self.core.now()))
    }

    async fn end_factor(
        &self,
        tx: &mut Tx,
        own: Own<'_>,
        proof: &Proof,
        code: &str,
    ) -> Result<Result<(), Doubt>> {
        let asked = Asked::Both(Some(code));
        if let Some(doubt) = self.doubt_of_own(tx, own, (proof, asked)).await? {
            return Ok(Err(doubt));
        }
        // What follows takes nothing that was shown where it refuses: it ends the transaction.
        let is_staff = !standing::roles(tx, own.user).await?.is_empty();
        if self.is_factor_kept(is_staff) {
            return Err(Code::SecondFactorRequired.into());
        }
        let factor = second_factors::find(tx, own.user).await?;
        if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Err(Code::NotFound.into());
        }
        second_factors::delete(tx, own.user).await?;
        recovery_codes::delete(tx, own.user).await?;
        own.done(tx, &self.core).await?;
        Ok(Ok(()))
    }
}
