//! What was played, by day and in all.

use games::Game;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::stats::GameResult;
use wire::user::UserStats;
use wire::{Tokens, UserId};

use crate::Result;
use crate::db::Columns;

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
        staked: row.tokens("play_totals.staked")?,
        won: row.tokens("play_totals.won")?,
        largest_win: row.tokens("play_totals.largest_win")?,
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

/// A row of sums over days.
pub(super) fn result_of(row: &AnyRow) -> Result<GameResult> {
    Ok(GameResult {
        game: row.parsed("play_days.game", Game::parse)?,
        hands: row.int("hands")?,
        wins: row.int("wins")?,
        staked: row.tokens("play_days.staked")?,
        won: row.tokens("play_days.won")?,
    })
}

fn of_game(row: &AnyRow) -> Result<OfGame> {
    Ok(OfGame {
        result: result_of(row)?,
        largest_win: row.tokens("play_days.largest_win")?,
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
