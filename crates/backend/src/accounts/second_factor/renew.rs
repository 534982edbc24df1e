//! Recovery codes anew: some were used, or the answer that showed them was lost.

use wire::Code;
use wire::auth::{RecoveryCodes, RecoveryCodesRequest};

use super::super::Accounts;
use super::super::proof::{Asked, Doubt, Proof};
use super::super::store::second_factors;
use super::drawn::Drawn;
use crate::audit::{Action, Own};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Member, Origin, Result};

impl Accounts {
    /// Gives a member fresh recovery codes in the place of those that they have, used or not.
    ///
    /// # Errors
    /// `wrong_password` and `wrong_code`, which count as failed sign-ins, and `locked`; `code_required` for an
    /// empty one; `not_found` where no second factor is confirmed; `invalid`; `rate_limited`.
    pub async fn renew_recovery_codes(
        &self,
        member: &Member,
        origin: &Origin,
        request: RecoveryCodesRequest,
    ) -> Result<RecoveryCodes> {
        let proof = &self
            .shown(member.user_id, origin, &request.password)
            .await?;
        let shown = (proof, Asked::Both(Some(request.code.text())));
        let fresh = Drawn::new(&*self.core.entropy);
        let drawn = &fresh;
        let own = Own::of(member, Action::RenewCodes, origin);
        let renew = self.core.db.write(|tx| {
            async move { self.replace_codes(tx, own, shown, drawn).await }.scope_boxed()
        });
        let renewed = renew.await?;
        renewed.map_err(|doubt| doubt.into_error(self.core.now()))?;
        Ok(fresh.answer())
    }

    async fn replace_codes(
        &self,
        tx: &mut Tx,
        own: Own<'_>,
        shown: (&Proof, Asked<'_>),
        drawn: &Drawn,
    ) -> Result<Result<(), Doubt>> {
        if let Some(doubt) = self.doubt_of_own(tx, own, shown).await? {
            return Ok(Err(doubt));
        }
        let factor = second_factors::find(tx, own.user).await?;
        if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Err(Code::NotFound.into());
        }
        drawn.keep(tx, own.user).await?;
        own.done(tx, &self.core).await?;
        Ok(Ok(()))
    }
}
