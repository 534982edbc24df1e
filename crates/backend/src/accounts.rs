//! Signing up, in and out; members and their devices.

mod access;
mod admin;
mod change;
mod common_passwords;
mod confirm;
mod edit;
mod exact;
mod fields;
mod keys;
mod lockout;
mod members;
mod names;
mod notes;
mod parse;
mod passwords;
mod person;
mod profile;
mod proof;
mod refresh;
mod rekey;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod staff;
mod staff_call;
mod store;
mod turns;

use std::sync::Arc;

use wire::auth::Token;
use wire::{Code, Timestamp, UserId};

use self::keys::Keys;
use self::passwords::Passwords;
use self::person::Person;
use self::second_factor::Seal;
use self::sessions::Grant;
use self::store::users;
use crate::limits::Limit;
use crate::standing::Standing;
use crate::{Core, Device, Error, Result};

pub use self::common_passwords::DEMO_PASSWORDS;
pub(crate) use self::rekey::make_anew as make_keys_anew;
pub use self::second_factor::OwnFactor;
pub(crate) use self::store::attempts::before as sign_ins_before;
pub(crate) use self::store::notes::before as notes_before;
pub(crate) use self::store::stands::{Stand, of as stands_of};

/// Signing up, in and out; members and their devices.
#[derive(Clone)]
pub struct Accounts {
    core: Core,
    keys: Arc<Keys>,
    passwords: Arc<Passwords>,
    seal: Arc<Seal>,
}

/// Refuses with `not_found` unless there is such a member, who was not deleted.
pub(crate) async fn expect_known(
    conn: &mut sqlx::AnyConnection,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    let person = users::find(conn, user).await?;
    match person.map(|person| person.standing(now)) {
        None | Some(Standing::Deleted) => Err(Code::NotFound.into()),
        Some(Standing::Active | Standing::Banned) => Ok(()),
    }
}

impl Accounts {
    pub(crate) fn new(core: Core) -> Result<Self> {
        let keys = Arc::new(Keys::new(&core.settings.auth));
        let passwords = Arc::new(Passwords::new(&core)?);
        let seal = Arc::new(Seal::new(&core.settings.auth));
        Ok(Self {
            core,
            keys,
            passwords,
            seal,
        })
    }

    async fn limit(&self, limit: Limit, device: &Device) -> Result<()> {
        self.core.limits.check(limit, &device.address).await
    }

    /// A member who is signed in, as their row has them now.
    async fn person(&self, user: UserId) -> Result<Person> {
        let mut conn = self.core.db.read().await?;
        let person = users::find(&mut conn, user).await?;
        Ok(person.ok_or(Code::NotFound)?)
    }

    /// What a sign-in answers.
    fn token(&self, person: &Person, grant: Grant) -> Result<Token> {
        let now = self.core.now();
        let access_token = self
            .keys
            .sign_access(&self.core, person, &grant.session_id, now)?;
        Ok(Token {
            access_token,
            refresh_token: grant.refresh_token,
            token_type: "bearer".to_owned(),
            expires_in: self.core.settings.auth.access_ttl_secs,
            user: person.as_user(now),
        })
    }
}

fn corrupt(what: &str) -> Error {
    Error::Corrupt(what.to_owned())
}
