//! Signing up, in and out; members and their devices.

mod admin;
mod device;
mod fields;
mod keys;
mod lockout;
mod passwords;
mod person;
mod profile;
mod refresh;
mod sessions;
mod sign_in;
mod sign_up;
mod store;

use std::sync::Arc;

use wire::auth::{LoginRequest, Session, SignUpRequest, Token};
use wire::user::{ProfileChange, PublicUser, Rank, User};
use wire::{Code, SessionId, Timestamp, UserId};

pub(crate) use self::device::network_of;
pub use self::device::{Device, Door, Member};
use self::keys::Keys;
use self::passwords::Passwords;
use self::person::{Person, Standing};
use self::sessions::Grant;
use self::sign_in::Gate;
use crate::limits::Limit;
use crate::{Core, Error, Result, achievements};

/// Signing up, in and out; members and their devices.
#[derive(Clone)]
pub struct Accounts {
    core: Core,
    keys: Arc<Keys>,
    passwords: Arc<Passwords>,
}

/// Refuses with `not_found` unless there is such a member, who was not deleted.
pub(crate) async fn expect_known(
    conn: &mut sqlx::AnyConnection,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    let person = store::users::find(conn, user).await?;
    match person.map(|person| person.standing(now)) {
        None | Some(Standing::Deleted) => Err(Code::NotFound.into()),
        Some(Standing::Active | Standing::Banned) => Ok(()),
    }
}

impl Accounts {
    pub(crate) fn new(core: Core) -> Self {
        let keys = Arc::new(Keys::new(&core.settings.auth));
        let passwords = Arc::new(Passwords::new(&core));
        Self {
            core,
            keys,
            passwords,
        }
    }

    /// Takes a new member in: account, starting balance, seeds and first session, or nothing.
    ///
    /// # Errors
    /// `invalid` with every field that is; `invite_unknown`, `invite_inactive`, `invite_expired`,
    /// `invite_used_up`; `site_id_taken`, `nickname_taken`, `phone_taken`, the first of them.
    pub async fn sign_up(&self, request: SignUpRequest, device: &Device) -> Result<Token> {
        self.limit(Limit::SignUp, device).await?;
        self.join(request, device).await
    }

    /// Signs a member in.
    ///
    /// # Errors
    /// `invalid`, `bad_credentials`, `banned`, `locked` with when to come back.
    pub async fn login(&self, request: LoginRequest, device: &Device) -> Result<Token> {
        self.limit(Limit::SignIn, device).await?;
        self.sign_in(request, device, Gate::Members).await
    }

    /// Signs in someone who runs the club.
    ///
    /// # Errors
    /// As [`Accounts::login`], and `forbidden` for everyone else.
    pub async fn admin_login(&self, request: LoginRequest, device: &Device) -> Result<Token> {
        self.limit(Limit::SignIn, device).await?;
        self.sign_in(request, device, Gate::Admins).await
    }

    /// Trades a refresh token for a new pair; one used before ends its session.
    ///
    /// # Errors
    /// `bad_refresh_token` for one that is unknown, expired or used before; `banned`.
    pub async fn refresh(&self, token: &str, door: Door, device: &Device) -> Result<Token> {
        self.limit(Limit::SignIn, device).await?;
        self.take_turn(token, door, device).await
    }

    async fn limit(&self, limit: Limit, device: &Device) -> Result<()> {
        self.core.limits.check(limit, &device.address).await
    }

    /// Who an access token speaks for, now. One query.
    ///
    /// # Errors
    /// `unauthenticated` when the token or its session does not count; `banned`.
    pub async fn authenticate(&self, access_token: &str) -> Result<Member> {
        let now = self.core.now();
        let claims = self
            .keys
            .read_access(access_token, now)
            .ok_or(Code::Unauthenticated)?;
        let mut conn = self.core.db.read().await?;
        let caller = store::sessions::caller(&mut conn, &claims.sid, claims.sub).await?;
        let caller = caller.filter(|caller| caller.session.is_running(now));
        let caller = caller.ok_or(Code::Unauthenticated)?;
        match caller.standing(now) {
            Standing::Active => Ok(caller.member),
            Standing::Banned => Err(Code::Banned.into()),
            Standing::Deleted => Err(Code::Unauthenticated.into()),
        }
    }

    /// Ends the session, and the one of the refresh token if that is another of the member's.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn logout(&self, member: &Member, refresh_token: Option<&str>) -> Result<()> {
        self.end_own(member, refresh_token).await
    }

    /// Ends every session of the member.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn logout_all(&self, member: &Member) -> Result<()> {
        self.end_all(member.user_id).await
    }

    /// The running sessions of the member, at most 200, newest first.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn sessions(&self, member: &Member) -> Result<Vec<Session>> {
        let mut conn = self.core.db.read().await?;
        store::sessions::running(&mut conn, member, self.core.now()).await
    }

    /// Ends one session of the member.
    ///
    /// # Errors
    /// `not_found` when there is no running one of theirs by that id.
    pub async fn end_session(&self, member: &Member, session: &SessionId) -> Result<()> {
        self.end_one(member, session).await
    }

    /// The member, as they see themselves.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn me(&self, user: UserId) -> Result<User> {
        let mut conn = self.core.db.read().await?;
        let person = store::users::find(&mut conn, user)
            .await?
            .ok_or(Code::NotFound)?;
        Ok(person.as_user(self.core.now()))
    }

    /// The member, as others see them.
    ///
    /// # Errors
    /// `not_found`, also for one who was deleted.
    pub async fn public(&self, user: UserId) -> Result<PublicUser> {
        let mut conn = self.core.db.read().await?;
        let person = store::users::find(&mut conn, user).await?;
        let person = person.filter(|person| person.standing(self.core.now()) != Standing::Deleted);
        let badges = achievements::badges(&mut conn, user).await?;
        Ok(person.ok_or(Code::NotFound)?.as_public(badges))
    }

    /// Changes what a member may change of themselves. A new password needs the one in force, and
    /// ends all other sessions.
    ///
    /// # Errors
    /// `invalid` with every field that is; `nickname_taken`, `phone_taken`; `wrong_password`, which
    /// counts as a failed sign-in, and `locked`.
    pub async fn change_profile(&self, member: &Member, change: ProfileChange) -> Result<User> {
        self.change(member, change).await
    }

    /// Makes a member one who runs the club; for the command line.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn promote_admin(&self, site_id: &str) -> Result<User> {
        self.make_admin(site_id).await
    }

    /// Gives a member a rank.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn set_rank(&self, site_id: &str, rank: Rank) -> Result<User> {
        self.give_rank(site_id, rank).await
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
