//! Trading a refresh token for the next pair. Each token is good for one turn; a second turn ends
//! the whole session, because one of the two who showed it stole it.

use economy::Timestamp;
use wire::Code;
use wire::auth::Token;

use super::sessions::{End, Grant, Issue, expires_at, last_instant};
use super::store::sessions::{self, Running, Turn};
use super::store::{tokens, users};
use super::{Accounts, Person, corrupt, keys};
use crate::db::{ScopedFutureExt, Tx};
use crate::limits::Limit;
use crate::standing::Standing;
use crate::wake::Changed;
use crate::{Device, Door, Error, Result};

/// How long the token just rotated away still gets the current pair, shown by cookie: two tabs, or
/// a page and its navigation, may send the same one.
const GRACE_MILLIS: i64 = 10_000;

/// A refresh token as it was shown.
struct Shown {
    hash: [u8; 32],
    door: Door,
    address: String,
}

/// What a token's generation means for its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    Current,
    JustRotated,
    Used,
}

impl Age {
    fn of(generation: i64, session: &Running, door: Door, now: Timestamp) -> Self {
        let is_recent = session
            .rotated_at
            .is_some_and(|at| now.millis_since(at) <= GRACE_MILLIS);
        if generation == session.generation {
            Self::Current
        } else if door == Door::Cookie && generation + 1 == session.generation && is_recent {
            Self::JustRotated
        } else {
            Self::Used
        }
    }
}

/// How a turn ended. A refusal may have ended the session, so it is no error of the transaction.
enum Verdict {
    Renewed(Box<Person>, Grant),
    Refused(Code),
    /// It had been used before, so that the member's session is over.
    Reused,
}

impl Accounts {
    /// Trades a refresh token for a new pair; one used before ends its session.
    ///
    /// # Errors
    /// `bad_refresh_token` for one that is unknown, expired or used before, and 90 days after the
    /// sign-in; `banned`.
    pub async fn refresh(&self, token: &str, door: Door, device: &Device) -> Result<Token> {
        self.limit(Limit::SignIn, device).await?;
        let hash = keys::digest(token).ok_or(Code::BadRefreshToken)?;
        let shown = Shown {
            hash,
            door,
            address: device.stored_address(),
        };
        let shown = &shown;
        let write = self
            .core
            .db
            .write(|tx| async move { self.renew(tx, shown).await }.scope_boxed());
        match write.await? {
            Verdict::Renewed(person, grant) => self.token(&person, grant),
            Verdict::Refused(code) => Err(code.into()),
            Verdict::Reused => Err(Code::BadRefreshToken.into()),
        }
    }

    /// The transaction. It holds the session's row before it reads which generation counts, so of
    /// two turns at once the second sees what the first did.
    async fn renew(&self, tx: &mut Tx, shown: &Shown) -> Result<Verdict> {
        let now = tx.now();
        let Some(token) = tokens::find(tx, &shown.hash).await? else {
            return Ok(Verdict::Refused(Code::BadRefreshToken));
        };
        let session = sessions::hold(tx, &token.session_id).await?;
        let session = session.ok_or_else(|| corrupt("refresh_tokens.session_id"))?;
        // Of a session that an earlier build began only its beginning tells its last day.
        if !session.life.is_running(now) || now >= last_instant(session.began_at) {
            return Ok(Verdict::Refused(Code::BadRefreshToken));
        }
        let age = Age::of(token.generation, &session, shown.door, now);
        if age == Age::Used {
            tracing::warn!(user = %session.user_id, session = %session.id, "a refresh token was used twice");
            sessions::end(tx, &session.id, session.user_id, End::Reuse, now).await?;
            tx.wake(session.user_id, Changed::ACCESS);
            return Ok(Verdict::Reused);
        }
        let person = users::find(tx, session.user_id).await?;
        let person = person.ok_or_else(|| corrupt("auth_sessions.user_id"))?;
        match person.standing(now) {
            Standing::Deleted => return Ok(Verdict::Refused(Code::BadRefreshToken)),
            Standing::Banned => return Ok(Verdict::Refused(Code::Banned)),
            Standing::Active => {}
        }
        let refresh_token = if age == Age::Current {
            self.rotate(tx, &session, shown).await?
        } else {
            self.handed_out(tx, &session).await?
        };
        let grant = Grant {
            session_id: session.id,
            refresh_token,
        };
        Ok(Verdict::Renewed(Box::new(person), grant))
    }

    /// The refresh token of the session's generation, which another process may have derived from the
    /// secret before this one's.
    async fn handed_out(&self, tx: &mut Tx, session: &Running) -> Result<String> {
        let may_be = self
            .keys
            .refresh_tokens(&session.id, &session.salt, session.generation);
        for token in may_be {
            if let Some(hash) = keys::digest(&token)
                && tokens::find(tx, &hash).await?.is_some()
            {
                return Ok(token);
            }
        }
        // Derived from a secret that is not known here: the browser has it, or gets it from there.
        Err(Error::in_progress())
    }

    /// The next generation; what has run out of the earlier ones goes.
    async fn rotate(&self, tx: &mut Tx, session: &Running, shown: &Shown) -> Result<String> {
        let at = tx.now();
        let expires_at = expires_at(session.began_at, at, &self.core.settings.auth);
        let turn = Turn {
            at,
            expires_at,
            address: &shown.address,
        };
        let generation = sessions::rotate(tx, session, &turn).await?;
        let generation = generation.ok_or_else(|| corrupt("auth_sessions.generation"))?;
        let refresh_token = self
            .keys
            .refresh_token(&session.id, &session.salt, generation);
        let issue = Issue {
            session: &session.id,
            generation,
            at,
            expires_at,
        };
        issue.insert(tx, &refresh_token).await?;
        tokens::drop_expired(tx, &session.id, at).await?;
        Ok(refresh_token)
    }
}
