//! A member who is signed in shows once more who they are: by the password, and by a code where they have a
//! second factor. What is wrong of it counts as a failed sign-in.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{Code, Secret};

use super::fields::{Faults, ShownPassword};
use super::second_factor::Answer;
use super::sign_in::Checked;
use super::store::attempts::{self, Attempt, Outcome};
use super::{Accounts, Person, lockout};
use crate::caller::network_of;
use crate::{Error, Result};

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
pub(super) fn read_password(shown: &Secret) -> Result<ShownPassword> {
    let mut faults = Faults::default();
    let password = faults.keep("password", ShownPassword::parse(&shown.0));
    password.ok_or_else(|| faults.into_error())
}

impl Accounts {
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

    /// Why the password shows nothing, with the row that this leaves. Called in a transaction that holds the
    /// member's row, so that guesses are counted one after another.
    pub(super) async fn doubt(
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

    /// The same of the password and of a code beside it, where the member has a second factor; a right code
    /// is taken.
    pub(super) async fn doubt_of_both(
        &self,
        conn: &mut AnyConnection,
        person: &Person,
        (proof, code): (&Proof, Option<&str>),
        at: Timestamp,
    ) -> Result<Option<Doubt>> {
        if let Some(doubt) = self.doubt(conn, person, proof, at).await? {
            return Ok(Some(doubt));
        }
        match self.answer(conn, person.id, code, at).await? {
            Answer::Unasked | Answer::Right => Ok(None),
            Answer::Missing => Ok(Some(Doubt::Refused(Code::CodeRequired))),
            Answer::Wrong => {
                let attempt = &proof.attempt(person, at);
                attempts::insert(conn, attempt, Some(person.id), Outcome::WrongCode).await?;
                Ok(Some(Doubt::Refused(Code::WrongCode)))
            }
        }
    }
}
