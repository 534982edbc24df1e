//! Beginning to set up a second factor.

use wire::Code;
use wire::auth::{TotpSetup, TotpSetupRequest};

use super::super::Accounts;
use super::super::proof::{Asked, Doubt, Proof};
use super::super::store::second_factors;
use super::authenticator::{self, Authenticator};
use super::seal::Sealed;
use crate::audit::{Action, Own};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Member, Origin, Result};

impl Accounts {
    /// Begins to set up a second factor, which counts once it is confirmed; again, it takes the place of one
    /// that is not.
    ///
    /// # Errors
    /// `wrong_password`, which counts as a failed sign-in, and `locked`; `second_factor_set`; `invalid`;
    /// `rate_limited`.
    pub async fn set_up_second_factor(
        &self,
        member: &Member,
        origin: &Origin,
        request: TotpSetupRequest,
    ) -> Result<TotpSetup> {
        let proof = &self
            .shown(member.user_id, origin, &request.password)
            .await?;
        let person = self.person(member.user_id).await?;
        let entropy = &*self.core.entropy;
        let secret = authenticator::draw(entropy);
        let what = Sealed::Factor(member.user_id);
        let sealed = &self.seal.close(entropy, what, &secret)?;
        let begin = self.core.db.write(|tx| {
            async move { self.begin_factor(tx, (member, origin), proof, sealed).await }
                .scope_boxed()
        });
        let begun = begin.await?;
        begun.map_err(|doubt| doubt.into_error(self.core.now()))?;
        Authenticator::new(secret.to_vec())?.setup(&person.site_id)
    }

    async fn begin_factor(
        &self,
        tx: &mut Tx,
        (member, origin): (&Member, &Origin),
        proof: &Proof,
        sealed: &[u8],
    ) -> Result<Result<(), Doubt>> {
        let own = Own::of(member, Action::SetUpFactor, origin);
        let doubt = self.doubt_of_own(tx, own, (proof, Asked::Password));
        if let Some(doubt) = doubt.await? {
            return Ok(Err(doubt));
        }
        let at = tx.now();
        if !second_factors::put(tx, &member.claimed(), sealed, at).await? {
            return Err(Code::SecondFactorSet.into());
        }
        own.done(tx, &self.core).await?;
        Ok(Ok(()))
    }
}
