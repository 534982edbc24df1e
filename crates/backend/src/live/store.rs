//! The rows of members' logs.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::live::{Event, Notice, Notification};

use crate::Result;
use crate::db::Columns;
use crate::notices::KEPT_MAX;

/// How long it keeps them.
pub(super) const KEPT_MILLIS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Forgets events of before that instant, this many at most; gives how many.
pub(super) async fn forget_old(
    conn: &mut AnyConnection,
    before: Timestamp,
    limit: i64,
) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM live_events WHERE (user_id, id) IN \
         (SELECT user_id, id FROM live_events WHERE created_at < $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(before.millis())
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The newest number of a member's log; zero when it is empty.
pub(super) async fn last_id(conn: &mut AnyConnection, user: UserId) -> Result<i64> {
    let row = sqlx::query("SELECT last_id FROM live_logs WHERE user_id = $1")
        .bind(user.0)
        .fetch_optional(conn)
        .await?;
    row.map_or(Ok(0), |row| row.int("last_id"))
}

/// Whose logs grew since that instant, this many at most.
pub(super) async fn grown(
    conn: &mut AnyConnection,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<UserId>> {
    let rows = sqlx::query(
        "SELECT user_id FROM live_logs WHERE updated_at >= $1 ORDER BY updated_at DESC LIMIT $2",
    )
    .bind(since.millis())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| Ok(UserId(row.int("user_id")?)))
        .collect()
}

/// The events of a log after this number, oldest first.
pub(super) async fn after(
    conn: &mut AnyConnection,
    user: UserId,
    id: i64,
    epoch: &str,
) -> Result<Vec<Event>> {
    let rows = sqlx::query(
        "SELECT id, notice, created_at, read_at FROM live_events WHERE user_id = $1 AND id > $2 \
         ORDER BY id LIMIT $3",
    )
    .bind(user.0)
    .bind(id)
    .bind(KEPT_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| event_of(row, epoch)).collect()
}

fn event_of(row: &AnyRow, epoch: &str) -> Result<Event> {
    let notice: Notice = row.json("live_events.notice")?;
    Ok(Event {
        id: row.int("id")?,
        epoch: epoch.to_owned(),
        topic: notice.topic(),
        priority: notice.priority(),
        notice,
        at: row.instant("created_at")?,
    })
}

/// The events of a log before this number that are worth a place in the list, newest first, with
/// whether they were read.
pub(super) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    id: i64,
    limit: i64,
    epoch: &str,
) -> Result<Vec<Notification>> {
    let rows = sqlx::query(
        "SELECT id, notice, created_at, read_at FROM live_events \
         WHERE user_id = $1 AND id < $2 AND priority <> 'low' ORDER BY id DESC LIMIT $3",
    )
    .bind(user.0)
    .bind(id)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let notification = |row| {
        Ok(Notification {
            event: event_of(row, epoch)?,
            is_read: row.int_opt("read_at")?.is_some(),
        })
    };
    rows.iter().map(notification).collect()
}

/// How many events of the list were not read.
pub(super) async fn unread(conn: &mut AnyConnection, user: UserId) -> Result<i64> {
    sqlx::query(
        "SELECT COUNT(*) AS unread FROM live_events \
         WHERE user_id = $1 AND read_at IS NULL AND priority <> 'low'",
    )
    .bind(user.0)
    .fetch_one(conn)
    .await?
    .int("unread")
}

/// Marks an event as read; whether there is such an event.
pub(super) async fn read(
    conn: &mut AnyConnection,
    user: UserId,
    id: i64,
    at: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE live_events SET read_at = COALESCE(read_at, $3) WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(id)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Marks every event of a log up to this number as read.
pub(super) async fn read_until(
    conn: &mut AnyConnection,
    user: UserId,
    id: i64,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE live_events SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL",
    )
    .bind(user.0)
    .bind(id)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Names the club's logs, unless somebody did.
pub(super) async fn name(conn: &mut AnyConnection, fresh: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO club_values (name, value) VALUES ('live_epoch', $1) ON CONFLICT (name) DO NOTHING",
    )
    .bind(fresh)
    .execute(conn)
    .await?;
    Ok(())
}

/// The name of the club's logs.
pub(super) async fn epoch(conn: &mut AnyConnection) -> Result<String> {
    sqlx::query("SELECT value FROM club_values WHERE name = 'live_epoch'")
        .fetch_one(conn)
        .await?
        .text("value")
}

/// Gives the club's logs another name, unless somebody did.
pub(super) async fn rename(conn: &mut AnyConnection, epoch: &str, fresh: &str) -> Result<()> {
    sqlx::query("UPDATE club_values SET value = $2 WHERE name = 'live_epoch' AND value = $1")
        .bind(epoch)
        .bind(fresh)
        .execute(conn)
        .await?;
    Ok(())
}
