//! The rows of invite codes.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::invite::Invite;

use crate::Result;
use crate::db::Columns;

/// A code about to be.
pub(super) struct NewCode<'a> {
    pub(super) code: &'a str,
    pub(super) creator: Option<UserId>,
    pub(super) max_uses: Option<i64>,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) at: Timestamp,
}

/// The last code of the page before.
pub(super) struct Cursor {
    pub(super) at: Timestamp,
    pub(super) code: String,
}

impl Cursor {
    /// Before the newest.
    pub(super) const START: Self = Self {
        at: Timestamp::from_millis(i64::MAX),
        code: String::new(),
    };
}

/// Keeps a code, unless it exists.
pub(super) async fn insert(conn: &mut AnyConnection, new: &NewCode<'_>) -> Result<Option<Invite>> {
    let row = sqlx::query(
        "INSERT INTO invite_codes (code, created_by, max_uses, uses, is_active, expires_at, created_at)
         VALUES ($1, $2, $3, 0, 1, $4, $5)
         ON CONFLICT DO NOTHING
         RETURNING code, max_uses, uses, is_active, expires_at, created_at",
    )
    .bind(new.code)
    .bind(new.creator.map(|user| user.0))
    .bind(new.max_uses)
    .bind(new.expires_at.map(Timestamp::millis))
    .bind(new.at.millis())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(invite).transpose()
}

/// Of codes that differ in case only the exact one comes first, then that in capitals, as the club
/// makes them.
const FIND: &str = "SELECT code, max_uses, uses, is_active, expires_at, created_at FROM invite_codes \
     WHERE lower(code) = lower($1) \
     ORDER BY CASE WHEN code = $1 THEN 0 WHEN code = upper(code) THEN 1 ELSE 2 END, code LIMIT 1";

/// The code that is meant by what somebody typed, as it stands.
pub(super) async fn find(conn: &mut AnyConnection, typed: &str) -> Result<Option<Invite>> {
    let row = sqlx::query(FIND).bind(typed).fetch_optional(conn).await?;
    row.as_ref().map(invite).transpose()
}

/// Takes one use of the code; whether there was one to take.
pub(super) async fn take_use(conn: &mut AnyConnection, code: &str, now: Timestamp) -> Result<bool> {
    let row = sqlx::query(
        "UPDATE invite_codes SET uses = uses + 1
         WHERE code = $1 AND is_active = 1
           AND (max_uses IS NULL OR uses < max_uses) AND (expires_at IS NULL OR expires_at > $2)
         RETURNING code",
    )
    .bind(code)
    .bind(now.millis())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// The codes of the creator (of everyone, without one) after the cursor, newest first.
pub(super) async fn list(
    conn: &mut AnyConnection,
    creator: Option<UserId>,
    after: &Cursor,
    limit: i64,
) -> Result<Vec<Invite>> {
    let rows = sqlx::query(
        "SELECT code, max_uses, uses, is_active, expires_at, created_at FROM invite_codes
         WHERE ($1 = 0 OR created_by = $1) AND (created_at < $2 OR (created_at = $2 AND code < $3))
         ORDER BY created_at DESC, code DESC LIMIT $4",
    )
    .bind(creator.map_or(0, |user| user.0))
    .bind(after.at.millis())
    .bind(after.code.as_str())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(invite).collect()
}

/// Switches the code off if the creator (anyone, without one) made it.
pub(super) async fn deactivate(
    conn: &mut AnyConnection,
    code: &str,
    creator: Option<UserId>,
) -> Result<Option<Invite>> {
    let row = sqlx::query(
        "UPDATE invite_codes SET is_active = 0 WHERE code = $1 AND ($2 = 0 OR created_by = $2)
         RETURNING code, max_uses, uses, is_active, expires_at, created_at",
    )
    .bind(code)
    .bind(creator.map_or(0, |user| user.0))
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(invite).transpose()
}

fn invite(row: &AnyRow) -> Result<Invite> {
    Ok(Invite {
        code: row.text("code")?,
        max_uses: row.int_opt("max_uses")?,
        uses: row.int("uses")?,
        is_active: row.flag("is_active")?,
        expires_at: row.instant_opt("expires_at")?,
        created_at: row.instant("created_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_code_in_any_case_is_found_without_reading_the_others() {
        let plan = plan(&mut migrated().await, FIND).await;
        assert!(plan.contains("invite_codes_any_case"), "{plan}");
    }
}
