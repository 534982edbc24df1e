//! Refresh tokens: only their hashes, one row for each generation of a session.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::SessionId;

use crate::Result;
use crate::accounts::sessions::Issue;
use crate::db::Columns;

/// Which session a refresh token belongs to, and which of its tokens it is.
pub(crate) struct Token {
    pub(crate) session_id: SessionId,
    pub(crate) generation: i64,
}

/// Keeps the hash of a refresh token.
pub(crate) async fn insert(
    conn: &mut AnyConnection,
    issue: &Issue<'_>,
    hash: &[u8; 32],
) -> Result<()> {
    sqlx::query(
        "INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(hash.to_vec())
    .bind(issue.session.as_str())
    .bind(issue.generation)
    .bind(issue.at.millis())
    .bind(issue.expires_at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// The refresh token of that hash, whatever became of it.
pub(crate) async fn find(conn: &mut AnyConnection, hash: &[u8; 32]) -> Result<Option<Token>> {
    let row =
        sqlx::query("SELECT session_id, generation FROM refresh_tokens WHERE token_hash = $1")
            .bind(hash.to_vec())
            .fetch_optional(conn)
            .await?;
    row.map(|row| {
        Ok(Token {
            session_id: SessionId(row.text("session_id")?),
            generation: row.int("generation")?,
        })
    })
    .transpose()
}

/// Forgets refresh tokens of the session that have run out; they are refused with or without a row.
pub(crate) async fn drop_expired(
    conn: &mut AnyConnection,
    session: &SessionId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("DELETE FROM refresh_tokens WHERE session_id = $1 AND expires_at <= $2")
        .bind(session.as_str())
        .bind(now.millis())
        .execute(conn)
        .await?;
    Ok(())
}
