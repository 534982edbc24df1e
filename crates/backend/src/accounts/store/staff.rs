//! Who runs the club.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::staff::{Roles, StaffMember};

use crate::Result;
use crate::db::Columns;

/// The most members of staff that are listed.
const LIST_MAX: i64 = 200;

/// Everyone with a role, in the order in which they joined.
pub(crate) async fn list(conn: &mut AnyConnection) -> Result<Vec<StaffMember>> {
    let rows = sqlx::query(
        "SELECT u.id, u.site_id, u.nickname, f.roles, f.version, s.confirmed_at
         FROM staff f JOIN users u ON u.id = f.user_id
              LEFT JOIN second_factors s ON s.user_id = u.id
         WHERE f.roles <> '' AND u.deleted_at IS NULL ORDER BY u.id LIMIT $1",
    )
    .bind(LIST_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter().map(member_of).collect()
}

/// A member, with the roles that they have or may get.
pub(crate) async fn find(conn: &mut AnyConnection, user: UserId) -> Result<Option<StaffMember>> {
    let row = sqlx::query(
        "SELECT u.id, u.site_id, u.nickname, COALESCE(f.roles, '') AS roles,
                COALESCE(f.version, 0) AS version, s.confirmed_at
         FROM users u LEFT JOIN staff f ON f.user_id = u.id
              LEFT JOIN second_factors s ON s.user_id = u.id
         WHERE u.id = $1 AND u.deleted_at IS NULL",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(member_of).transpose()
}

/// Gives a member these roles and no others.
pub(crate) async fn set(
    conn: &mut AnyConnection,
    user: UserId,
    roles: &Roles,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO staff (user_id, roles, version, updated_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (user_id) DO UPDATE
         SET roles = excluded.roles, version = staff.version + 1, updated_at = excluded.updated_at",
    )
    .bind(user.0)
    .bind(roles.as_text())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

fn member_of(row: &AnyRow) -> Result<StaffMember> {
    Ok(StaffMember {
        user_id: UserId(row.int("id")?),
        site_id: row.text("site_id")?,
        nickname: row.text("nickname")?,
        roles: row.parsed("staff.roles", Roles::parse)?,
        version: row.int("version")?,
        has_second_factor: row.instant_opt("confirmed_at")?.is_some(),
    })
}
