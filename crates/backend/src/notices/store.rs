//! The rows of members' logs, as they are written.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::live::Notice;

use super::json;
use crate::Result;
use crate::db::Columns;
use crate::paging::{Before, Dated};

/// Takes the next number of a member's log, and with it the log until the transaction ends.
pub(super) async fn next_id(conn: &mut AnyConnection, user: UserId, at: Timestamp) -> Result<i64> {
    sqlx::query(
        "INSERT INTO live_logs (user_id, last_id, updated_at) VALUES ($1, 1, $2) \
         ON CONFLICT (user_id) DO UPDATE SET last_id = live_logs.last_id + 1, updated_at = excluded.updated_at \
         RETURNING last_id",
    )
    .bind(user.0)
    .bind(at.millis())
    .fetch_one(conn)
    .await?
    .int("last_id")
}

/// Writes an event under its number.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    user: UserId,
    id: i64,
    notice: &Notice,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO live_events (user_id, id, topic, priority, notice, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user.0)
    .bind(id)
    .bind(notice.topic().as_str())
    .bind(notice.priority().as_str())
    .bind(json(notice)?)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the events of a log up to this number.
pub(super) async fn forget(conn: &mut AnyConnection, user: UserId, until: i64) -> Result<()> {
    sqlx::query("DELETE FROM live_events WHERE user_id = $1 AND id <= $2")
        .bind(user.0)
        .bind(until)
        .execute(conn)
        .await?;
    Ok(())
}

/// The events before that which are in the member's list, newest first.
pub(crate) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Dated<Notice>>> {
    let rows = sqlx::query(
        "SELECT id, notice, created_at FROM live_events \
         WHERE user_id = $1 AND created_at <= $2 AND NOT (created_at = $2 AND id >= $3) \
         AND priority <> 'low' ORDER BY created_at DESC, id DESC LIMIT $4",
    )
    .bind(user.0)
    .bind(before.at.millis())
    .bind(before.id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(dated).collect()
}

fn dated(row: &AnyRow) -> Result<Dated<Notice>> {
    Ok(Dated {
        at: row.instant("created_at")?,
        id: row.int("id")?,
        it: row.json("live_events.notice")?,
    })
}
