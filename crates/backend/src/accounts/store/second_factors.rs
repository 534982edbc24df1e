//! Second factors: one a member, with the step of the newest code that was taken.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::db::Columns;

/// A member's second factor.
pub(crate) struct Kept {
    /// What codes follow from, sealed.
    pub(crate) sealed: Vec<u8>,
    /// Since when it counts.
    pub(crate) confirmed_at: Option<Timestamp>,
}

/// The member's, if they have one or are about to.
pub(crate) async fn find(conn: &mut AnyConnection, user: UserId) -> Result<Option<Kept>> {
    let row = sqlx::query("SELECT secret, confirmed_at FROM second_factors WHERE user_id = $1")
        .bind(user.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        Ok(Kept {
            sealed: row.bytes("secret")?,
            confirmed_at: row.instant_opt("confirmed_at")?,
        })
    })
    .transpose()
}

/// Keeps one that is still to be confirmed, in the place of another such; not where one is confirmed.
pub(crate) async fn put(
    conn: &mut AnyConnection,
    user: UserId,
    sealed: &[u8],
    at: Timestamp,
) -> Result<bool> {
    let row = sqlx::query(
        "INSERT INTO second_factors (user_id, secret, confirmed_at, last_step, created_at)
         VALUES ($1, $2, NULL, 0, $3)
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
         WHERE second_factors.confirmed_at IS NULL
         RETURNING user_id",
    )
    .bind(user.0)
    .bind(sealed.to_vec())
    .bind(at.millis())
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
