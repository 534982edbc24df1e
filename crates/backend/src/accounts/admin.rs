//! What those who run the club do to members; every call of staff, also a refused one, is an audit
//! row.

use economy::Timestamp;
use wire::auth::LoginRequest;
use wire::desk::MemberRow;
use wire::staff::{BanRequest, ReasonRequest, Role, Roles};
use wire::user::Rank;
use wire::{AppError, Code, UserId};

use super::parse::Credentials;
use super::store::users;
use super::{Accounts, members};
use crate::audit::{self, Act, Action, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff, standing, wake};

/// The longest ban that ends: ten years.
const BAN_HOURS_MAX: i64 = 10 * 365 * 24;
/// The longest that support may give: a week.
const BAN_HOURS_OF_SUPPORT_MAX: i64 = 7 * 24;
const HOUR_SECS: i64 = 60 * 60;

impl Accounts {
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
    /// `not_found`; as [`Accounts::ban`].
    pub async fn set_rank(&self, staff: &Staff, user: UserId, rank: Rank) -> Result<MemberRow> {
        let act = &Act::on(staff, Action::Rank, user);
        let give = audit::act(&self.core, act, |tx| {
            async move {
                users::hold(tx, user).await?;
                let before = users::find(tx, user).await?.map(|person| person.rank);
                let is_there = users::set_rank(tx, user, rank).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                let now = tx.now();
                Ok(Changed {
                    answer: members::known(tx, user, now).await?.row,
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: Some(audit::state(&rank)?),
                })
            }
            .scope_boxed()
        });
        give.await
    }

    /// Keeps a member out, at once and everywhere, for good or for so many hours.
    ///
    /// # Errors
    /// `not_found`; `forbidden`, also for a member of staff or for more than a week where no owner asks;
    /// `last_owner`; `invalid` for hours below one or beyond ten years, or a bad reason.
    pub async fn ban(&self, staff: &Staff, user: UserId, request: BanRequest) -> Result<MemberRow> {
        let BanRequest { reason, hours } = &request;
        let act = &Act::on(staff, Action::Ban, user).because(reason.as_deref());
        let ban = audit::act(&self.core, act, |tx| {
            async move {
                let at = tx.now();
                let roles = standing::roles(tx, staff.user_id()).await?;
                let hours = hours_of(&roles, *hours)?;
                let until = hours.map(|hours| at.plus_secs(hours * HOUR_SECS));
                super::staff::expect_owner_beside(tx, user).await?;
                users::hold(tx, user).await?;
                let before = users::ban_of(tx, user).await?;
                let reason = reason.as_deref().unwrap_or_default().trim().to_owned();
                let ban = users::Ban { reason, at, until };
                let is_there = users::ban(tx, user, &ban).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                tx.wake(user, wake::Changed::ACCESS);
                Ok(Changed {
                    answer: members::known(tx, user, at).await?.row,
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: Some(audit::state(&ban)?),
                })
            }
            .scope_boxed()
        });
        ban.await
    }

    /// Lets a member in again.
    ///
    /// # Errors
    /// `not_found`; `forbidden`, also for a ban that goes on for more than a week where no owner asks;
    /// `invalid` for a bad reason.
    pub async fn unban(
        &self,
        staff: &Staff,
        user: UserId,
        request: ReasonRequest,
    ) -> Result<MemberRow> {
        let act = &Act::on(staff, Action::Unban, user).because(request.reason.as_deref());
        let unban = audit::act(&self.core, act, |tx| {
            async move {
                users::hold(tx, user).await?;
                let before = users::ban_of(tx, user).await?;
                let now = tx.now();
                let roles = standing::roles(tx, staff.user_id()).await?;
                expect_short(&roles, before.as_ref(), now)?;
                let is_there = users::unban(tx, user).await?;
                is_there.then_some(()).ok_or(Code::NotFound)?;
                Ok(Changed {
                    answer: members::known(tx, user, now).await?.row,
                    before: before.as_ref().map(audit::state).transpose()?,
                    after: None,
                })
            }
            .scope_boxed()
        });
        unban.await
    }
}

/// What only an owner may give, only an owner takes back.
fn expect_short(roles: &Roles, ban: Option<&users::Ban>, now: Timestamp) -> Result<()> {
    let week = now.plus_secs(BAN_HOURS_OF_SUPPORT_MAX * HOUR_SECS);
    let is_long = ban.is_some_and(|ban| ban.until.is_none_or(|until| until > week));
    if is_long && !roles.has(Role::Owner) {
        return Err(Code::Forbidden.into());
    }
    Ok(())
}

/// For how long a member is banned: what only an owner may goes beyond a week.
fn hours_of(roles: &Roles, hours: Option<i64>) -> Result<Option<i64>> {
    if hours.is_some_and(|hours| !(1..=BAN_HOURS_MAX).contains(&hours)) {
        return Err(AppError::field("hours", "range", "hours are 1 to 87,600").into());
    }
    let is_long = hours.is_none_or(|hours| hours > BAN_HOURS_OF_SUPPORT_MAX);
    if is_long && !roles.has(Role::Owner) {
        return Err(Code::Forbidden.into());
    }
    Ok(hours)
}
