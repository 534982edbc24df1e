//! How a member's own second factor stands.

use economy::Timestamp;

use super::super::Accounts;
use super::super::store::{recovery_codes, second_factors};
use crate::{Member, Result};

/// How a second factor stands, as its member sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnFactor {
    /// There is none.
    Absent,
    /// One is being set up; what an authenticator is told of it is not told again.
    Begun,
    /// There is one.
    Set {
        /// Since when it counts.
        since: Timestamp,
        /// How many recovery codes are left.
        codes_left: i64,
        /// Whether its member may not give it up.
        is_kept: bool,
    },
}

impl Accounts {
    /// How the member's second factor stands.
    ///
    /// # Errors
    /// Only when the database fails.
    pub async fn own_factor(&self, member: &Member) -> Result<OwnFactor> {
        let user = member.user_id;
        let mut conn = self.core.db.read().await?;
        let Some(factor) = second_factors::find(&mut conn, user).await? else {
            return Ok(OwnFactor::Absent);
        };
        let Some(since) = factor.confirmed_at else {
            return Ok(OwnFactor::Begun);
        };
        Ok(OwnFactor::Set {
            since,
            codes_left: recovery_codes::left(&mut conn, user).await?,
            is_kept: self.is_factor_kept(member.is_staff()),
        })
    }

    /// Whether somebody keeps theirs, who runs the club or does not: staff do where it is strict.
    pub(super) fn is_factor_kept(&self, is_staff: bool) -> bool {
        self.core.settings.is_strict && is_staff
    }
}
