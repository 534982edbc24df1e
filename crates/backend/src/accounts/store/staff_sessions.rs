//! Sessions as those of staff.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::SessionId;

use crate::Result;

/// Makes a session that begins now one of staff's, whose member has just shown who they are.
pub(crate) async fn begin(
    conn: &mut AnyConnection,
    session: &SessionId,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE auth_sessions SET staff_since = $2, staff_used_at = $2, confirmed_at = $2 WHERE id = $1",
    )
    .bind(session.as_str())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes a call of staff's in it, unless one was noted after that.
pub(crate) async fn note_use(
    conn: &mut AnyConnection,
    session: &SessionId,
    after: Timestamp,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE auth_sessions SET staff_used_at = $3 WHERE id = $1 AND staff_used_at <= $2",
    )
    .bind(session.as_str())
    .bind(after.millis())
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the session's member showed who they are.
pub(crate) async fn confirm(
    conn: &mut AnyConnection,
    session: &SessionId,
    at: Timestamp,
) -> Result<()> {
    sqlx::query("UPDATE auth_sessions SET confirmed_at = $2 WHERE id = $1")
        .bind(session.as_str())
        .bind(at.millis())
        .execute(conn)
        .await?;
    Ok(())
}
