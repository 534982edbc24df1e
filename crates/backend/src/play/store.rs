//! Play sessions, hands and statistics.

use economy::{Timestamp, Tokens};
use games::{Game, HandResult, multiplier_hundredths};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::play::HandSummary;
use wire::user::UserStats;
use wire::{HandId, PlaySessionId, UserId};

use super::{IDLE_MAX_MILLIS, Settled};
use crate::db::Columns;
use crate::{Core, Device, Error, Result};

/// Who plays what, and when.
pub(super) struct Seat {
    pub(super) user: UserId,
    pub(super) game: Game,
    pub(super) at: Timestamp,
}

/// A hand's place in its session.
pub(super) struct Place {
    session: PlaySessionId,
    number: i64,
}

fn place_of(row: &AnyRow) -> Result<Place> {
    Ok(Place {
        session: PlaySessionId(row.text("id")?),
        number: row.int("hands")?,
    })
}

/// Counts the hand in the member's open session, or in a new one.
pub(super) async fn sit(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    device: &Device,
    settled: &Settled,
    balance_after: Tokens,
) -> Result<Place> {
    if let Some(place) = continue_session(conn, seat, settled, balance_after).await? {
        return Ok(place);
    }
    close_idle(conn, seat).await?;
    begin_session(conn, core, seat, device, settled, balance_after).await
}

/// What the member had before the hand; the stake of a round of crash left them at its bet.
fn balance_before(settled: &Settled, balance_after: Tokens) -> Tokens {
    balance_after
        .checked_sub(settled.payout)
        .and_then(|rest| rest.checked_add(settled.stake))
        .unwrap_or(balance_after)
}

async fn continue_session(
    conn: &mut AnyConnection,
    seat: &Seat,
    settled: &Settled,
    balance_after: Tokens,
) -> Result<Option<Place>> {
    sqlx::query(
        "UPDATE play_sessions SET hands = hands + 1, wins = wins + $4, staked = staked + $5, won = won + $6, \
         stake_max = CASE WHEN stake_max < $5 THEN $5 ELSE stake_max END, balance_end = $7, last_hand_at = $8 \
         WHERE user_id = $1 AND game = $2 AND status = 'active' AND last_hand_at > $3 RETURNING id, hands",
    )
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(seat.at.plus_millis(-IDLE_MAX_MILLIS).millis())
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

/// Closes the member's open session of the game, at its last hand.
async fn close_idle(conn: &mut AnyConnection, seat: &Seat) -> Result<()> {
    sqlx::query(
        "UPDATE play_sessions SET status = 'completed', ended_at = last_hand_at \
         WHERE user_id = $1 AND game = $2 AND status = 'active'",
    )
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

async fn begin_session(
    conn: &mut AnyConnection,
    core: &Core,
    seat: &Seat,
    device: &Device,
    settled: &Settled,
    balance_after: Tokens,
) -> Result<Place> {
    let id = core.fresh_id();
    sqlx::query(
        "INSERT INTO play_sessions (id, user_id, game, variant, status, started_at, last_hand_at, balance_start, \
         balance_end, staked, won, stake_max, hands, wins, address, user_agent, data) \
         VALUES ($1, $2, $3, 'standard', 'active', $4, $4, $5, $6, $7, $8, $7, 1, $9, $10, $11, '{}')",
    )
    .bind(id.as_str())
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(seat.at.millis())
    .bind(balance_before(settled, balance_after).get())
    .bind(balance_after.get())
    .bind(settled.stake.get())
    .bind(settled.payout.get())
    .bind(i64::from(settled.result == HandResult::Win))
    .bind(device.address.as_str())
    .bind(device.user_agent.as_str())
    .execute(conn)
    .await?;
    Ok(Place {
        session: PlaySessionId(id),
        number: 1,
    })
}

/// Writes the hand.
pub(super) async fn insert_hand(
    conn: &mut AnyConnection,
    seat: &Seat,
    place: &Place,
    settled: &Settled,
) -> Result<()> {
    let play =
        serde_json::to_string(&settled.play).map_err(|error| Error::Internal(error.to_string()))?;
    sqlx::query(
        "INSERT INTO hands (id, user_id, game, rules_version, session_id, number, pair_id, client_seed, nonce, \
         stake, payout, result, play, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(settled.hand.as_str())
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(settled.rules_version)
    .bind(place.session.as_str())
    .bind(place.number)
    .bind(settled.stream.pair.as_str())
    .bind(settled.stream.client_seed.as_str())
    .bind(settled.stream.nonce)
    .bind(settled.stake.get())
    .bind(settled.payout.get())
    .bind(settled.result.as_str())
    .bind(play)
    .bind(seat.at.millis())
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts the hand in the day's statistics; gives the wins in a row.
pub(super) async fn count(conn: &mut AnyConnection, seat: &Seat, settled: &Settled) -> Result<i64> {
    sqlx::query(
        "INSERT INTO play_days (user_id, game, day, hands, wins, staked, won, largest_win, \
         multiplier_max_hundredths, streak, streak_max, millis_played, last_hand_at) \
         SELECT $1, $2, $3, 1, $4, $5, $6, $6, $7, s.streak, s.streak, 0, $8 FROM ( \
             SELECT CASE WHEN $4 = 1 THEN 1 + COALESCE((SELECT streak FROM play_days \
             WHERE user_id = $1 AND game = $2 AND day < $3 ORDER BY day DESC LIMIT 1), 0) ELSE 0 END AS streak \
         ) s WHERE 1 = 1 \
         ON CONFLICT (user_id, game, day) DO UPDATE SET \
         hands = play_days.hands + 1, wins = play_days.wins + excluded.wins, \
         staked = play_days.staked + excluded.staked, won = play_days.won + excluded.won, \
         largest_win = CASE WHEN play_days.largest_win < excluded.largest_win \
             THEN excluded.largest_win ELSE play_days.largest_win END, \
         multiplier_max_hundredths = CASE WHEN play_days.multiplier_max_hundredths < excluded.multiplier_max_hundredths \
             THEN excluded.multiplier_max_hundredths ELSE play_days.multiplier_max_hundredths END, \
         streak = CASE WHEN excluded.wins = 1 THEN play_days.streak + 1 ELSE 0 END, \
         streak_max = CASE WHEN excluded.wins = 1 AND play_days.streak >= play_days.streak_max \
             THEN play_days.streak + 1 ELSE play_days.streak_max END, \
         millis_played = play_days.millis_played + CASE \
             WHEN excluded.last_hand_at - play_days.last_hand_at BETWEEN 0 AND $9 \
             THEN excluded.last_hand_at - play_days.last_hand_at ELSE 0 END, \
         last_hand_at = excluded.last_hand_at \
         RETURNING streak",
    )
    .bind(seat.user.0)
    .bind(seat.game.as_str())
    .bind(seat.at.utc_day())
    .bind(i64::from(settled.result == HandResult::Win))
    .bind(settled.stake.get())
    .bind(settled.payout.get())
    .bind(multiplier_hundredths(settled.stake, settled.payout))
    .bind(seat.at.millis())
    .bind(IDLE_MAX_MILLIS)
    .fetch_one(conn)
    .await?
    .int("streak")
}

/// Which hands.
pub(super) struct Filter {
    pub(super) game: Option<Game>,
    pub(super) since: Timestamp,
    pub(super) before: Option<String>,
}

/// The member's hands, newest first.
pub(super) async fn history(
    conn: &mut AnyConnection,
    user: UserId,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<HandSummary>> {
    let rows = sqlx::query(
        "SELECT h.id, h.game, h.session_id, h.number, h.stake, h.payout, h.result, h.created_at, p.status \
         FROM hands h JOIN seed_pairs p ON p.id = h.pair_id \
         WHERE h.user_id = $1 AND ($2 = '' OR h.game = $2) AND h.created_at >= $3 AND ($4 = '' OR h.id < $4) \
         ORDER BY h.id DESC LIMIT $5",
    )
    .bind(user.0)
    .bind(filter.game.map_or("", Game::as_str))
    .bind(filter.since.millis())
    .bind(filter.before.as_deref().unwrap_or_default())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(summary_of).collect()
}

fn summary_of(row: &AnyRow) -> Result<HandSummary> {
    Ok(HandSummary {
        hand_id: HandId(row.text("id")?),
        game: row.parsed("game", Game::parse)?,
        session_id: PlaySessionId(row.text("session_id")?),
        number: row.int("number")?,
        stake: row.tokens("stake")?,
        payout: row.tokens("payout")?,
        result: row.parsed("result", HandResult::parse)?,
        revealed: row.text("status")? == "revealed",
        created_at: row.instant("created_at")?,
    })
}

/// The sums over all days and games; the current streak is not among them.
pub(super) async fn stats(conn: &mut AnyConnection, user: UserId) -> Result<UserStats> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(hands), 0) AS BIGINT) AS hands, CAST(COALESCE(SUM(wins), 0) AS BIGINT) AS wins, \
         CAST(COALESCE(SUM(CASE WHEN game = 'gacha' THEN 0 ELSE hands END), 0) AS BIGINT) AS rated_hands, \
         CAST(COALESCE(SUM(staked), 0) AS BIGINT) AS staked, CAST(COALESCE(SUM(won), 0) AS BIGINT) AS won, \
         COALESCE(MAX(largest_win), 0) AS largest_win, COALESCE(MAX(streak_max), 0) AS streak_max \
         FROM play_days WHERE user_id = $1",
    )
    .bind(user.0)
    .fetch_one(conn)
    .await?;
    Ok(UserStats {
        hands: row.int("hands")?,
        wins: row.int("wins")?,
        rated_hands: row.int("rated_hands")?,
        staked: row.tokens("staked")?,
        won: row.tokens("won")?,
        largest_win: row.tokens("largest_win")?,
        current_streak: 0,
        best_streak: row.int("streak_max")?,
    })
}

/// The member's wins in a row, as of their last hand that could be won, in the game it was of.
pub(super) async fn streak(conn: &mut AnyConnection, user: UserId) -> Result<i64> {
    let row = sqlx::query(
        "SELECT streak FROM play_days WHERE user_id = $1 AND game <> 'gacha' \
         ORDER BY last_hand_at DESC, day DESC LIMIT 1",
    )
    .bind(user.0)
    .fetch_optional(conn)
    .await?;
    row.map_or(Ok(0), |row| row.int("streak"))
}
