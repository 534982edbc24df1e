//! The rows of what is said to everyone.

use economy::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::live::Notice;

use crate::Result;
use crate::db::Columns;
use crate::notices::{KEPT_MAX, json};

/// How many broadcasts are written at once; the others wait.
const OPEN_MAX: i64 = 16;

/// Something that is said to everyone.
pub(crate) struct Broadcast {
    pub(super) id: String,
    pub(super) notice: Notice,
}

/// Keeps it, for the job.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    id: &str,
    notice: &Notice,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO broadcasts (id, notice, created_at, told_until) VALUES ($1, $2, $3, 0)",
    )
    .bind(id)
    .bind(json(notice)?)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Those that not everyone was told yet, oldest first.
pub(super) async fn open(conn: &mut AnyConnection) -> Result<Vec<Broadcast>> {
    let rows =
        sqlx::query("SELECT id, notice FROM broadcasts WHERE done_at IS NULL ORDER BY id LIMIT $1")
            .bind(OPEN_MAX)
            .fetch_all(conn)
            .await?;
    let broadcast = |row: &AnyRow| {
        Ok(Broadcast {
            id: row.text("id")?,
            notice: row.json("broadcasts.notice")?,
        })
    };
    rows.iter().map(broadcast).collect()
}

/// The next members it is for: those who had joined when it was said.
pub(super) async fn next(
    conn: &mut AnyConnection,
    broadcast: &str,
    limit: usize,
) -> Result<Vec<UserId>> {
    let rows = sqlx::query(
        "SELECT u.id FROM broadcasts b JOIN users u ON u.id > b.told_until AND u.created_at <= b.created_at \
         WHERE b.id = $1 ORDER BY u.id LIMIT $2",
    )
    .bind(broadcast)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok(UserId(row.int("id")?))).collect()
}

/// Writes it into the logs of those among `users` who do not have it; gives them, with the number it
/// has there. Five statements, however many they are.
pub(super) async fn tell(
    conn: &mut AnyConnection,
    broadcast: &Broadcast,
    users: &[UserId],
    at: Timestamp,
) -> Result<Vec<(UserId, i64)>> {
    if !hold(conn, &broadcast.id).await? {
        return Ok(Vec::new());
    }
    let users = claim(conn, &broadcast.id, users).await?;
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = next_ids(conn, &users, at).await?;
    insert_events(conn, &numbers, &broadcast.notice, at).await?;
    forget(conn, &numbers).await?;
    Ok(numbers)
}

/// Keeps it from being done until the transaction ends; whether it is not done yet.
async fn hold(conn: &mut AnyConnection, id: &str) -> Result<bool> {
    let held =
        sqlx::query("UPDATE broadcasts SET done_at = NULL WHERE id = $1 AND done_at IS NULL")
            .bind(id)
            .execute(conn)
            .await?;
    Ok(held.rows_affected() > 0)
}

/// Those among `users` who were not told yet, and are from now on.
async fn claim(conn: &mut AnyConnection, id: &str, users: &[UserId]) -> Result<Vec<UserId>> {
    let sql = format!(
        "INSERT INTO broadcast_told (broadcast_id, user_id) VALUES {} \
         ON CONFLICT (broadcast_id, user_id) DO NOTHING RETURNING user_id",
        rows_of(2, users.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for user in users {
        query = query.bind(id).bind(user.0);
    }
    let rows = query.fetch_all(conn).await?;
    let mut users = rows
        .iter()
        .map(|row| Ok(UserId(row.int("user_id")?)))
        .collect::<Result<Vec<_>>>()?;
    // Locks are taken in the order of ids.
    users.sort_unstable();
    Ok(users)
}

async fn next_ids(
    conn: &mut AnyConnection,
    users: &[UserId],
    at: Timestamp,
) -> Result<Vec<(UserId, i64)>> {
    let sql = format!(
        "INSERT INTO live_logs (user_id, last_id, updated_at) VALUES {} \
         ON CONFLICT (user_id) DO UPDATE SET last_id = live_logs.last_id + 1, updated_at = excluded.updated_at \
         RETURNING user_id, last_id",
        rows_of(3, users.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for user in users {
        query = query.bind(user.0).bind(1_i64).bind(at.millis());
    }
    let rows = query.fetch_all(conn).await?;
    rows.iter()
        .map(|row| Ok((UserId(row.int("user_id")?), row.int("last_id")?)))
        .collect()
}

async fn insert_events(
    conn: &mut AnyConnection,
    numbers: &[(UserId, i64)],
    notice: &Notice,
    at: Timestamp,
) -> Result<()> {
    let sql = format!(
        "INSERT INTO live_events (user_id, id, topic, priority, notice, created_at) VALUES {}",
        rows_of(6, numbers.len())
    );
    let json = json(notice)?;
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (user, id) in numbers {
        query = query.bind(user.0).bind(*id);
        query = query.bind(notice.topic().as_str());
        query = query.bind(notice.priority().as_str());
        query = query.bind(json.as_str()).bind(at.millis());
    }
    query.execute(conn).await?;
    Ok(())
}

/// Forgets what each of these logs keeps no more.
async fn forget(conn: &mut AnyConnection, numbers: &[(UserId, i64)]) -> Result<()> {
    let full: Vec<_> = numbers.iter().filter(|(_, id)| *id > KEPT_MAX).collect();
    if full.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM live_events WHERE (user_id, id) IN (VALUES {})",
        rows_of(2, full.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (user, id) in full {
        query = query.bind(user.0).bind(id - KEPT_MAX);
    }
    query.execute(conn).await?;
    Ok(())
}

/// `($1, $2), ($3, $4)`: so many rows of parameters. The query builder of the driver writes `?`,
/// which PostgreSQL does not read.
fn rows_of(columns: usize, rows: usize) -> String {
    let row = |row: usize| {
        let parameters = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", parameters.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Everyone up to that member has it.
pub(super) async fn told_until(conn: &mut AnyConnection, id: &str, user: UserId) -> Result<()> {
    sqlx::query("UPDATE broadcasts SET told_until = $2 WHERE id = $1 AND told_until < $2")
        .bind(id)
        .bind(user.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Everyone has it, so that who was told is of no use any more.
pub(super) async fn done(conn: &mut AnyConnection, id: &str, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE broadcasts SET done_at = $2 WHERE id = $1 AND done_at IS NULL")
        .bind(id)
        .bind(at.millis())
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM broadcast_told WHERE broadcast_id = $1")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}
