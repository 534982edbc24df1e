//! What those who run the club do to members.

use economy::Timestamp;
use wire::user::{Rank, User};
use wire::{AppError, Code, UserId};

use super::Accounts;
use super::fields::SiteId;
use super::store::users::{self, Ban};
use crate::Result;
use crate::db::ScopedFutureExt;
use crate::wake::Changed;

/// The most characters of a ban's reason.
const REASON_MAX: usize = 500;

impl Accounts {
    pub(super) async fn make_admin(&self, site_id: &str) -> Result<User> {
        let key = self.known_key(site_id)?;
        let key = key.as_str();
        let write = self
            .core
            .db
            .write(|tx| async move { users::make_admin(tx, key).await }.scope_boxed());
        self.me(write.await?.ok_or(Code::NotFound)?).await
    }

    pub(super) async fn give_rank(&self, site_id: &str, rank: Rank) -> Result<User> {
        let key = self.known_key(site_id)?;
        let key = key.as_str();
        let write = self
            .core
            .db
            .write(|tx| async move { users::set_rank(tx, key, rank).await }.scope_boxed());
        self.me(write.await?.ok_or(Code::NotFound)?).await
    }

    /// Keeps a member out, at once and everywhere, for good or until an instant.
    ///
    /// # Errors
    /// `not_found`; `invalid` for a reason that is empty, over 500 characters or has control
    /// characters in it.
    pub async fn ban(&self, user: UserId, reason: &str, until: Option<Timestamp>) -> Result<User> {
        let reason = reason.trim();
        let is_good = !reason.is_empty()
            && reason.chars().count() <= REASON_MAX
            && !reason.chars().any(char::is_control);
        if !is_good {
            let message = "A reason has 1 to 500 characters";
            return Err(AppError::field("reason", "characters", message).into());
        }
        let ban = &Ban {
            reason,
            at: self.core.now(),
            until,
        };
        let write = self.core.db.write(|tx| {
            async move {
                let user = users::ban(tx, user, ban).await?.ok_or(Code::NotFound)?;
                tx.wake(user, Changed::ACCESS);
                Ok(user)
            }
            .scope_boxed()
        });
        self.me(write.await?).await
    }

    /// Lets a member in again.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn unban(&self, user: UserId) -> Result<User> {
        let write = self
            .core
            .db
            .write(|tx| async move { users::unban(tx, user).await }.scope_boxed());
        self.me(write.await?.ok_or(Code::NotFound)?).await
    }

    fn known_key(&self, site_id: &str) -> Result<String> {
        SiteId::parse(site_id)
            .map(|site_id| site_id.key)
            .map_err(|_| Code::NotFound.into())
    }
}
