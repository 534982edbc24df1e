//! What those who run the club do to members; every call of staff, also a refused one, is an audit
//! row.

use economy::Timestamp;
use wire::auth::LoginRequest;
use wire::user::{Rank, User};
use wire::{AppError, Code, UserId};

use super::Accounts;
use super::fields::SiteId;
use super::parse::Credentials;
use super::store::users;
use crate::audit::{self, Act, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff, wake};

/// The most characters of a ban's reason.
const REASON_MAX: usize = 500;

impl Accounts {
    /// Makes a member one who runs the club; for the command line.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn promote_admin(&self, site_id: &str) -> Result<User> {
        let key = self.known_key(site_id)?;
        let key = key.as_str();
        let write = self
            .core
            .db
            .write(|tx| async move { users::make_admin(tx, key).await }.scope_boxed());
        self.me(write.await?.ok_or(Code::NotFound)?).await
    }

    /// Whether this password opens the account of this site id, now or once a ban has ended; for the
    /// command line, which leaves no attempt.
    ///
    /// # Errors
    /// `invalid` for what cannot be credentials.
    pub async fn is_opened_by(&self, site_id: &str, password: &str) -> Result<bool> {
        let credentials = Credentials::read(&LoginRequest {
            site_id: site_id.to_owned(),
            password: password.to_owned(),
        })?;
        let person = {
            let mut conn = self.core.db.read().await?;
            match users::by_key(&mut conn, &credentials.site_id_key).await? {
                Some(user) => users::find(&mut conn, user).await?,
                None => None,
            }
        };
        let Some(person) = person.filter(|person| !person.marks.is_out_for_good()) else {
            return Ok(false);
        };
        let (password, stored) = (credentials.password, Some(person.password_hash));
        let form = self.passwords.matches("", password, stored).await?;
        Ok(form.is_some())
    }

    /// Gives a member a rank.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn set_rank(&self, staff: &Staff, user: UserId, rank: Rank) -> Result<User> {
        let act = &Act::of(staff, "users/rank", &user.to_string());
        let give = audit::act(&self.core, act, |tx| {
            async move {
                users::hold(tx, user).await?;
                let before = users::find(tx, user).await?.map(|person| person.rank);
                let is_there = users::set_rank(tx, user, rank).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                Ok(Changed {
                    answer: (),
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: Some(audit::state(&rank)?),
                })
            }
            .scope_boxed()
        });
        give.await?;
        self.me(user).await
    }

    /// Keeps a member out, at once and everywhere, for good or until an instant.
    ///
    /// # Errors
    /// `not_found`; `invalid` for a reason that is empty, over 500 characters or has control
    /// characters in it.
    pub async fn ban(
        &self,
        staff: &Staff,
        user: UserId,
        reason: &str,
        until: Option<Timestamp>,
    ) -> Result<User> {
        let reason = reason.trim();
        let act = &Act::of(staff, "users/ban", &user.to_string());
        let ban = audit::act(&self.core, act, |tx| {
            async move {
                check(reason)?;
                let at = tx.now();
                users::hold(tx, user).await?;
                let before = users::ban_of(tx, user).await?;
                let ban = users::Ban {
                    reason: reason.to_owned(),
                    at,
                    until,
                };
                let is_there = users::ban(tx, user, &ban).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                tx.wake(user, wake::Changed::ACCESS);
                Ok(Changed {
                    answer: (),
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: Some(audit::state(&ban)?),
                })
            }
            .scope_boxed()
        });
        ban.await?;
        self.me(user).await
    }

    /// Lets a member in again.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn unban(&self, staff: &Staff, user: UserId) -> Result<User> {
        let act = &Act::of(staff, "users/unban", &user.to_string());
        let unban = audit::act(&self.core, act, |tx| {
            async move {
                users::hold(tx, user).await?;
                let before = users::ban_of(tx, user).await?;
                let is_there = users::unban(tx, user).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                Ok(Changed {
                    answer: (),
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: None,
                })
            }
            .scope_boxed()
        });
        unban.await?;
        self.me(user).await
    }

    fn known_key(&self, site_id: &str) -> Result<String> {
        SiteId::parse(site_id)
            .map(|site_id| site_id.key)
            .map_err(|_| Code::NotFound.into())
    }
}

fn check(reason: &str) -> Result<()> {
    let is_good = !reason.is_empty()
        && reason.chars().count() <= REASON_MAX
        && !reason.chars().any(char::is_control);
    if is_good {
        return Ok(());
    }
    let message = "A reason has 1 to 500 characters";
    Err(AppError::field("reason", "characters", message).into())
}
