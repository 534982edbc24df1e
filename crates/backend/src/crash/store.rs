//! Rounds of crash.

use economy::Timestamp;
use games::crash::{AutoCashout, Bet, Multiplier, Played, Round};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::{GameId, PairId, UserId};

use crate::db::Columns;
use crate::fairness::{Running, Stream, stream_in};
use crate::{Device, Error, Result};

/// A round that runs, with what its hand will record.
pub(super) struct Session {
    pub(super) game: GameId,
    pub(super) user: UserId,
    pub(super) round: Round,
    pub(super) rules_version: i64,
    pub(super) stream: Stream,
    /// Where its bet came from.
    pub(super) device: Device,
}

/// Writes a round; false when the member has one that runs.
pub(super) async fn insert(conn: &mut AnyConnection, session: &Session) -> Result<bool> {
    let (round, bet) = (&session.round, session.round.bet);
    let row = sqlx::query(
        "INSERT INTO crash_sessions (id, user_id, status, stake, auto_hundredths, point_hundredths, rules_version, \
         pair_id, client_seed, nonce, started_at, due_at, address, user_agent) \
         VALUES ($1, $2, 'active', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(session.game.as_str())
    .bind(session.user.0)
    .bind(bet.stake().get())
    .bind(bet.auto().map(|auto| auto.target().hundredths()))
    .bind(round.point.hundredths())
    .bind(session.rules_version)
    .bind(session.stream.pair.as_str())
    .bind(session.stream.client_seed.as_str())
    .bind(session.stream.nonce)
    .bind(round.started_at.millis())
    .bind(round.due_at().millis())
    .bind(session.device.address.as_str())
    .bind(session.device.user_agent.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// The round of the member that runs.
pub(super) async fn active(conn: &mut AnyConnection, user: UserId) -> Result<Option<Session>> {
    sqlx::query(
        "SELECT id, user_id, stake, auto_hundredths, point_hundredths, rules_version, pair_id, client_seed, nonce, \
         started_at, address, user_agent FROM crash_sessions WHERE user_id = $1 AND status = 'active'",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?
    .as_ref()
    .map(session_of)
    .transpose()
}

fn session_of(row: &AnyRow) -> Result<Session> {
    let corrupt = |column: &str| Error::Corrupt(format!("crash_sessions.{column}"));
    let auto = row
        .int_opt("auto_hundredths")?
        .map(|hundredths| Multiplier::from_hundredths(hundredths).and_then(AutoCashout::new))
        .transpose()
        .map_err(|_| corrupt("auto_hundredths"))?;
    let bet = Bet::new(row.tokens("crash_sessions.stake")?, auto).map_err(|_| corrupt("stake"))?;
    let point = Multiplier::from_hundredths(row.int("point_hundredths")?);
    Ok(Session {
        game: GameId(row.text("id")?),
        user: UserId(row.int("user_id")?),
        round: Round {
            bet,
            started_at: row.instant("started_at")?,
            point: point.map_err(|_| corrupt("point_hundredths"))?,
        },
        rules_version: row.int("rules_version")?,
        stream: stream_in(row, "pair_id", "crash_sessions.client_seed")?,
        device: Device {
            address: row.text("address")?,
            user_agent: row.text("user_agent")?,
        },
    })
}

/// Ends a round; false when it does not run any more.
pub(super) async fn end(conn: &mut AnyConnection, game: &GameId, played: &Played) -> Result<bool> {
    let end = played.outcome.end;
    let done = sqlx::query(
        "UPDATE crash_sessions SET status = $2, arrival_at = $3, cashed_hundredths = $4, payout = $5, settled_at = $6 \
         WHERE id = $1 AND status = 'active'",
    )
    .bind(game.as_str())
    .bind(end.as_str())
    .bind(played.arrival.map(Timestamp::millis))
    .bind(end.cashed_at().map(Multiplier::hundredths))
    .bind(played.outcome.payout.get())
    .bind(played.settled_at.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A round that is to be settled.
pub(super) struct Due {
    pub(super) game: GameId,
    pub(super) user: UserId,
    pub(super) at: Timestamp,
}

/// Rounds that are due after `after`, the first to end first.
pub(super) async fn due(
    conn: &mut AnyConnection,
    now: Timestamp,
    after: Option<&Due>,
    limit: i64,
) -> Result<Vec<Due>> {
    let rows = sqlx::query(
        "SELECT id, user_id, due_at FROM crash_sessions \
         WHERE status = 'active' AND due_at <= $1 AND (due_at > $2 OR (due_at = $2 AND id > $3)) \
         ORDER BY due_at, id LIMIT $4",
    )
    .bind(now.millis())
    .bind(after.map_or(i64::MIN, |due| due.at.millis()))
    .bind(after.map_or("", |due| due.game.as_str()))
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                game: GameId(row.text("id")?),
                user: UserId(row.int("user_id")?),
                at: row.instant("due_at")?,
            })
        })
        .collect()
}

/// When a round is due next after `now`.
pub(super) async fn next_due(
    conn: &mut AnyConnection,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    sqlx::query(
        "SELECT MIN(due_at) AS due_at FROM crash_sessions WHERE status = 'active' AND due_at > $1",
    )
    .bind(now.millis())
    .fetch_one(conn)
    .await?
    .instant_opt("due_at")
}

/// A round of the member with how they stand now.
pub(super) async fn round(
    conn: &mut AnyConnection,
    user: UserId,
    game: &GameId,
) -> Result<Option<AnyRow>> {
    let row = sqlx::query(
        "SELECT c.id, c.status, c.stake, c.point_hundredths, c.cashed_hundredths, c.payout, a.balance, a.seq, \
         COALESCE((SELECT d.streak FROM play_days d WHERE d.user_id = c.user_id AND d.game = 'crash' \
         ORDER BY d.day DESC LIMIT 1), 0) AS streak \
         FROM crash_sessions c JOIN accounts a ON a.id = c.user_id WHERE c.id = $1 AND c.user_id = $2",
    )
    .bind(game.as_str())
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    Ok(row)
}

/// The member's last rounds that have ended, by way of the hands, which only a round that has ended has, and which lie in order of their end.
pub(super) async fn past(
    conn: &mut AnyConnection,
    user: UserId,
    limit: i64,
) -> Result<Vec<AnyRow>> {
    let rows = sqlx::query(
        "SELECT c.id, c.point_hundredths, c.cashed_hundredths FROM hands h JOIN crash_sessions c ON c.id = h.id \
         WHERE h.user_id = $1 AND h.game = 'crash' ORDER BY h.created_at DESC, h.id DESC LIMIT $2",
    )
    .bind(user.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// The stakes of all rounds that run, which is what the escrow must hold.
pub(crate) async fn running_stakes(conn: &mut AnyConnection) -> Result<i64> {
    sqlx::query(
        "SELECT CAST(COALESCE(SUM(stake), 0) AS BIGINT) AS staked FROM crash_sessions WHERE status = 'active'",
    )
    .fetch_one(conn)
    .await?
    .int("staked")
}

/// The nonces that rounds hold which are not settled; at most one a member.
pub(crate) async fn running_nonces(conn: &mut AnyConnection) -> Result<Running> {
    let rows = sqlx::query(
        "SELECT pair_id, nonce FROM crash_sessions WHERE status = 'active' ORDER BY pair_id, nonce",
    )
    .fetch_all(conn)
    .await?;
    let mut running = Running::new();
    for row in &rows {
        let nonces = running.entry(PairId(row.text("pair_id")?)).or_default();
        nonces.push(row.int("nonce")?);
    }
    Ok(running)
}
