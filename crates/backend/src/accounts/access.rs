//! How staff let a member sign in again, and sign them out.

use serde::Serialize;
use wire::desk::MemberRow;
use wire::{Code, UserId};

use super::sessions::End;
use super::store::{attempts, sessions, users};
use super::{Accounts, lockout, members};
use crate::audit::{self, Act, Action, Changed};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff, wake};

/// How it stood before, as it is kept.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Stood {
    /// So many failures counted.
    Failures(u64),
    /// So many sign-ins ran.
    OpenSessions(i64),
}

impl Accounts {
    /// Ends the lock of a member's site id: its failures so far are forgiven. What somebody did at an
    /// address still keeps that address out.
    ///
    /// # Errors
    /// `forbidden`, also for a member of staff where no owner asks; `own_account`; `not_found`.
    pub async fn unlock(&self, staff: &Staff, user: UserId) -> Result<MemberRow> {
        let act = &Act::on(staff, Action::Unlock, user);
        let settings = &self.core.settings.auth;
        let unlock = audit::act(&self.core, act, |tx| {
            async move {
                // Those who guess hold it too, so none is counted in the middle of this.
                users::hold(tx, user).await?;
                let now = tx.now();
                let answer = members::known(tx, user, now).await?.row;
                let person = users::find(tx, user).await?.ok_or(Code::NotFound)?;
                let since = lockout::since(settings, now);
                let failures = attempts::forgive(tx, &person.site_id_key, since, now).await?;
                Ok(Changed {
                    answer,
                    before: Some(audit::state(&Stood::Failures(failures))?),
                    after: None,
                })
            }
            .scope_boxed()
        });
        unlock.await
    }

    /// Ends all sign-ins of a member's, at once and everywhere.
    ///
    /// # Errors
    /// As [`Accounts::unlock`], but for `own_account`.
    pub async fn end_sessions(&self, staff: &Staff, user: UserId) -> Result<MemberRow> {
        let act = &Act::on(staff, Action::EndSessions, user);
        let end = audit::act(&self.core, act, |tx| {
            async move {
                users::hold(tx, user).await?;
                let now = tx.now();
                let found = members::known(tx, user, now).await?;
                let stood = Stood::OpenSessions(found.open_sessions);
                sessions::end_others(tx, user, None, End::Staff, now).await?;
                tx.wake(user, wake::Changed::ACCESS);
                Ok(Changed {
                    answer: found.row,
                    before: Some(audit::state(&stood)?),
                    after: None,
                })
            }
            .scope_boxed()
        });
        end.await
    }
}
