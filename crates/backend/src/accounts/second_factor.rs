//! A member's second factor: codes of an authenticator (RFC 6238), and what takes their place when it is
//! lost.

mod authenticator;
mod own;
mod recovery;
mod reset;
mod seal;

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::auth::{
    RecoveryCodes, TotpConfirmRequest, TotpDisableRequest, TotpSetup, TotpSetupRequest,
};
use wire::{Code, Secret, UserId};

use self::authenticator::Authenticator;
pub use self::own::OwnFactor;
pub(super) use self::seal::Seal;
use super::Accounts;
use super::proof::{Doubt, Proof, read_password};
use super::sessions::End;
use super::store::second_factors::Kept;
use super::store::{recovery_codes, second_factors, sessions, users};
use crate::audit::{self, Action};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::wake::Changed;
use crate::{Member, Origin, Result, standing};

/// What a code is worth at a member's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// They have none, so that none is asked for.
    Unasked,
    /// It is right, and was taken: it counts no more.
    Right,
    /// There is none.
    Missing,
    /// It is wrong, or was taken before.
    Wrong,
}

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
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let password = read_password(&request.password)?;
        let person = self.person(member.user_id).await?;
        let proof = &self.prove(&person, &origin.address, password).await?;
        let entropy = &*self.core.entropy;
        let secret = authenticator::draw(entropy);
        let sealed = &self.seal.close(entropy, member.user_id, &secret)?;
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
        let user = member.user_id;
        users::hold(tx, user).await?;
        let at = tx.now();
        let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
        if let Some(doubt) = self.doubt(tx, &person, proof, at).await? {
            return Ok(Err(doubt));
        }
        if !second_factors::put(tx, user, sealed, at).await? {
            return Err(Code::SecondFactorSet.into());
        }
        audit::own(tx, &self.core, user, Action::SetUpFactor, origin).await?;
        Ok(Ok(()))
    }

    /// Confirms a second factor with the first code of it, and ends what was signed in elsewhere without
    /// one. A wrong code counts as no failed sign-in: whoever asks was shown the secret.
    ///
    /// # Errors
    /// `not_found` where none is being set up; `second_factor_set`; `wrong_code`; `rate_limited`.
    pub async fn confirm_second_factor(
        &self,
        member: &Member,
        origin: &Origin,
        request: TotpConfirmRequest,
    ) -> Result<RecoveryCodes> {
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let code = request.code.text();
        let codes = recovery::draw_all(&*self.core.entropy);
        let hashes = codes.iter().filter_map(|code| recovery::digest(code));
        let hashes = &hashes.collect::<Vec<_>>();
        let confirm = self.core.db.write(|tx| {
            async move {
                let user = member.user_id;
                users::hold(tx, user).await?;
                let at = tx.now();
                let factor = second_factors::find(tx, user).await?;
                let factor = factor.ok_or(Code::NotFound)?;
                if factor.confirmed_at.is_some() {
                    return Err(Code::SecondFactorSet.into());
                }
                let step = self.step_of(user, &factor, code, at)?;
                let step = step.ok_or(Code::WrongCode)?;
                second_factors::confirm(tx, user, step, at).await?;
                for hash in hashes {
                    recovery_codes::insert(tx, user, hash).await?;
                }
                let session = Some(&member.session_id);
                sessions::end_others(tx, user, session, End::SecondFactor, at).await?;
                tx.wake(user, Changed::ACCESS);
                audit::own(tx, &self.core, user, Action::ConfirmFactor, origin).await
            }
            .scope_boxed()
        });
        confirm.await?;
        let recovery_codes = codes.into_iter().map(Secret).collect();
        Ok(RecoveryCodes { recovery_codes })
    }

    /// Gives up a second factor. Staff keep theirs where the club is strict: somebody else resets it.
    ///
    /// # Errors
    /// `not_found` where none is confirmed; `second_factor_required` of staff; `wrong_password` and
    /// `wrong_code`, which count as failed sign-ins, and `locked`; `code_required` for an empty one;
    /// `invalid`; `rate_limited`.
    pub async fn disable_second_factor(
        &self,
        member: &Member,
        origin: &Origin,
        request: TotpDisableRequest,
    ) -> Result<()> {
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let password = read_password(&request.password)?;
        let code = request.code.text();
        let person = self.person(member.user_id).await?;
        let proof = &self.prove(&person, &origin.address, password).await?;
        let disable = self.core.db.write(|tx| {
            async move { self.end_factor(tx, (member, origin), proof, code).await }.scope_boxed()
        });
        let disabled = disable.await?;
        disabled.map_err(|doubt| doubt.into_error(self.core.now()))
    }

    async fn end_factor(
        &self,
        tx: &mut Tx,
        (member, origin): (&Member, &Origin),
        proof: &Proof,
        code: &str,
    ) -> Result<Result<(), Doubt>> {
        let user = member.user_id;
        users::hold(tx, user).await?;
        let at = tx.now();
        let is_staff = !standing::roles(tx, user).await?.is_empty();
        if self.is_factor_kept(is_staff) {
            return Err(Code::SecondFactorRequired.into());
        }
        let factor = second_factors::find(tx, user).await?;
        if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Err(Code::NotFound.into());
        }
        let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
        let doubt = self.doubt_of_both(tx, &person, (proof, Some(code)), at);
        if let Some(doubt) = doubt.await? {
            return Ok(Err(doubt));
        }
        second_factors::delete(tx, user).await?;
        recovery_codes::delete(tx, user).await?;
        audit::own(tx, &self.core, user, Action::DisableFactor, origin).await?;
        Ok(Ok(()))
    }

    /// What a code is worth at the member's second factor; a right one is taken, so that it counts once.
    /// Called in a transaction that holds the member's row.
    pub(super) async fn answer(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        code: Option<&str>,
        at: Timestamp,
    ) -> Result<Answer> {
        let factor = second_factors::find(conn, user).await?;
        let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else {
            return Ok(Answer::Unasked);
        };
        // A form sends an empty field along.
        let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
            return Ok(Answer::Missing);
        };
        let is_right = match recovery::digest(code) {
            Some(hash) => recovery_codes::take(conn, user, &hash, at).await?,
            None => match self.step_of(user, &factor, code, at)? {
                Some(step) => second_factors::take(conn, user, step).await?,
                None => false,
            },
        };
        Ok(if is_right {
            Answer::Right
        } else {
            Answer::Wrong
        })
    }

    /// The step that a code of the member's authenticator is of, if it is one of now.
    fn step_of(
        &self,
        user: UserId,
        factor: &Kept,
        code: &str,
        at: Timestamp,
    ) -> Result<Option<i64>> {
        let secret = self.seal.open(user, &factor.sealed)?;
        Ok(Authenticator::new(secret)?.step_of(code, at))
    }
}
