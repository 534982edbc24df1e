//! Leaderboards.

use economy::Timestamp;
use games::Game;
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::stats::Metric;

use crate::Result;
use crate::db::Columns;

/// How many places a leaderboard has at most: whoever stands below has none.
const PLACES_MAX: i64 = 10_000;

/// Which leaderboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::play) struct Board {
    /// Of all games together without one.
    pub(in crate::play) game: Option<Game>,
    pub(in crate::play) metric: Metric,
    /// The first day that counts; the totals of all days when there is none.
    pub(in crate::play) first_day: Option<i64>,
}

/// A member with what they are ranked by: tokens, or a multiplier in hundredths.
pub(in crate::play) struct Ranked {
    pub(in crate::play) user: UserId,
    pub(in crate::play) nickname: String,
    pub(in crate::play) value: i64,
}

impl Board {
    /// The statement. Each plan reads only the rows of its game or of its days; without the plus
    /// before `user_id`, SQLite would read every day of everyone in the order of members.
    pub(in crate::play) fn sql(self) -> String {
        let results = match self.first_day {
            None => format!(
                "SELECT user_id, {} AS value FROM play_totals WHERE game = $2 AND $3 < 0",
                match self.metric {
                    Metric::Multiplier => "multiplier_max_hundredths",
                    Metric::LargestWin => "largest_win",
                    Metric::Net => "won - staked",
                }
            ),
            Some(_) => format!(
                "SELECT +user_id AS user_id, CAST({} AS BIGINT) AS value FROM play_days \
                 WHERE day >= $3 AND {} GROUP BY +user_id",
                match self.metric {
                    Metric::Multiplier => "MAX(multiplier_max_hundredths)",
                    Metric::LargestWin => "MAX(largest_win)",
                    Metric::Net => "SUM(won - staked)",
                },
                match self.game {
                    None => "$2 = 'all'",
                    Some(_) => "game = $2",
                },
            ),
        };
        format!(
            "SELECT r.user_id, u.nickname, r.value FROM ({results}) r JOIN users u ON u.id = r.user_id \
             WHERE r.value > 0 AND u.deleted_at IS NULL AND (u.banned_at IS NULL OR u.banned_until <= $1) \
             ORDER BY r.value DESC, r.user_id LIMIT $4"
        )
    }
}

/// Everyone who has a place, the best first; of equals, whoever joined first.
pub(in crate::play) async fn ranking(
    conn: &mut AnyConnection,
    board: Board,
    now: Timestamp,
) -> Result<Vec<Ranked>> {
    let rows = sqlx::query(AssertSqlSafe(board.sql()))
        .bind(now.millis())
        .bind(board.game.map_or("all", Game::as_str))
        .bind(board.first_day.unwrap_or(-1))
        .bind(PLACES_MAX)
        .fetch_all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Ranked {
                user: UserId(row.int("user_id")?),
                nickname: row.text("nickname")?,
                value: row.int("value")?,
            })
        })
        .collect()
}
