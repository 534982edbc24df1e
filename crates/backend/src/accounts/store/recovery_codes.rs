//! Recovery codes: only their hashes.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::db::Columns;

/// Keeps one.
pub(crate) async fn insert(conn: &mut AnyConnection, user: UserId, hash: &[u8; 32]) -> Result<()> {
    sqlx::query("INSERT INTO recovery_codes (user_id, hash) VALUES ($1, $2)")
        .bind(user.0)
        .bind(hash.to_vec())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the one of that hash; not where it was taken before, on whichever server.
pub(crate) async fn take(
    conn: &mut AnyConnection,
    user: UserId,
    hash: &[u8; 32],
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL",
    )
    .bind(user.0)
    .bind(hash.to_vec())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many the member can still use.
pub(crate) async fn left(conn: &mut AnyConnection, user: UserId) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL",
    )
    .bind(user.0)
    .fetch_one(conn)
    .await?;
    row.int("n")
}

/// Takes all of the member's away.
pub(crate) async fn delete(conn: &mut AnyConnection, user: UserId) -> Result<()> {
    sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(user.0)
        .execute(conn)
        .await?;
    Ok(())
}
