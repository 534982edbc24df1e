//! Signing in: credentials, lockout, ban, and a row for every attempt.

use economy::Timestamp;
use progress::Fact;
use wire::auth::{AdminLoginRequest, LoginRequest, Token};
use wire::{Code, Secret, UserId};

use super::fields::ShownPassword;
use super::parse::Credentials;
use super::passwords::Form;
use super::second_factor::Answer;
use super::sessions::{Grant, Opening};
use super::store::attempts::{self, Attempt, Outcome};
use super::store::{staff_sessions, users};
use super::{Accounts, Person, lockout};
use crate::audit::{Action, Own};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::standing::Standing;
use crate::wake::Changed;
use crate::{Entry, Error, Origin, Result, ledger};

/// How often an attempt is made whose password was hashed anew between its check and its decision.
pub(super) const ATTEMPTS_MAX: u32 = 3;

/// Who is let in.
#[derive(Clone, Copy)]
enum Gate<'a> {
    /// Every member.
    Members,
    /// Those who run the club, with this code where they have a second factor.
    Admins { code: Option<&'a str> },
}

/// An attempt whose password has been checked, to be decided on.
struct Candidate<'a> {
    site_id_key: &'a str,
    network: &'a str,
    checked: Checked,
    /// What takes the place of a hash of the password as it was typed.
    anew: Option<String>,
    opening: &'a Opening,
    gate: Gate<'a>,
    origin: Origin,
}

impl Candidate<'_> {
    /// Signing in at the door of staff, as it is kept.
    const fn own(&self, user: UserId) -> Own<'_> {
        Own {
            user,
            action: Action::SignIn,
            origin: &self.origin,
        }
    }
}

/// What a password was found to be, before the transaction.
pub(super) enum Checked {
    /// The lock was on, so that nothing was hashed.
    Locked,
    /// It is not the member's, or there is none.
    Wrong,
    /// It is the one of this stored hash.
    Matches { stored: String, form: Form },
}

/// How an attempt ended. Each end is a row, so none of them is an error of the transaction.
enum Verdict {
    In(Box<Person>, Grant),
    Locked(Timestamp),
    Refused(Code),
    /// The password that was checked is not the one in force any more; nothing was written.
    Outdated,
}

impl Accounts {
    /// Signs a member in.
    ///
    /// # Errors
    /// `invalid`, `bad_credentials`, `banned`, `locked` with when to come back.
    pub async fn login<'a>(
        &self,
        request: LoginRequest,
        entry: impl Into<Entry<'a>>,
    ) -> Result<Token> {
        self.sign_in(request, entry.into(), Gate::Members).await
    }

    /// Signs in someone who runs the club: the session is one of staff's, and they have shown who they are.
    ///
    /// # Errors
    /// As [`Accounts::login`], and `forbidden` for everyone else; of those who have a second factor
    /// `code_required`, and `wrong_code`, which counts as a wrong password does.
    pub async fn admin_login<'a>(
        &self,
        request: impl Into<AdminLoginRequest>,
        entry: impl Into<Entry<'a>>,
    ) -> Result<Token> {
        let AdminLoginRequest {
            site_id,
            password,
            code,
        } = request.into();
        let request = LoginRequest { site_id, password };
        let code = code.as_ref().map(Secret::text);
        self.sign_in(request, entry.into(), Gate::Admins { code })
            .await
    }

    async fn sign_in(
        &self,
        request: LoginRequest,
        entry: Entry<'_>,
        gate: Gate<'_>,
    ) -> Result<Token> {
        self.limit(Limit::SignIn, entry.device).await?;
        let credentials = Credentials::read(&request)?;
        for _ in 0..ATTEMPTS_MAX {
            match self.attempt(&credentials, entry, gate).await? {
                Verdict::In(person, grant) => return self.token(&person, grant),
                Verdict::Locked(until) => return Err(lockout::locked(until, self.core.now())),
                Verdict::Refused(code) => return Err(code.into()),
                Verdict::Outdated => {}
            }
        }
        Err(Error::in_progress())
    }

    /// Checks the password, and decides.
    async fn attempt(
        &self,
        credentials: &Credentials,
        entry: Entry<'_>,
        gate: Gate<'_>,
    ) -> Result<Verdict> {
        let network = entry.device.network();
        let (site_id_key, network) = (credentials.site_id_key.as_str(), network.as_str());
        let attempt = Attempt {
            site_id_key,
            network,
            at: self.core.now(),
        };
        let password = credentials.password.clone();
        let checked = self.check(&attempt, password.clone()).await?;
        let anew = match &checked {
            Checked::Matches {
                form: Form::AsTyped,
                ..
            } => Some(self.passwords.hash(network, password.into_new()).await?),
            _ => None,
        };
        let candidate = &Candidate {
            site_id_key,
            network,
            checked,
            anew,
            opening: &Opening::new(&self.core, entry),
            gate,
            origin: entry.origin(),
        };
        let write = self
            .core
            .db
            .write(|tx| async move { self.decide(tx, candidate).await }.scope_boxed());
        write.await
    }

    /// Whether the password is the member's. Nothing is hashed while the lock is on.
    pub(super) async fn check(
        &self,
        attempt: &Attempt<'_>,
        password: ShownPassword,
    ) -> Result<Checked> {
        let stored = {
            let mut conn = self.core.db.read().await?;
            if lockout::until(&mut conn, &self.core.settings.auth, attempt)
                .await?
                .is_some()
            {
                return Ok(Checked::Locked);
            }
            users::password_hash(&mut conn, attempt.site_id_key).await?
        };
        let checked = self
            .passwords
            .matches(attempt.network, password, stored.clone());
        let form = checked.await?;
        Ok(match (stored, form) {
            (Some(stored), Some(form)) => Checked::Matches { stored, form },
            _ => Checked::Wrong,
        })
    }

    /// The transaction. It holds the member's row first, so that those who guess at once are
    /// counted one after another; then, of those who do not guess, the account, so that one instant
    /// holds for all that is written.
    async fn decide(&self, tx: &mut Tx, candidate: &Candidate<'_>) -> Result<Verdict> {
        let Candidate {
            site_id_key,
            network,
            checked,
            anew,
            ..
        } = candidate;
        let user = users::hold_by_key(tx, site_id_key).await?;
        if let (Some(user), Checked::Matches { .. }) = (user, checked) {
            ledger::lock(tx, user).await?;
        }
        let attempt = &Attempt {
            site_id_key,
            network,
            at: tx.now(),
        };
        let until = lockout::until(tx, &self.core.settings.auth, attempt).await?;
        if let Some(until) = lockout::still(until, checked, attempt.at) {
            attempts::insert(tx, attempt, user, Outcome::Locked).await?;
            return Ok(Verdict::Locked(until));
        }
        let person = match user {
            Some(user) => users::find(tx, user).await?,
            None => None,
        };
        let known = person.filter(|_| matches!(checked, Checked::Matches { .. }));
        if let (Some(person), Checked::Matches { stored, .. }) = (&known, checked)
            && person.password_hash != *stored
        {
            return Ok(Verdict::Outdated);
        }
        let (outcome, judged) = self.judged(tx, known, candidate.gate, attempt.at).await?;
        attempts::insert(tx, attempt, user, outcome).await?;
        match judged {
            Err(code) => self.refuse(tx, candidate, (user, code)).await,
            Ok(person) => {
                if let (Some(anew), Checked::Matches { stored, .. }) = (anew, checked) {
                    users::replace_password(tx, person.id, stored, anew).await?;
                }
                self.let_in(tx, person, candidate).await
            }
        }
    }

    /// What the attempt counts as, and who is let in, once those who run the club have shown a code where
    /// one is asked for.
    async fn judged(
        &self,
        tx: &mut Tx,
        known: Option<Person>,
        gate: Gate<'_>,
        now: Timestamp,
    ) -> Result<Judged> {
        let (person, code) = match (judge(known, gate, now), gate) {
            ((_, Ok(person)), Gate::Admins { code }) => (person, code),
            (judged, _) => return Ok(judged),
        };
        Ok(match self.answer(tx, person.id, code, now).await? {
            Answer::Unasked => (Outcome::Success, Ok(person)),
            Answer::Right => (Outcome::SuccessWithCode, Ok(person)),
            Answer::Missing => (Outcome::Refused, Err(Code::CodeRequired)),
            Answer::Wrong => (Outcome::WrongCode, Err(Code::WrongCode)),
        })
    }

    /// What was refused; that a code of staff's was wrong is kept, since the password was right.
    async fn refuse(
        &self,
        tx: &mut Tx,
        candidate: &Candidate<'_>,
        (user, code): (Option<UserId>, Code),
    ) -> Result<Verdict> {
        if let (Some(user), Code::WrongCode) = (user, code) {
            candidate.own(user).refused(tx, &self.core, code).await?;
        }
        Ok(Verdict::Refused(code))
    }

    /// Begins a session of a member whose account is locked.
    async fn let_in(
        &self,
        tx: &mut Tx,
        mut person: Person,
        candidate: &Candidate<'_>,
    ) -> Result<Verdict> {
        let now = tx.now();
        users::signed_in(tx, person.id, now).await?;
        person.last_login_at = Some(now);
        let happened = &self.core.happened;
        happened.raise(tx, person.id, Fact::SignedIn).await?;
        let opening = candidate.opening;
        let grant = opening
            .insert(tx, &self.keys, &self.core.settings.auth, person.id)
            .await?;
        // It may have ended another session: the one before it, or one too many.
        tx.wake(person.id, Changed::ACCESS);
        if let Gate::Admins { .. } = candidate.gate {
            staff_sessions::begin(tx, &grant.session_id, now).await?;
            candidate.own(person.id).done(tx, &self.core).await?;
        }
        Ok(Verdict::In(Box::new(person), grant))
    }
}

/// What an attempt counts as, and whether the member whose password it showed is let in.
type Judged = (Outcome, Result<Person, Code>);

/// By their standing, and by whom the gate is for.
fn judge(known: Option<Person>, gate: Gate<'_>, now: Timestamp) -> Judged {
    let Some(person) = known else {
        return (Outcome::Failure, Err(Code::BadCredentials));
    };
    match person.standing(now) {
        Standing::Deleted => (Outcome::Failure, Err(Code::BadCredentials)),
        Standing::Banned => (Outcome::Refused, Err(Code::Banned)),
        Standing::Active if matches!(gate, Gate::Admins { .. }) && !person.is_admin => {
            (Outcome::Refused, Err(Code::Forbidden))
        }
        Standing::Active => (Outcome::Success, Ok(person)),
    }
}
