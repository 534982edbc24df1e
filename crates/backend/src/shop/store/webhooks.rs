//! What the gateway told already.

use economy::Timestamp;
use sqlx::AnyConnection;

use crate::Result;

/// Keeps a nonce; false when it came before.
pub(in crate::shop) async fn nonce(
    conn: &mut AnyConnection,
    nonce: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO webhook_nonces (nonce, seen_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING",
    )
    .bind(nonce)
    .bind(now.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps an event; false when it came before.
pub(in crate::shop) async fn event(
    conn: &mut AnyConnection,
    event: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO webhook_events (event_id, seen_at) VALUES ($1, $2) ON CONFLICT (event_id) DO NOTHING",
    )
    .bind(event)
    .bind(now.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what is older.
pub(in crate::shop) async fn forget(
    conn: &mut AnyConnection,
    nonces_before: Timestamp,
    events_before: Timestamp,
) -> Result<()> {
    sqlx::query("DELETE FROM webhook_nonces WHERE seen_at < $1")
        .bind(nonces_before.millis())
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM webhook_events WHERE seen_at < $1")
        .bind(events_before.millis())
        .execute(conn)
        .await?;
    Ok(())
}
