//! What each member of staff did alone on the newest day on which they did something.

use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::db::Columns;
use crate::weigh::day::Day;

/// What somebody did on this day so far, which nobody else counts up until the transaction ends: what one
/// member of staff does at once is counted one after another. A process whose clock is behind counts for the
/// day that has begun.
pub(in crate::weigh) async fn hold(
    conn: &mut AnyConnection,
    actor: UserId,
    day: i64,
) -> Result<Day> {
    let row = sqlx::query(
        "INSERT INTO staff_days (actor, day, members, tokens) VALUES ($1, $2, 0, 0) \
         ON CONFLICT (actor) DO UPDATE SET \
         members = CASE WHEN staff_days.day < excluded.day THEN 0 ELSE staff_days.members END, \
         tokens = CASE WHEN staff_days.day < excluded.day THEN 0 ELSE staff_days.tokens END, \
         day = CASE WHEN staff_days.day < excluded.day THEN excluded.day ELSE staff_days.day END \
         RETURNING members, tokens",
    )
    .bind(actor.0)
    .bind(day)
    .fetch_one(conn)
    .await?;
    Ok(Day {
        members: row.int("members")?,
        tokens: row.int("tokens")?,
    })
}

/// Counts a day up that is held.
pub(in crate::weigh) async fn put(conn: &mut AnyConnection, actor: UserId, day: Day) -> Result<()> {
    sqlx::query("UPDATE staff_days SET members = $2, tokens = $3 WHERE actor = $1")
        .bind(actor.0)
        .bind(day.members)
        .bind(day.tokens)
        .execute(conn)
        .await?;
    Ok(())
}
