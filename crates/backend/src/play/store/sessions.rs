//! Sittings: opened by a hand, a bet or the member; closed by the member, by idleness, or by the
//! next hand after it.

use economy::{Timestamp, Tokens};
use games::{Game, HandResult};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::play::PlaySession;
use wire::{PlaySessionId, UserId};

use crate::db::{Batch, Column, Columns, Count};
use crate::play::{Seat, Settled, idle_since};
use crate::{Device, Result};

macro_rules! columns {
    () => {
        "id, game, status, started_at, last_hand_at, ended_at, balance_start, balance_end, staked, won, stake_last, \
         stake_max, hands, wins"
    };
}

/// How a session ends that nobody ended: where the member's live channel went first, it took the
/// session with it.
macro_rules! close {
    () => {
        "UPDATE play_sessions SET status = CASE WHEN left_at IS NULL THEN 'completed' ELSE 'disconnected' END, \
         ended_at = COALESCE(left_at, last_hand_at) WHERE status = 'active' "
    };
}

/// A session is idle after a while, unless a round of crash is running in it.
macro_rules! is_idle {
    () => {
        "status = 'active' AND last_hand_at <= $1 AND NOT (game = 'crash' AND EXISTS ( \
         SELECT 1 FROM seed_pairs p WHERE p.user_id = play_sessions.user_id AND p.status = 'active' \
         AND p.running > 0))"
    };
}

pub(in crate::play) const CURRENT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM play_sessions WHERE user_id = $1 AND status = 'active' AND last_hand_at > $2 AND ($3 = '' OR game = $3) \
     ORDER BY last_hand_at DESC, id DESC LIMIT 1"
);

/// A hand's place in its session.
pub(in crate::play) struct Place {
    pub(in crate::play) session: PlaySessionId,
    pub(in crate::play) number: i64,
}

fn place_of(row: &AnyRow) -> Result<Place> {
    Ok(Place {
        session: PlaySessionId(row.text("id")?),
        number: row.int("hands")?,
    })
}

fn session_of(row: &AnyRow) -> Result<PlaySession> {
    Ok(PlaySession {
        session_id: PlaySessionId(row.text("id")?),
        game: row.parsed("play_sessions.game", Game::parse)?,
        status: row.text("status")?,
        started_at: row.instant("started_at")?,
        last_hand_at: row.instant("last_hand_at")?,
        ended_at: row.instant_opt("ended_at")?,
        balance_start: row.tokens("play_sessions.balance_start")?,
        balance_end: row.tokens("play_sessions.balance_end")?,
        staked: row.tokens("play_sessions.staked")?,
        won: row.tokens("play_sessions.won")?,
        stake: row.tokens("play_sessions.stake_last")?,
        stake_max: row.tokens("play_sessions.stake_max")?,
        hands: row.int("hands")?,
        wins: row.int("wins")?,
    })
}

/// Opens a session of the seat's game; nothing when one is open.
pub(in crate::play) async fn open(
    conn: &mut AnyConnection,
    id: &PlaySessionId,
    seat: &Seat,
    device: &Device,
    balance: Tokens,
) -> Result<Option<PlaySession>> {
    sqlx::query(concat!(
        "INSERT INTO play_sessions (id, user_id, game, variant, status, started_at, last_hand_at, balance_start, \
         balance_end, staked, won, stake_last, stake_max, hands, wins, address, user_agent, data) \
         VALUES ($1, $2, $3, 'standard', 'active', $4, $4, $5, $5, 0, 0, 0, 0, 0, 0, $6, $7, '{}') \
         ON CONFLICT DO NOTHING RETURNING ",
        columns!()
    ))
    .bind(id.as_str())
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(seat.at.millis())
    .bind(balance.get())
    .bind(device.address.as_str())
    .bind(device.user_agent.as_str())
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(session_of)
    .transpose()
}

/// Counts a hand in the member's open session, unless that one was idle when the hand began.
pub(in crate::play) async fn count(
    conn: &mut AnyConnection,
    seat: &Seat,
    settled: &Settled,
    balance_after: Tokens,
) -> Result<Option<Place>> {
    sqlx::query(
        "UPDATE play_sessions SET hands = hands + 1, wins = wins + $4, staked = staked + $5, won = won + $6, \
         stake_last = $5, stake_max = CASE WHEN stake_max < $5 THEN $5 ELSE stake_max END, balance_end = $7, \
         last_hand_at = $8, left_at = NULL \
         WHERE user_id = $1 AND game = $2 AND status = 'active' AND last_hand_at > $3 RETURNING id, hands",
    )
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(idle_since(settled.begun_at).millis())
    .bind(i64::from(settled.result == HandResult::Win))
    .bind(settled.stake.get())
    .bind(settled.payout.get())
    .bind(balance_after.get())
    .bind(seat.at.millis())
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(place_of)
    .transpose()
}

/// Puts a stake on the table of the member's open session; false when there is none, or it was idle.
pub(in crate::play) async fn stake(
    conn: &mut AnyConnection,
    seat: &Seat,
    stake: Tokens,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE play_sessions SET stake_last = $4, last_hand_at = $5, left_at = NULL \
         WHERE user_id = $1 AND game = $2 AND status = 'active' AND last_hand_at > $3",
    )
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(idle_since(seat.at).millis())
    .bind(stake.get())
    .bind(seat.at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Closes the member's open session of the game if nothing was played in it after `since`.
pub(in crate::play) async fn close(
    conn: &mut AnyConnection,
    seat: &Seat,
    since: Timestamp,
) -> Result<()> {
    sqlx::query(concat!(
        close!(),
        "AND user_id = $1 AND game = $2 AND last_hand_at <= $3"
    ))
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(since.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Up to `limit` sessions after that one in which nothing was played after `since`, and whose they are.
pub(in crate::play) async fn idle(
    conn: &mut AnyConnection,
    since: Timestamp,
    after: &str,
    limit: i64,
) -> Result<Vec<(PlaySessionId, UserId)>> {
    let rows = sqlx::query(concat!(
        "SELECT id, user_id FROM play_sessions WHERE ",
        is_idle!(),
        " AND id > $2 ORDER BY id LIMIT $3"
    ))
    .bind(since.millis())
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((PlaySessionId(row.text("id")?), UserId(row.int("user_id")?))))
        .collect()
}

/// Closes those of these sessions that are still idle, of members whose accounts are locked; gives
/// whose they were.
pub(in crate::play) async fn close_idle(
    conn: &mut AnyConnection,
    since: Timestamp,
    sessions: &[&PlaySessionId],
) -> Result<Vec<UserId>> {
    const SQL: &str = concat!(
        close!(),
        "AND ",
        is_idle!(),
        " AND id IN (SELECT w.column1 FROM {rows} w) RETURNING user_id"
    );
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[Column::Text], Count::of(sessions.len()), 1, SQL);
    bindings.int(since.millis());
    for session in sessions {
        bindings.text(session.as_str());
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    rows.iter()
        .map(|row| Ok(UserId(row.int("user_id")?)))
        .collect()
}

/// Ends an open session of the member; nothing when they have no such session, or it has ended.
pub(in crate::play) async fn end(
    conn: &mut AnyConnection,
    user: UserId,
    session: &PlaySessionId,
    at: Timestamp,
) -> Result<Option<PlaySession>> {
    sqlx::query(concat!(
        "UPDATE play_sessions SET status = 'completed', ended_at = $3 \
         WHERE id = $1 AND user_id = $2 AND status = 'active' RETURNING ",
        columns!()
    ))
    .bind(session.as_str())
    .bind(user.0)
    .bind(at.millis())
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(session_of)
    .transpose()
}

/// Whether the member ever had that session.
pub(in crate::play) async fn exists(
    conn: &mut AnyConnection,
    user: UserId,
    session: &PlaySessionId,
) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM play_sessions WHERE id = $1 AND user_id = $2")
        .bind(session.as_str())
        .bind(user.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// The member's open session that was played in last, after `since`.
pub(in crate::play) async fn current(
    conn: &mut AnyConnection,
    user: UserId,
    game: Option<Game>,
    since: Timestamp,
) -> Result<Option<PlaySession>> {
    sqlx::query(CURRENT)
        .bind(user.0)
        .bind(since.millis())
        .bind(game.map_or("", Game::as_str))
        .fetch_optional(conn)
        .await?
        .as_ref()
        .map(session_of)
        .transpose()
}

/// Whether an open session of the member is noted as left.
pub(in crate::play) async fn has_left(conn: &mut AnyConnection, user: UserId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM play_sessions WHERE user_id = $1 AND status = 'active' AND left_at IS NOT NULL LIMIT 1",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Notes on the member's open sessions when their live channel went, or that it is back.
pub(in crate::play) async fn mark_left(
    conn: &mut AnyConnection,
    user: UserId,
    left_at: Option<Timestamp>,
) -> Result<()> {
    sqlx::query("UPDATE play_sessions SET left_at = $2 WHERE user_id = $1 AND status = 'active'")
        .bind(user.0)
        .bind(left_at.map(Timestamp::millis))
        .execute(conn)
        .await?;
    Ok(())
}
