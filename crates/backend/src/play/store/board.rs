//! Leaderboards.

use economy::Timestamp;
use games::Game;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::stats::{Metric, Place, Value};

use crate::Result;
use crate::db::Columns;
use crate::play::decimal;

/// How many stand above and below the member who asks.
pub(in crate::play) const NEIGHBOURS: i64 = 2;

/// Which leaderboard.
#[derive(Clone, Copy)]
pub(in crate::play) struct Board {
    pub(in crate::play) game: Option<Game>,
    pub(in crate::play) metric: Metric,
    /// The first day that counts; the totals of all days when there is none.
    pub(in crate::play) first_day: Option<i64>,
}

impl Board {
    /// The statement: everyone's result, then their place among those who are shown. Each plan reads
    /// only the rows of its game or of its days; without the plus before `user_id`, SQLite would read
    /// every day of everyone in the order of members.
    pub(in crate::play) fn sql(self) -> String {
        let results = match self.first_day {
            None => format!(
                "SELECT user_id, {} AS value FROM play_totals WHERE game = $4 AND $5 < 0",
                match self.metric {
                    Metric::Multiplier => "multiplier_max_hundredths",
                    Metric::LargestWin => "largest_win",
                    Metric::Net => "won - staked",
                }
            ),
            Some(_) => format!(
                "SELECT +user_id AS user_id, CAST({} AS BIGINT) AS value FROM play_days \
                 WHERE day >= $5 AND {} GROUP BY +user_id",
                match self.metric {
                    Metric::Multiplier => "MAX(multiplier_max_hundredths)",
                    Metric::LargestWin => "MAX(largest_win)",
                    Metric::Net => "SUM(won - staked)",
                },
                match self.game {
                    None => "$4 = 'all'",
                    Some(_) => "game = $4",
                },
            ),
        };
        format!(
            "WITH results AS ({results}), placed AS MATERIALIZED ( \
                 SELECT r.user_id, u.nickname, r.value, \
                 ROW_NUMBER() OVER (ORDER BY r.value DESC, r.user_id) AS place \
                 FROM results r JOIN users u ON u.id = r.user_id \
                 WHERE r.value > 0 AND u.deleted_at IS NULL AND (u.banned_at IS NULL OR u.banned_until <= $1) \
             ), mine AS (SELECT place FROM placed WHERE user_id = $3) \
             SELECT place, user_id, nickname, value FROM placed \
             WHERE place <= $2 OR place BETWEEN (SELECT place FROM mine) - {NEIGHBOURS} \
             AND (SELECT place FROM mine) + {NEIGHBOURS} ORDER BY place"
        )
    }

    fn place_of(self, row: &AnyRow) -> Result<Place> {
        let value = row.int("value")?;
        Ok(Place {
            rank: row.int("place")?,
            user_id: UserId(row.int("user_id")?),
            nickname: row.text("nickname")?,
            value: match self.metric {
                Metric::Multiplier => Value::Multiplier(decimal(value)),
                Metric::LargestWin | Metric::Net => Value::Tokens(value),
            },
        })
    }
}

/// The first places, and those around the member, in order.
pub(in crate::play) async fn places(
    conn: &mut AnyConnection,
    board: Board,
    user: UserId,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Place>> {
    let rows = sqlx::query(AssertSqlSafe(board.sql()))
        .bind(now.millis())
        .bind(limit)
        .bind(user.0)
        .bind(board.game.map_or("all", Game::as_str))
        .bind(board.first_day.unwrap_or(-1))
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| board.place_of(row)).collect()
}
