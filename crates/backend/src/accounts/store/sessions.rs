//! Sessions.

use economy::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::auth::Session;
use wire::{SessionId, UserId};

use crate::accounts::sessions::{End, Opening, SESSIONS_MAX};
use crate::db::Columns;
use crate::standing::Life;
use crate::{Member, Result};

/// The most sessions of a list; more than can run.
const LIST_MAX: i64 = 200;

/// A session as its refresh tokens need it.
pub(crate) struct Running {
    pub(crate) id: SessionId,
    pub(crate) user_id: UserId,
    pub(crate) salt: Vec<u8>,
    pub(crate) generation: i64,
    pub(crate) rotated_at: Option<Timestamp>,
    pub(crate) began_at: Timestamp,
    pub(crate) life: Life,
}

/// A rotation.
pub(crate) struct Turn<'a> {
    pub(crate) at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) address: &'a str,
}

/// Begins a session.
pub(crate) async fn insert(
    conn: &mut AnyConnection,
    opening: &Opening,
    user: UserId,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO auth_sessions
            (id, user_id, device, address, salt, generation, created_at, last_used_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6, $7)",
    )
    .bind(opening.id.as_str())
    .bind(user.0)
    .bind(opening.device.as_str())
    .bind(opening.address.as_str())
    .bind(opening.salt.to_vec())
    .bind(at.millis())
    .bind(expires_at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// The session, held until the transaction ends.
pub(crate) async fn hold(conn: &mut AnyConnection, session: &SessionId) -> Result<Option<Running>> {
    let row = sqlx::query(
        "UPDATE auth_sessions SET generation = generation WHERE id = $1
         RETURNING id, user_id, salt, generation, rotated_at, created_at, ended_at, expires_at",
    )
    .bind(session.as_str())
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Running {
            id: SessionId(row.text("id")?),
            user_id: UserId(row.int("user_id")?),
            salt: row.bytes("salt")?,
            generation: row.int("generation")?,
            rotated_at: row.instant_opt("rotated_at")?,
            began_at: row.instant("created_at")?,
            life: Life::read(&row)?,
        })
    })
    .transpose()
}

/// Whose session a refresh token of that hash belongs to, of whichever generation, and which it is.
pub(crate) async fn of_token(
    conn: &mut AnyConnection,
    hash: &[u8; 32],
) -> Result<Option<(UserId, SessionId)>> {
    let row = sqlx::query(
        "SELECT s.user_id, s.id FROM refresh_tokens t JOIN auth_sessions s ON s.id = t.session_id
         WHERE t.token_hash = $1",
    )
    .bind(hash.to_vec())
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok((UserId(row.int("user_id")?), SessionId(row.text("id")?))))
        .transpose()
}

/// Moves the session on to its next generation, which is returned; only from the one that was read.
pub(crate) async fn rotate(
    conn: &mut AnyConnection,
    session: &Running,
    turn: &Turn<'_>,
) -> Result<Option<i64>> {
    let row = sqlx::query(
        "UPDATE auth_sessions
         SET generation = generation + 1, rotated_at = $3, last_used_at = $3, expires_at = $4, address = $5
         WHERE id = $1 AND generation = $2 AND ended_at IS NULL
         RETURNING generation",
    )
    .bind(session.id.as_str())
    .bind(session.generation)
    .bind(turn.at.millis())
    .bind(turn.expires_at.millis())
    .bind(turn.address)
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.int("generation")).transpose()
}

/// Ends a running session of the member; whether there was one.
pub(crate) async fn end(
    conn: &mut AnyConnection,
    session: &SessionId,
    user: UserId,
    end: End,
    now: Timestamp,
) -> Result<bool> {
    let row = sqlx::query(
        "UPDATE auth_sessions SET ended_at = $3, end_reason = $4
         WHERE id = $1 AND user_id = $2 AND ended_at IS NULL AND expires_at > $3
         RETURNING id",
    )
    .bind(session.as_str())
    .bind(user.0)
    .bind(now.millis())
    .bind(end.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Ends the running sessions of the member, but for one.
pub(crate) async fn end_others(
    conn: &mut AnyConnection,
    user: UserId,
    but: Option<&SessionId>,
    end: End,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE auth_sessions SET ended_at = $3, end_reason = $4
         WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL AND expires_at > $3",
    )
    .bind(user.0)
    .bind(but.map_or("", SessionId::as_str))
    .bind(now.millis())
    .bind(end.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the running sessions beyond the most, those unused for longest; never the newest.
pub(crate) async fn end_crowded(
    conn: &mut AnyConnection,
    user: UserId,
    newest: &SessionId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE auth_sessions SET ended_at = $3, end_reason = $4
         WHERE id IN (SELECT id FROM auth_sessions
                      WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL AND expires_at > $3
                      ORDER BY last_used_at DESC, id DESC LIMIT $5 OFFSET $6)",
    )
    .bind(user.0)
    .bind(newest.as_str())
    .bind(now.millis())
    .bind(End::Crowded.as_str())
    .bind(LIST_MAX)
    .bind(SESSIONS_MAX - 1)
    .execute(conn)
    .await?;
    Ok(())
}

/// The running sessions of the member, the one used last first.
pub(crate) async fn running(
    conn: &mut AnyConnection,
    member: &Member,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let rows = sqlx::query(
        "SELECT id, device, address, created_at, last_used_at FROM auth_sessions
         WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2
         ORDER BY last_used_at DESC, id DESC LIMIT $3",
    )
    .bind(member.user_id.0)
    .bind(now.millis())
    .bind(LIST_MAX)
    .fetch_all(conn)
    .await?;
    let session = |row: &AnyRow| {
        let id = SessionId(row.text("id")?);
        let current = id == member.session_id;
        Ok(Session {
            id,
            device: row.text("device")?,
            address: row.text("address")?,
            created_at: row.instant("created_at")?,
            last_used_at: row.instant("last_used_at")?,
            current,
        })
    };
    rows.iter().map(session).collect()
}
