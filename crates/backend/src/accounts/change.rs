//! What members change of themselves.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::Code;
use wire::user::{ProfileChange, User};

use super::fields::Nickname;
use super::parse::{Change, NewPassword};
use super::sessions::End;
use super::sign_in::{ATTEMPTS_MAX, Checked};
use super::store::attempts::{self, Attempt, Outcome};
use super::store::users::{self, Names};
use super::store::{names as keys_of_names, sessions};
use super::{Accounts, Person, corrupt, lockout, names};
use crate::caller::network_of;
use crate::db::{ScopedFutureExt, Tx};
use crate::wake::Changed;
use crate::{Error, Member, Result};

/// A password to be set, with what shows that it may be.
struct Proof {
    site_id_key: String,
    network: String,
    /// What the current password was found to be.
    checked: Checked,
    /// The hash of the new one, once the current one matched.
    new_hash: Option<String>,
}

/// How a change ended. A failed one is a row, so it is no error of the transaction.
enum Verdict {
    Done(Box<Person>),
    Locked(Timestamp),
    WrongPassword,
    /// The password that was checked is not the one in force any more; nothing was written.
    Outdated,
}

impl Accounts {
    /// Changes what a member may change of themselves. A new password needs the one in force, and
    /// ends all other sessions.
    ///
    /// # Errors
    /// `invalid` with every field that is; `nickname_taken`, `phone_taken`; `wrong_password`, which
    /// counts as a failed sign-in, and `locked`.
    pub async fn change_profile(&self, member: &Member, request: ProfileChange) -> Result<User> {
        let change = Change::read(&request)?;
        for _ in 0..ATTEMPTS_MAX {
            match self.attempt_change(member, &change).await? {
                Verdict::Done(person) => return Ok(person.as_user(self.core.now())),
                Verdict::Locked(until) => return Err(lockout::locked(until, self.core.now())),
                Verdict::WrongPassword => return Err(Code::WrongPassword.into()),
                Verdict::Outdated => {}
            }
        }
        Err(Error::in_progress())
    }

    /// Proves that it may be, and decides.
    async fn attempt_change(&self, member: &Member, change: &Change) -> Result<Verdict> {
        let proof = match &change.password {
            Some(password) => Some(self.prove(member, password).await?),
            None => None,
        };
        let proof = proof.as_ref();
        let write = self.core.db.write(|tx| {
            async move { self.decide_change(tx, member, change, proof).await }.scope_boxed()
        });
        write.await
    }

    /// Checks the current password and hashes the new one, before the transaction.
    async fn prove(&self, member: &Member, password: &NewPassword) -> Result<Proof> {
        let (site_id_key, network) = {
            let mut conn = self.core.db.read().await?;
            let person = users::find(&mut conn, member.user_id)
                .await?
                .ok_or(Code::NotFound)?;
            let address = sessions::address(&mut conn, &member.session_id).await?;
            (person.site_id_key, network_of(&address.unwrap_or_default()))
        };
        let attempt = Attempt {
            site_id_key: &site_id_key,
            network: &network,
            at: self.core.now(),
        };
        let checked = self.check(&attempt, password.current.clone()).await?;
        let new_hash = match &checked {
            Checked::Matches { .. } => {
                let new = password.new.clone();
                Some(self.passwords.hash(&network, new).await?)
            }
            Checked::Locked | Checked::Wrong => None,
        };
        Ok(Proof {
            site_id_key,
            network,
            checked,
            new_hash,
        })
    }

    /// The transaction. It holds the member's row first, so that guesses are counted one after another.
    async fn decide_change(
        &self,
        tx: &mut Tx,
        member: &Member,
        change: &Change,
        proof: Option<&Proof>,
    ) -> Result<Verdict> {
        users::hold(tx, member.user_id).await?;
        let now = tx.now();
        let refusal = match proof {
            Some(proof) => self.set_password(tx, member, proof, now).await?,
            None => None,
        };
        if let Some(refusal) = refusal {
            return Ok(refusal);
        }
        // A new password ends the other sessions.
        tx.wake(member.user_id, Changed::ACCESS);
        set_names(tx, member, change).await
    }

    /// Sets the password and ends the other sessions, or says why not and counts a failure.
    async fn set_password(
        &self,
        tx: &mut AnyConnection,
        member: &Member,
        proof: &Proof,
        at: Timestamp,
    ) -> Result<Option<Verdict>> {
        let user = member.user_id;
        let attempt = Attempt {
            site_id_key: &proof.site_id_key,
            network: &proof.network,
            at,
        };
        let until = lockout::until(tx, &self.core.settings.auth, &attempt).await?;
        if let Some(until) = lockout::still(until, &proof.checked, at) {
            attempts::insert(tx, &attempt, Some(user), Outcome::Locked).await?;
            return Ok(Some(Verdict::Locked(until)));
        }
        let (Checked::Matches { stored, .. }, Some(new)) = (&proof.checked, &proof.new_hash) else {
            attempts::insert(tx, &attempt, Some(user), Outcome::Failure).await?;
            return Ok(Some(Verdict::WrongPassword));
        };
        if !users::replace_password(tx, user, stored, new).await? {
            return Ok(Some(Verdict::Outdated));
        }
        sessions::end_others(tx, user, Some(&member.session_id), End::Password, at).await?;
        Ok(None)
    }
}

async fn set_names(tx: &mut AnyConnection, member: &Member, change: &Change) -> Result<Verdict> {
    let person = users::find(tx, member.user_id)
        .await?
        .ok_or(Code::NotFound)?;
    let nickname = match &change.nickname {
        Some(new) if names::nfc(&person.nickname) != new.text => new.clone(),
        // Whoever keeps a name keeps its key, which is one apart where an older member has the name.
        kept => Nickname {
            key: person.nickname_key.clone(),
            text: kept
                .as_ref()
                .map_or_else(|| person.nickname.clone(), |kept| kept.text.clone()),
        },
    };
    let phone_number = change
        .phone_number
        .as_ref()
        .map_or(&person.phone_number, |phone| &phone.0);
    let wanted = Names {
        site_id_key: &person.site_id_key,
        nickname_key: &nickname.key,
        phone_number,
    };
    if let Some(code) = users::taken(tx, &wanted, Some(member.user_id))
        .await?
        .refusal()
    {
        return Err(code.into());
    }
    users::set_names(tx, member.user_id, &nickname, phone_number).await?;
    if nickname.key != person.nickname_key {
        pass_on(tx, &person.nickname_key).await?;
    }
    let person = users::find(tx, member.user_id).await?;
    Ok(Verdict::Done(Box::new(
        person.ok_or_else(|| corrupt("users.id"))?,
    )))
}

/// Gives a key that its member gave up to the oldest of those who bear its name under one apart, before
/// anybody else can take it.
async fn pass_on(tx: &mut AnyConnection, key: &str) -> Result<()> {
    // Whoever changed their name meanwhile is no heir any more: then it is the next one's.
    while let Some(heir) = keys_of_names::heir(tx, key).await? {
        if keys_of_names::inherit(tx, heir, key).await? {
            return Ok(());
        }
    }
    Ok(())
}
