//! Second factors: one a member, with the step of the newest code that was taken.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{SessionId, UserId};

use crate::db::Columns;
use crate::{Claimed, Error, Result};

/// Where it stands in `club_values` what tells whether they open.
const CHECK: &str = "secrets_check";

/// A member's second factor.
pub(crate) struct Kept {
    /// What codes follow from, sealed.
    pub(crate) sealed: Vec<u8>,
    /// Since when it counts.
    pub(crate) confirmed_at: Option<Timestamp>,
    /// When it was begun, and in which session.
    pub(crate) begun_at: Timestamp,
    pub(crate) begun_in: SessionId,
}

/// The member's, if they have one or are about to.
pub(crate) async fn find(conn: &mut AnyConnection, user: UserId) -> Result<Option<Kept>> {
    let row = sqlx::query(
        "SELECT secret, confirmed_at, created_at, session_id FROM second_factors WHERE user_id = $1",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Kept {
            sealed: row.bytes("secret")?,
            confirmed_at: row.instant_opt("confirmed_at")?,
            begun_at: row.instant("created_at")?,
            begun_in: SessionId(row.text("session_id")?),
        })
    })
    .transpose()
}

/// Keeps one that is still to be confirmed, in that session, in the place of another such; not where one is
/// confirmed.
pub(crate) async fn put(
    conn: &mut AnyConnection,
    Claimed {
        user_id,
        session_id,
    }: &Claimed,
    sealed: &[u8],
    at: Timestamp,
) -> Result<bool> {
    let row = sqlx::query(
        "INSERT INTO second_factors (user_id, secret, confirmed_at, last_step, created_at, session_id)
         VALUES ($1, $2, NULL, 0, $3, $4)
         ON CONFLICT (user_id) DO UPDATE
         SET secret = excluded.secret, created_at = excluded.created_at, session_id = excluded.session_id
         WHERE second_factors.confirmed_at IS NULL
         RETURNING user_id",
    )
    .bind(user_id.0)
    .bind(sealed.to_vec())
    .bind(at.millis())
    .bind(session_id.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Confirms it by the code of that step.
pub(crate) async fn confirm(
    conn: &mut AnyConnection,
    user: UserId,
    step: i64,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE second_factors SET confirmed_at = $3, last_step = $2
         WHERE user_id = $1 AND confirmed_at IS NULL",
    )
    .bind(user.0)
    .bind(step)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the code of that step; not where it, or a later one, was taken before, on whichever server.
pub(crate) async fn take(conn: &mut AnyConnection, user: UserId, step: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE second_factors SET last_step = $2
         WHERE user_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL",
    )
    .bind(user.0)
    .bind(step)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes it away; whether there was one.
pub(crate) async fn delete(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    let done = sqlx::query("DELETE FROM second_factors WHERE user_id = $1")
        .bind(user.0)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether anybody has one.
pub(crate) async fn is_any(conn: &mut AnyConnection) -> Result<bool> {
    let row =
        sqlx::query("SELECT user_id FROM second_factors WHERE confirmed_at IS NOT NULL LIMIT 1")
            .fetch_optional(conn)
            .await?;
    Ok(row.is_some())
}

/// Keeps what tells whether they open, unless it is there; gives the one that counts.
pub(crate) async fn keep_check(conn: &mut AnyConnection, fresh: &str) -> Result<String> {
    sqlx::query(
        "INSERT INTO club_values (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
    )
    .bind(CHECK)
    .bind(fresh)
    .execute(&mut *conn)
    .await?;
    let row = sqlx::query("SELECT value FROM club_values WHERE name = $1")
        .bind(CHECK)
        .fetch_optional(conn)
        .await?;
    let kept = row.map(|row| row.text("value")).transpose()?;
    kept.ok_or_else(|| Error::Internal("the check of secrets was not kept".to_owned()))
}

/// Keeps another one.
pub(crate) async fn set_check(conn: &mut AnyConnection, fresh: &str) -> Result<()> {
    sqlx::query("UPDATE club_values SET value = $2 WHERE name = $1")
        .bind(CHECK)
        .bind(fresh)
        .execute(conn)
        .await?;
    Ok(())
}
