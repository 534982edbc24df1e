//! When members asked for another phone number: whether it is taken is told so many times a day.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::db::Columns;

/// Keeps a try.
pub(crate) async fn insert(conn: &mut AnyConnection, user: UserId, at: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO phone_tries (user_id, created_at) VALUES ($1, $2)")
        .bind(user.0)
        .bind(at.millis())
        .execute(conn)
        .await?;
    Ok(())
}

/// When the `nth` newest try of the member was, if there are that many after `since`.
pub(crate) async fn nth_newest(
    conn: &mut AnyConnection,
    user: UserId,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    let row = sqlx::query(
        "SELECT created_at FROM phone_tries WHERE user_id = $1 AND created_at > $2
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(user.0)
    .bind(since.millis())
    .bind(nth - 1)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.instant("created_at")).transpose()
}

/// Forgets the tries of the member until an instant.
pub(crate) async fn forget(conn: &mut AnyConnection, user: UserId, until: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM phone_tries WHERE user_id = $1 AND created_at <= $2")
        .bind(user.0)
        .bind(until.millis())
        .execute(conn)
        .await?;
    Ok(())
}
