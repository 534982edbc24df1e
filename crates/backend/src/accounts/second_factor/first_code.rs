//! Confirming a second factor, by the first code of it.

use economy::Timestamp;
use wire::Code;
use wire::auth::{RecoveryCodes, TotpConfirmRequest};

use super::super::proof::Doubt;
use super::super::sessions::End;
use super::super::store::attempts::{self, Attempt, Outcome};
use super::super::store::second_factors::{self, Kept};
use super::super::store::{sessions, users};
use super::super::{Accounts, lockout};
use super::drawn::Drawn;
use crate::audit::{Action, Own};
use crate::caller::network_of;
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::wake::Changed;
use crate::{Member, Origin, Result};

/// For how long one that is not confirmed is good, in seconds: 10 minutes.
const BEGUN_SECS: i64 = 10 * 60;

impl Accounts {
    /// Confirms a second factor with the first code of it, in the session in which it was begun and within
    /// ten minutes, and ends what was signed in elsewhere without one.
    ///
    /// # Errors
    /// `not_found` where none is being set up; `second_factor_set`; `wrong_code`, which counts as a failed
    /// sign-in, and `locked`; `rate_limited`.
    pub async fn confirm_second_factor(
        &self,
        member: &Member,
        origin: &Origin,
        request: TotpConfirmRequest,
    ) -> Result<RecoveryCodes> {
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let code = request.code.text();
        let fresh = Drawn::new(&*self.core.entropy);
        let drawn = &fresh;
        let confirm = self.core.db.write(|tx| {
            async move { self.settle_factor(tx, (member, origin), code, drawn).await }.scope_boxed()
        });
        let confirmed = confirm.await?;
        confirmed.map_err(|doubt| doubt.into_error(self.core.now()))?;
        Ok(fresh.answer())
    }

    async fn settle_factor(
        &self,
        tx: &mut Tx,
        (member, origin): (&Member, &Origin),
        code: &str,
        drawn: &Drawn,
    ) -> Result<Result<(), Doubt>> {
        let user = member.user_id;
        users::hold(tx, user).await?;
        let at = tx.now();
        let factor = second_factors::find(tx, user).await?;
        let factor = begun(factor, member, at)?;
        let own = Own::of(member, Action::ConfirmFactor, origin);
        let step = match self.first_step(tx, own, &factor, code).await? {
            Ok(step) => step,
            Err(doubt) => return Ok(Err(doubt)),
        };
        second_factors::confirm(tx, user, step, at).await?;
        drawn.keep(tx, user).await?;
        let session = Some(&member.session_id);
        sessions::end_others(tx, user, session, End::SecondFactor, at).await?;
        tx.wake(user, Changed::ACCESS);
        own.done(tx, &self.core).await?;
        Ok(Ok(()))
    }

    /// The step of the first code. A wrong one is counted like any other: whoever has no more than the session
    /// would guess at it.
    async fn first_step(
        &self,
        tx: &mut Tx,
        own: Own<'_>,
        factor: &Kept,
        code: &str,
    ) -> Result<Result<i64, Doubt>> {
        let at = tx.now();
        let person = users::find(tx, own.user).await?.ok_or(Code::NotFound)?;
        let attempt = &Attempt {
            site_id_key: &person.site_id_key,
            network: &network_of(&own.origin.address),
            at,
        };
        let until = lockout::until(tx, &self.core.settings.auth, attempt).await?;
        if let Some(until) = until {
            attempts::insert(tx, attempt, Some(own.user), Outcome::Locked).await?;
            return Ok(Err(Doubt::Locked(until)));
        }
        let step = self.step_of(own.user, factor, code, at)?;
        let outcome = match step {
            Some(_) => Outcome::SuccessWithCode,
            None => Outcome::WrongCode,
        };
        attempts::insert(tx, attempt, Some(own.user), outcome).await?;
        if step.is_none() {
            own.refused(tx, &self.core, Code::WrongCode).await?;
        }
        Ok(step.ok_or(Doubt::Refused(Code::WrongCode)))
    }
}

/// The one that is being set up there.
fn begun(factor: Option<Kept>, member: &Member, now: Timestamp) -> Result<Kept> {
    let factor = factor.ok_or(Code::NotFound)?;
    if factor.confirmed_at.is_some() {
        return Err(Code::SecondFactorSet.into());
    }
    let is_over = now >= factor.begun_at.plus_secs(BEGUN_SECS);
    if is_over || factor.begun_in != member.session_id {
        return Err(Code::NotFound.into());
    }
    Ok(factor)
}
