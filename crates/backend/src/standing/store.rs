//! The session that somebody asks in, with the member whose it is.

use std::collections::HashSet;

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::staff::Roles;
use wire::user::Rank;

use super::{Life, Marks, Standing};
use crate::caller::StaffMarks;
use crate::db::Columns;
use crate::{Claimed, Result};

/// What is known of whoever asks.
pub(super) struct Asker {
    pub(super) life: Life,
    pub(super) marks: Marks,
    pub(super) rank: Rank,
    pub(super) roles: Roles,
    pub(super) staff_marks: StaffMarks,
}

/// Session and member together; nothing without such a session of theirs. The second factor is looked for of
/// those alone who run the club: every hand asks this.
pub(super) async fn asker(conn: &mut AnyConnection, claimed: &Claimed) -> Result<Option<Asker>> {
    let row = sqlx::query(
        "SELECT s.ended_at, s.expires_at, s.staff_since, s.staff_used_at, s.confirmed_at,
                t.confirmed_at AS factor_since, u.rank, u.banned_at, u.banned_until, u.deleted_at,
                COALESCE(f.roles, '') AS roles
         FROM auth_sessions s JOIN users u ON u.id = s.user_id
                              LEFT JOIN staff f ON f.user_id = u.id
                              LEFT JOIN second_factors t ON t.user_id = f.user_id
         WHERE s.id = $1 AND s.user_id = $2",
    )
    .bind(claimed.session_id.as_str())
    .bind(claimed.user_id.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(asker_of).transpose()
}

fn asker_of(row: &AnyRow) -> Result<Asker> {
    Ok(Asker {
        life: Life::read(row)?,
        marks: Marks::read(row)?,
        rank: row.parsed("users.rank", Rank::parse)?,
        roles: row.parsed("staff.roles", Roles::parse)?,
        staff_marks: StaffMarks {
            since: row.instant_opt("staff_since")?,
            used_at: row.instant_opt("staff_used_at")?,
            confirmed_at: row.instant_opt("confirmed_at")?,
            factor_since: row.instant_opt("factor_since")?,
        },
    })
}

/// What a member is in running the club.
pub(crate) async fn roles(conn: &mut AnyConnection, user: UserId) -> Result<Roles> {
    let row = sqlx::query("SELECT roles FROM staff WHERE user_id = $1")
        .bind(user.0)
        .fetch_optional(conn)
        .await?;
    let roles = row.map(|row| row.parsed("staff.roles", Roles::parse));
    Ok(roles.transpose()?.unwrap_or_default())
}

/// What a member may act as now, in whichever session: nothing for one who is banned or deleted.
pub(crate) async fn acting(
    conn: &mut AnyConnection,
    user: UserId,
    now: Timestamp,
) -> Result<Roles> {
    let row = sqlx::query(
        "SELECT f.roles, u.banned_at, u.banned_until, u.deleted_at
         FROM staff f JOIN users u ON u.id = f.user_id
         WHERE f.user_id = $1",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    match row {
        Some(row) if Marks::read(&row)?.standing(now) == Standing::Active => {
            row.parsed("staff.roles", Roles::parse)
        }
        _ => Ok(Roles::default()),
    }
}

/// Everyone who runs the club and can act now; there are few.
pub(crate) async fn staff(
    conn: &mut AnyConnection,
    now: Timestamp,
) -> Result<Vec<(UserId, Roles)>> {
    let rows = sqlx::query(
        "SELECT f.user_id, f.roles, u.banned_at, u.banned_until, u.deleted_at
         FROM staff f JOIN users u ON u.id = f.user_id
         WHERE f.roles <> '' ORDER BY f.user_id",
    )
    .fetch_all(conn)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        if Marks::read(row)?.standing(now) == Standing::Active {
            let roles = row.parsed("staff.roles", Roles::parse)?;
            all.push((UserId(row.int("user_id")?), roles));
        }
    }
    Ok(all)
}

/// Everyone who has a role, also those who cannot act now.
pub(crate) async fn with_roles(conn: &mut AnyConnection) -> Result<HashSet<UserId>> {
    let rows = sqlx::query("SELECT user_id FROM staff WHERE roles <> ''")
        .fetch_all(conn)
        .await?;
    let users = rows.iter().map(|row| Ok(UserId(row.int("user_id")?)));
    users.collect()
}

/// Whose second factor counts, of those who have a role.
pub(super) async fn with_factor(conn: &mut AnyConnection) -> Result<HashSet<UserId>> {
    let rows = sqlx::query(
        "SELECT f.user_id FROM staff f JOIN second_factors t ON t.user_id = f.user_id
         WHERE f.roles <> '' AND t.confirmed_at IS NOT NULL",
    )
    .fetch_all(conn)
    .await?;
    let users = rows.iter().map(|row| Ok(UserId(row.int("user_id")?)));
    users.collect()
}

/// Whether a member's second factor counts.
pub(crate) async fn has_factor(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT user_id FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Held until the transaction ends by whoever changes who may act, so that they do so one after another.
pub(crate) async fn hold_staff(conn: &mut AnyConnection) -> Result<()> {
    sqlx::query("UPDATE club_values SET value = value WHERE name = 'staff'")
        .execute(conn)
        .await?;
    Ok(())
}
