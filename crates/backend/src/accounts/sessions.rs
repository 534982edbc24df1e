//! Sessions: one per sign-in and device. They begin here and end here.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::auth::Session;
use wire::{Code, SessionId, UserId};

use super::Accounts;
use super::keys::{self, Keys};
use super::store::{sessions, tokens};
use crate::db::{ScopedFutureExt, Tx};
use crate::settings::AuthSettings;
use crate::wake::Changed;
use crate::{Claimed, Core, Entry, Error, Member, Result, standing};

/// The most sessions of a member that run at once; the one unused for longest gives way.
pub(crate) const SESSIONS_MAX: i64 = 50;
/// How long a session lasts, in seconds, however often it is renewed: 90 days.
const SESSION_SECS_MAX: i64 = 90 * 24 * 60 * 60;
/// Hexadecimal digits of a session id.
const ID_CHARS: usize = 32;

/// Why a session ended; stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The member signed out.
    Logout,
    /// The member ended it from another device.
    Removed,
    /// A refresh token was shown twice.
    Reuse,
    /// The password was changed elsewhere.
    Password,
    /// There were too many.
    Crowded,
    /// Its browser signed in anew.
    Replaced,
    /// Somebody who runs the club ended all of the member's.
    Staff,
    /// The member got a second factor, in another session.
    SecondFactor,
}

impl End {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Removed => "removed",
            Self::Reuse => "reuse",
            Self::Password => "password",
            Self::Crowded => "crowded",
            Self::Replaced => "replaced",
            Self::Staff => "staff",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// When a session is over for good that began then.
pub(super) const fn last_instant(began: Timestamp) -> Timestamp {
    began.plus_secs(SESSION_SECS_MAX)
}

/// Until when a session lasts that began then and is renewed now.
pub(super) fn expires_at(began: Timestamp, now: Timestamp, settings: &AuthSettings) -> Timestamp {
    let if_not_again = now.plus_secs(settings.refresh_ttl_secs);
    if_not_again.min(last_instant(began))
}

/// What a sign-in hands out beside the access token.
pub(crate) struct Grant {
    pub(crate) session_id: SessionId,
    pub(crate) refresh_token: String,
}

/// A session about to begin. Its chance is drawn before the transaction, which may run again.
pub(crate) struct Opening {
    pub(crate) id: SessionId,
    pub(crate) salt: [u8; 32],
    pub(crate) address: String,
    pub(crate) device: String,
    /// The refresh token, as it is stored, of the session that this one takes the place of.
    before: Option<[u8; 32]>,
}

impl Opening {
    pub(crate) fn new(core: &Core, entry: Entry<'_>) -> Self {
        let mut salt = [0; 32];
        core.entropy.fill(&mut salt);
        Self {
            id: SessionId(core.fresh_id()),
            salt,
            address: entry.device.stored_address(),
            device: entry.device.stored_user_agent(),
            before: entry.before.and_then(keys::digest),
        }
    }

    /// Begins it with generation 1, and ends the one before it and those that are too many.
    pub(crate) async fn insert(
        &self,
        tx: &mut Tx,
        keys: &Keys,
        settings: &AuthSettings,
        user: UserId,
    ) -> Result<Grant> {
        let at = tx.now();
        let expires_at = expires_at(at, at, settings);
        sessions::insert(tx, self, user, at, expires_at).await?;
        let refresh_token = keys.refresh_token(&self.id, &self.salt, 1);
        let issue = Issue {
            session: &self.id,
            generation: 1,
            at,
            expires_at,
        };
        issue.insert(tx, &refresh_token).await?;
        if let Some(before) = &self.before {
            end_by_token(tx, before, End::Replaced).await?;
        }
        sessions::end_crowded(tx, user, &self.id, at).await?;
        Ok(Grant {
            session_id: self.id.clone(),
            refresh_token,
        })
    }
}

/// A refresh token about to be handed out.
pub(crate) struct Issue<'a> {
    pub(crate) session: &'a SessionId,
    pub(crate) generation: i64,
    pub(crate) at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Issue<'_> {
    pub(crate) async fn insert(&self, tx: &mut AnyConnection, refresh_token: &str) -> Result<()> {
        let hash = keys::digest(refresh_token);
        let hash =
            hash.ok_or_else(|| Error::Internal("a refresh token of an odd length".to_owned()))?;
        tokens::insert(tx, self, &hash).await
    }
}

/// Ends the session of a refresh token of that hash, whoever's it is, if it runs.
async fn end_by_token(tx: &mut Tx, hash: &[u8; 32], end: End) -> Result<()> {
    let now = tx.now();
    if let Some((user, session)) = sessions::of_token(tx, hash).await?
        && sessions::end(tx, &session, user, end, now).await?
    {
        tx.wake(user, Changed::ACCESS);
    }
    Ok(())
}

impl Accounts {
    /// Who an access token speaks for, by its signature.
    ///
    /// # Errors
    /// `unauthenticated` when the token does not count.
    pub fn claimed(&self, access_token: &str) -> Result<Claimed> {
        let claimed = self.keys.read_access(access_token, self.core.now());
        claimed.ok_or_else(|| Code::Unauthenticated.into())
    }

    /// Who an access token speaks for, now. One query.
    ///
    /// # Errors
    /// `unauthenticated` when the token or its session does not count; `banned`.
    pub async fn authenticate(&self, access_token: &str) -> Result<Member> {
        let claimed = self.claimed(access_token)?;
        let is_strict = self.core.settings.is_strict;
        let mut conn = self.core.db.read().await?;
        standing::member(&mut conn, &claimed, is_strict, self.core.now()).await
    }

    /// The running sessions of the member, at most 200, newest first.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn sessions(&self, member: &Member) -> Result<Vec<Session>> {
        let mut conn = self.core.db.read().await?;
        sessions::running(&mut conn, member, self.core.now()).await
    }

    /// Ends the session, and the one of the refresh token if that is another of the member's.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn logout(&self, member: &Member, refresh_token: Option<&str>) -> Result<()> {
        let hash = refresh_token.and_then(keys::digest);
        let write = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                tx.wake(member.user_id, Changed::ACCESS);
                sessions::end(tx, &member.session_id, member.user_id, End::Logout, now).await?;
                let Some(hash) = hash else { return Ok(()) };
                if let Some(token) = tokens::find(tx, &hash).await? {
                    sessions::end(tx, &token.session_id, member.user_id, End::Logout, now).await?;
                }
                Ok(())
            }
            .scope_boxed()
        });
        write.await
    }

    /// Ends the session of a refresh token, for whoever shows no access token that counts; one that is
    /// unknown, or whose session is over, has nothing to end.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn logout_by(&self, refresh_token: &str) -> Result<()> {
        let Some(hash) = keys::digest(refresh_token) else {
            return Ok(());
        };
        let hash = &hash;
        // Whoever makes tokens up keeps no writer busy.
        let known = {
            let mut conn = self.core.db.read().await?;
            sessions::of_token(&mut conn, hash).await?
        };
        if known.is_none() {
            return Ok(());
        }
        let write = self
            .core
            .db
            .write(|tx| async move { end_by_token(tx, hash, End::Logout).await }.scope_boxed());
        write.await
    }

    /// Ends every session of the member.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn logout_all(&self, member: &Member) -> Result<()> {
        let user = member.user_id;
        let write = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                tx.wake(user, Changed::ACCESS);
                sessions::end_others(tx, user, None, End::Logout, now).await
            }
            .scope_boxed()
        });
        write.await
    }

    /// Ends one session of the member.
    ///
    /// # Errors
    /// `not_found` when there is no running one of theirs by that id.
    pub async fn end_session(&self, member: &Member, session: &SessionId) -> Result<()> {
        let id = session.as_str();
        if id.len() != ID_CHARS || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Code::NotFound.into());
        }
        let write = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                if !sessions::end(tx, session, member.user_id, End::Removed, now).await? {
                    return Err(Code::NotFound.into());
                }
                tx.wake(member.user_id, Changed::ACCESS);
                Ok(())
            }
            .scope_boxed()
        });
        write.await
    }
}
