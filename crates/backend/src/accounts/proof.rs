//! A member who is signed in shows once more who they are: by the password, and by a code where they have a
//! second factor. What is wrong of it counts as a failed sign-in.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{Code, Secret, UserId};

use super::fields::{Faults, ShownPassword};
use super::second_factor::Answer;
use super::sign_in::Checked;
use super::store::attempts::{self, Attempt, Outcome};
use super::store::users;
use super::{Accounts, Person, lockout};
use crate::audit::Own;
use crate::caller::network_of;
use crate::db::Tx;
use crate::limits::Limit;
use crate::{Error, Origin, Result};

/// A password that was shown, as far as it is checked before the transaction.
pub(super) struct Proof {
    pub(super) network: String,
    /// What it was found to be.
    pub(super) checked: Checked,
}

impl Proof {
    fn attempt<'a>(&'a self, person: &'a Person, at: Timestamp) -> Attempt<'a> {
        Attempt {
            site_id_key: &person.site_id_key,
            network: &self.network,
            at,
        }
    }
}

/// What is to be shown.
#[derive(Clone, Copy)]
pub(super) enum Asked<'a> {
    /// The password alone: of those who are about to have a second factor.
    Password,
    /// The password, and this code where the member has a second factor.
    Both(Option<&'a str>),
}

/// Why that shows nothing. It may have left a row, so it is no error of the transaction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Doubt {
    Locked(Timestamp),
    Refused(Code),
    /// The password that was checked is not the one in force any more; nothing was written.
    Outdated,
}

impl Doubt {
    /// What the member is told.
    pub(super) fn into_error(self, now: Timestamp) -> Error {
        match self {
            Self::Locked(until) => lockout::locked(until, now),
            Self::Refused(code) => code.into(),
            Self::Outdated => Error::in_progress(),
        }
    }
}

/// A password that may be someone's.
fn read_password(shown: &Secret) -> Result<ShownPassword> {
    let mut faults = Faults::default();
    let password = faults.keep("password", ShownPassword::parse(&shown.0));
    password.ok_or_else(|| faults.into_error())
}

impl Accounts {
    /// Checks the password that a member shows for something of their own sign-in, before the transaction.
    ///
    /// # Errors
    /// `invalid`; `rate_limited`.
    pub(super) async fn shown(
        &self,
        user: UserId,
        origin: &Origin,
        password: &Secret,
    ) -> Result<Proof> {
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let password = read_password(password)?;
        let person = self.person(user).await?;
        self.prove(&person, &origin.address, password).await
    }

    /// Checks the password that a member shows from an address, before the transaction.
    pub(super) async fn prove(
        &self,
        person: &Person,
        address: &str,
        password: ShownPassword,
    ) -> Result<Proof> {
        let network = network_of(address);
        let attempt = Attempt {
            site_id_key: &person.site_id_key,
            network: &network,
            at: self.core.now(),
        };
        let checked = self.check(&attempt, password).await?;
        Ok(Proof { network, checked })
    }

    /// Why what a member showed for something of their own sign-in shows nothing, with the rows that this
    /// leaves: of staff, one in the log as well. It holds the member's row.
    pub(super) async fn doubt_of_own(
        &self,
        tx: &mut Tx,
        own: Own<'_>,
        shown: (&Proof, Asked<'_>),
    ) -> Result<Option<Doubt>> {
        users::hold(tx, own.user).await?;
        let at = tx.now();
        let person = users::find(tx, own.user).await?.ok_or(Code::NotFound)?;
        let doubt = self.doubt(tx, &person, shown, at).await?;
        // A code is asked for on the way: that counts as nothing.
        if let Some(Doubt::Refused(code)) = doubt
            && code != Code::CodeRequired
        {
            own.refused(tx, &self.core, code).await?;
        }
        Ok(doubt)
    }

    /// Why password and code show nothing, with the row that this leaves. Called in a transaction that holds
    /// the member's row, so that guesses are counted one after another.
    pub(super) async fn doubt(
        &self,
        conn: &mut AnyConnection,
        person: &Person,
        (proof, asked): (&Proof, Asked<'_>),
        at: Timestamp,
    ) -> Result<Option<Doubt>> {
        let doubt = self.doubt_of_password(conn, person, proof, at).await?;
        match asked {
            Asked::Both(code) if doubt.is_none() => {
                let attempt = &proof.attempt(person, at);
                self.doubt_of_code(conn, person.id, attempt, code).await
            }
            Asked::Both(_) | Asked::Password => Ok(doubt),
        }
    }

    async fn doubt_of_password(
        &self,
        conn: &mut AnyConnection,
        person: &Person,
        proof: &Proof,
        at: Timestamp,
    ) -> Result<Option<Doubt>> {
        let attempt = &proof.attempt(person, at);
        let until = lockout::until(conn, &self.core.settings.auth, attempt).await?;
        if let Some(until) = lockout::still(until, &proof.checked, at) {
            attempts::insert(conn, attempt, Some(person.id), Outcome::Locked).await?;
            return Ok(Some(Doubt::Locked(until)));
        }
        match &proof.checked {
            Checked::Matches { stored, .. } if *stored == person.password_hash => Ok(None),
            Checked::Matches { .. } => Ok(Some(Doubt::Outdated)),
            Checked::Wrong | Checked::Locked => {
                attempts::insert(conn, attempt, Some(person.id), Outcome::Failure).await?;
                Ok(Some(Doubt::Refused(Code::WrongPassword)))
            }
        }
    }

    /// A right code is taken, and clears the wrong ones before it.
    async fn doubt_of_code(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        attempt: &Attempt<'_>,
        code: Option<&str>,
    ) -> Result<Option<Doubt>> {
        let (outcome, doubt) = match self.answer(conn, user, code, attempt.at).await? {
            Answer::Unasked => return Ok(None),
            Answer::Missing => return Ok(Some(Doubt::Refused(Code::CodeRequired))),
            Answer::Right => (Outcome::SuccessWithCode, None),
            Answer::Wrong => (Outcome::WrongCode, Some(Doubt::Refused(Code::WrongCode))),
        };
        attempts::insert(conn, attempt, Some(user), outcome).await?;
        Ok(doubt)
    }
}
