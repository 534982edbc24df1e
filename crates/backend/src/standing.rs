//! Whether whoever asks may act: their session runs, and they are neither banned nor deleted.

mod store;

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::staff::Permission;
use wire::{Code, UserId};

use crate::db::Columns;
use crate::{Claimed, Member, Result};

pub(crate) use store::{acting, has_factor, hold_staff, roles, staff, with_roles};

/// Whether a member may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Banned,
    Deleted,
}

/// What a member's standing follows from.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) banned_at: Option<Timestamp>,
    pub(crate) banned_until: Option<Timestamp>,
    pub(crate) deleted_at: Option<Timestamp>,
}

impl Marks {
    /// Of a row with these three columns.
    pub(crate) fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            banned_at: row.instant_opt("banned_at")?,
            banned_until: row.instant_opt("banned_until")?,
            deleted_at: row.instant_opt("deleted_at")?,
        })
    }

    /// Whether no time lets the member in again.
    pub(crate) fn is_out_for_good(self) -> bool {
        let is_banned_for_good = self.banned_at.is_some() && self.banned_until.is_none();
        self.deleted_at.is_some() || is_banned_for_good
    }

    /// A ban without an end lasts; one with an end is over at that instant.
    pub(crate) fn standing(self, now: Timestamp) -> Standing {
        if self.deleted_at.is_some() {
            Standing::Deleted
        } else if self.banned_at.is_some() && self.banned_until.is_none_or(|until| until > now) {
            Standing::Banned
        } else {
            Standing::Active
        }
    }
}

/// What a session's life follows from.
#[derive(Clone, Copy)]
pub(crate) struct Life {
    ended_at: Option<Timestamp>,
    expires_at: Timestamp,
}

impl Life {
    /// Of a row with these two columns.
    pub(crate) fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            ended_at: row.instant_opt("ended_at")?,
            expires_at: row.instant("expires_at")?,
        })
    }

    /// The same, of a row that may have no session.
    pub(crate) fn read_opt(row: &AnyRow) -> Result<Option<Self>> {
        let has_session = row.instant_opt("expires_at")?.is_some();
        has_session.then(|| Self::read(row)).transpose()
    }

    pub(crate) fn is_running(self, now: Timestamp) -> bool {
        self.ended_at.is_none() && self.expires_at > now
    }
}

/// Lets in whose session runs and who is active.
///
/// # Errors
/// `unauthenticated`, `banned`.
pub(crate) fn expect_active(session: Option<Life>, marks: Marks, now: Timestamp) -> Result<()> {
    if !session.is_some_and(|session| session.is_running(now)) {
        return Err(Code::Unauthenticated.into());
    }
    match marks.standing(now) {
        Standing::Active => Ok(()),
        Standing::Banned => Err(Code::Banned.into()),
        Standing::Deleted => Err(Code::Unauthenticated.into()),
    }
}

/// The member who asks, if they may act, in a club that is strict with its staff or is not. One query:
/// session and member together.
///
/// # Errors
/// `unauthenticated` when there is no such session, or it does not run; `banned`.
pub(crate) async fn member(
    conn: &mut AnyConnection,
    claimed: &Claimed,
    is_strict: bool,
    now: Timestamp,
) -> Result<Member> {
    let asker = store::asker(conn, claimed).await?;
    let asker = asker.ok_or(Code::Unauthenticated)?;
    expect_active(Some(asker.life), asker.marks, now)?;
    Ok(Member {
        user_id: claimed.user_id,
        session_id: claimed.session_id.clone(),
        rank: asker.rank,
        roles: asker.roles,
        staff_session: asker.staff_marks.session(is_strict, now),
        asked_at: now,
    })
}

/// Whether somebody else than this member of staff can act, has the permission and a second factor that counts.
pub(crate) async fn has_another(
    conn: &mut AnyConnection,
    user: UserId,
    permission: Permission,
    now: Timestamp,
) -> Result<bool> {
    let guarded = store::with_factor(conn).await?;
    let all = store::staff(conn, now).await?;
    let mut others = all.iter().filter(|(other, _)| *other != user);
    Ok(others.any(|(other, roles)| roles.may(permission) && guarded.contains(other)))
}
