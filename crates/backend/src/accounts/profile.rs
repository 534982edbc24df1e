//! What members change of themselves.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::user::{ProfileChange, PublicUser, User};
use wire::{Code, UserId};

use super::fields::Nickname;
use super::parse::{Change, NewPassword};
use super::sessions::End;
use super::sign_in::Checked;
use super::store::attempts::{self, Attempt, Outcome};
use super::store::sessions;
use super::store::users::{self, Names};
use super::{Accounts, Person, corrupt, lockout, names};
use crate::caller::network_of;
use crate::db::ScopedFutureExt;
use crate::standing::Standing;
use crate::wake::Changed;
use crate::{Member, Result, happened};

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
}

impl Accounts {
    /// The member, as they see themselves.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn me(&self, user: UserId) -> Result<User> {
        let mut conn = self.core.db.read().await?;
        let person = users::find(&mut conn, user).await?.ok_or(Code::NotFound)?;
        Ok(person.as_user(self.core.now()))
    }

    /// The member, as others see them.
    ///
    /// # Errors
    /// `not_found`, also for one who was deleted.
    pub async fn public(&self, user: UserId) -> Result<PublicUser> {
        let mut conn = self.core.db.read().await?;
        let person = users::find(&mut conn, user).await?;
        let person = person.filter(|person| person.standing(self.core.now()) != Standing::Deleted);
        let badges = happened::badges(&mut conn, user).await?;
        Ok(person.ok_or(Code::NotFound)?.as_public(badges))
    }

    /// Changes what a member may change of themselves. A new password needs the one in force, and
    /// ends all other sessions.
    ///
    /// # Errors
    /// `invalid` with every field that is; `nickname_taken`, `phone_taken`; `wrong_password`, which
    /// counts as a failed sign-in, and `locked`; `rate_limited`.
    pub async fn change_profile(&self, member: &Member, request: ProfileChange) -> Result<User> {
        self.core.counts_write(member.user_id).await?;
        let mut change = Change::read(&request)?;
        let proof = match change.password.take() {
            Some(password) => Some(self.prove(member, password).await?),
            None => None,
        };
        let (change, proof) = (&change, proof.as_ref());
        let write = self.core.db.write(|tx| {
            async move {
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
            .scope_boxed()
        });
        match write.await? {
            Verdict::Done(person) => Ok(person.as_user(self.core.now())),
            Verdict::Locked(until) => Err(lockout::locked(until, self.core.now())),
            Verdict::WrongPassword => Err(Code::WrongPassword.into()),
        }
    }

    /// Checks the current password and hashes the new one, before the transaction.
    async fn prove(&self, member: &Member, password: NewPassword) -> Result<Proof> {
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
        let checked = self.check(&attempt, password.current).await?;
        let new_hash = match &checked {
            Checked::Matches { .. } => Some(self.passwords.hash(password.new).await?),
            Checked::Locked | Checked::Wrong => None,
        };
        Ok(Proof {
            site_id_key,
            network,
            checked,
            new_hash,
        })
    }

    /// Sets the password and ends the other sessions, or says why not and counts the failure.
    async fn set_password(
        &self,
        tx: &mut AnyConnection,
        member: &Member,
        proof: &Proof,
        at: Timestamp,
    ) -> Result<Option<Verdict>> {
        let attempt = Attempt {
            site_id_key: &proof.site_id_key,
            network: &proof.network,
            at,
        };
        let until = lockout::until(tx, &self.core.settings.auth, &attempt).await?;
        if let Some(until) = lockout::still(until, &proof.checked, at) {
            attempts::insert(tx, &attempt, Some(member.user_id), Outcome::Locked).await?;
            return Ok(Some(Verdict::Locked(until)));
        }
        let is_set = match (&proof.checked, &proof.new_hash) {
            (Checked::Matches { stored, .. }, Some(new)) => {
                users::replace_password(tx, member.user_id, stored, new).await?
            }
            _ => false,
        };
        if !is_set {
            attempts::insert(tx, &attempt, Some(member.user_id), Outcome::Failure).await?;
            return Ok(Some(Verdict::WrongPassword));
        }
        sessions::end_others(
            tx,
            member.user_id,
            Some(&member.session_id),
            End::Password,
            at,
        )
        .await?;
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
    let person = users::find(tx, member.user_id).await?;
    Ok(Verdict::Done(Box::new(
        person.ok_or_else(|| corrupt("users.id"))?,
    )))
}
