//! What was played, by day and in all.

use games::achievement::Tally;
use games::{Game, HandResult, multiplier_hundredths};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::stats::GameResult;
use wire::user::UserStats;
use wire::{Tokens, UserId};

use crate::Result;
use crate::db::{Batch, Columns};
use crate::play::{IDLE_MAX_MILLIS, Seat, Settled};

/// Counts the hand in the day's statistics.
pub(in crate::play) fn count(batch: &mut Batch, seat: &Seat, settled: &Settled) {
    batch
        .push(
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
             last_hand_at = excluded.last_hand_at",
        )
        .bind(seat.user.0)
        .bind(seat.game.as_str())
        .bind(seat.at.utc_day())
        .bind(i64::from(settled.result == HandResult::Win))
        .bind(settled.stake.get())
        .bind(settled.payout.get())
        .bind(multiplier_hundredths(settled.stake, settled.payout))
        .bind(seat.at.millis())
        .bind(IDLE_MAX_MILLIS);
}

/// All that a member has played, once a hand is counted, and what it unlocked before.
pub(crate) struct Totals {
    /// Of all games.
    pub(crate) all: Tally,
    /// Of one game.
    pub(crate) of_game: Tally,
    /// The wins in a row in that game.
    pub(crate) streak: i64,
    /// The achievements that were unlocked before.
    pub(crate) unlocked: String,
}

macro_rules! totals {
    () => {
        "game, hands, wins, largest_win, multiplier_max_hundredths, streak, streak_max, games, items, legendaries, unlocked"
    };
}

/// Runs the batch and counts the hand in the totals, of its game and of all. Wins in a row are a
/// game's; in the row of all games they stay zero.
pub(in crate::play) async fn total(
    mut batch: Batch,
    conn: &mut AnyConnection,
    seat: &Seat,
    settled: &Settled,
) -> Result<Totals> {
    batch
        .push(concat!(
            "INSERT INTO play_totals (user_id, game, hands, wins, staked, won, largest_win, multiplier_max_hundredths, \
             streak, streak_max, games, items, legendaries, unlocked) \
             VALUES ($1, $2, 1, $3, $4, $5, $5, $6, $3, $3, $7, 0, 0, ''), ($1, 'all', 1, $3, $4, $5, $5, $6, 0, 0, $7, 0, 0, '') \
             ON CONFLICT (user_id, game) DO UPDATE SET \
             hands = play_totals.hands + 1, wins = play_totals.wins + excluded.wins, \
             staked = play_totals.staked + excluded.staked, won = play_totals.won + excluded.won, \
             largest_win = CASE WHEN play_totals.largest_win < excluded.largest_win \
                 THEN excluded.largest_win ELSE play_totals.largest_win END, \
             multiplier_max_hundredths = CASE \
                 WHEN play_totals.multiplier_max_hundredths < excluded.multiplier_max_hundredths \
                 THEN excluded.multiplier_max_hundredths ELSE play_totals.multiplier_max_hundredths END, \
             streak = CASE WHEN excluded.streak = 1 THEN play_totals.streak + 1 ELSE 0 END, \
             streak_max = CASE WHEN excluded.streak = 1 AND play_totals.streak >= play_totals.streak_max \
                 THEN play_totals.streak + 1 ELSE play_totals.streak_max END, \
             games = play_totals.games | excluded.games \
             RETURNING ",
            totals!()
        ))
        .bind(seat.user.0)
        .bind(seat.game.as_str())
        .bind(i64::from(settled.result == HandResult::Win))
        .bind(settled.stake.get())
        .bind(settled.payout.get())
        .bind(multiplier_hundredths(settled.stake, settled.payout))
        .bind(bit_of(seat.game));
    totals_of(&batch.run(conn).await?)
}

/// Counts what a round of pulls brought.
pub(crate) async fn collect(
    conn: &mut AnyConnection,
    user: UserId,
    items: i64,
    legendaries: i64,
) -> Result<Totals> {
    let rows = sqlx::query(concat!(
        "UPDATE play_totals SET items = items + $2, legendaries = legendaries + $3 \
         WHERE user_id = $1 AND game IN ('all', 'gacha') RETURNING ",
        totals!()
    ))
    .bind(user.0)
    .bind(items)
    .bind(legendaries)
    .fetch_all(conn)
    .await?;
    totals_of(&rows)
}

/// All that a member has played, by game; the row of all games has none.
pub(crate) async fn tallies(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Vec<(Option<Game>, Tally)>> {
    let rows = sqlx::query(concat!(
        "SELECT ",
        totals!(),
        " FROM play_totals WHERE user_id = $1"
    ))
    .bind(user.0)
    .fetch_all(conn)
    .await?;
    let mut tallies = Vec::new();
    for row in &rows {
        tallies.push((Game::parse(&row.text("game")?), tally_of(row)?));
    }
    let streak_max = tallies.iter().map(|(_, tally)| tally.streak_max).max();
    for (_, all) in tallies.iter_mut().filter(|(game, _)| game.is_none()) {
        all.streak_max = streak_max.unwrap_or_default();
    }
    Ok(tallies)
}

/// Keeps which achievements are unlocked.
pub(crate) async fn set_unlocked(
    conn: &mut AnyConnection,
    user: UserId,
    codes: &str,
) -> Result<()> {
    sqlx::query("UPDATE play_totals SET unlocked = $2 WHERE user_id = $1 AND game = 'all'")
        .bind(user.0)
        .bind(codes)
        .execute(conn)
        .await?;
    Ok(())
}

/// The bit of a game in `play_totals.games`, which rows keep for ever.
const fn bit_of(game: Game) -> i64 {
    match game {
        Game::Slot => 1,
        Game::Rps => 2,
        Game::Gacha => 4,
        Game::Crash => 8,
    }
}

fn totals_of(rows: &[AnyRow]) -> Result<Totals> {
    let mut totals = Totals {
        all: Tally::default(),
        of_game: Tally::default(),
        streak: 0,
        unlocked: String::new(),
    };
    for row in rows {
        if row.text("game")? == "all" {
            totals.all = tally_of(row)?;
            totals.unlocked = row.text("unlocked")?;
        } else {
            totals.of_game = tally_of(row)?;
            totals.streak = row.int("streak")?;
        }
    }
    totals.all.streak_max = totals.all.streak_max.max(totals.of_game.streak_max);
    Ok(totals)
}

fn tally_of(row: &AnyRow) -> Result<Tally> {
    Ok(Tally {
        hands: row.int("hands")?,
        wins: row.int("wins")?,
        streak_max: row.int("streak_max")?,
        multiplier_max_hundredths: row.int("multiplier_max_hundredths")?,
        largest_win: row.int("largest_win")?,
        games: row.int("games")?.count_ones().into(),
        items: row.int("items")?,
        legendaries: row.int("legendaries")?,
    })
}

pub(in crate::play) const STATS: &str = "SELECT CAST(COALESCE(SUM(hands), 0) AS BIGINT) AS hands, \
     CAST(COALESCE(SUM(wins), 0) AS BIGINT) AS wins, \
     CAST(COALESCE(SUM(CASE WHEN game = 'gacha' THEN 0 ELSE hands END), 0) AS BIGINT) AS rated_hands, \
     CAST(COALESCE(SUM(staked), 0) AS BIGINT) AS staked, CAST(COALESCE(SUM(won), 0) AS BIGINT) AS won, \
     COALESCE(MAX(largest_win), 0) AS largest_win, COALESCE(MAX(streak_max), 0) AS streak_max \
     FROM play_totals WHERE user_id = $1 AND game <> 'all'";

/// The sums over all games; the current streak is not among them.
pub(in crate::play) async fn stats(conn: &mut AnyConnection, user: UserId) -> Result<UserStats> {
    let row = sqlx::query(STATS).bind(user.0).fetch_one(conn).await?;
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

/// What was played of one game, over some days.
pub(in crate::play) struct OfGame {
    pub(in crate::play) result: GameResult,
    pub(in crate::play) largest_win: Tokens,
    pub(in crate::play) multiplier_max_hundredths: i64,
    pub(in crate::play) streak_max: i64,
    pub(in crate::play) millis_played: i64,
}

pub(in crate::play) const SINCE: &str = "SELECT game, CAST(SUM(hands) AS BIGINT) AS hands, \
     CAST(SUM(wins) AS BIGINT) AS wins, CAST(SUM(staked) AS BIGINT) AS staked, CAST(SUM(won) AS BIGINT) AS won, \
     MAX(largest_win) AS largest_win, MAX(multiplier_max_hundredths) AS multiplier_max_hundredths, \
     MAX(streak_max) AS streak_max, CAST(SUM(millis_played) AS BIGINT) AS millis_played \
     FROM play_days WHERE user_id = $1 AND day >= $2 GROUP BY game";

/// What the member played of each game from that day on.
pub(in crate::play) async fn since(
    conn: &mut AnyConnection,
    user: UserId,
    first_day: i64,
) -> Result<Vec<OfGame>> {
    let rows = sqlx::query(SINCE)
        .bind(user.0)
        .bind(first_day)
        .fetch_all(conn)
        .await?;
    rows.iter().map(of_game).collect()
}

fn of_game(row: &AnyRow) -> Result<OfGame> {
    Ok(OfGame {
        result: GameResult {
            game: row.parsed("game", Game::parse)?,
            hands: row.int("hands")?,
            wins: row.int("wins")?,
            staked: row.tokens("staked")?,
            won: row.tokens("won")?,
        },
        largest_win: row.tokens("largest_win")?,
        multiplier_max_hundredths: row.int("multiplier_max_hundredths")?,
        streak_max: row.int("streak_max")?,
        millis_played: row.int("millis_played")?,
    })
}

/// The member's wins in a row, as of their last hand that could be won, of one game or of any.
pub(in crate::play) async fn streak(
    conn: &mut AnyConnection,
    user: UserId,
    game: Option<Game>,
) -> Result<i64> {
    let row = sqlx::query(
        "SELECT streak FROM play_days WHERE user_id = $1 AND game <> 'gacha' AND ($2 = '' OR game = $2) \
         ORDER BY last_hand_at DESC, day DESC LIMIT 1",
    )
    .bind(user.0)
    .bind(game.map_or("", Game::as_str))
    .fetch_optional(conn)
    .await?;
    row.map_or(Ok(0), |row| row.int("streak"))
}
