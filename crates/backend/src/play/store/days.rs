//! What everyone played on one day.

use sqlx::AnyConnection;
use wire::stats::GameResult;

use super::stats::result_of;
use crate::Result;

/// The rows of that day: one for each member who played, and for each of their games.
pub(in crate::play) const OF_DAY: &str = "SELECT game, CAST(SUM(hands) AS BIGINT) AS hands, \
     CAST(SUM(wins) AS BIGINT) AS wins, CAST(SUM(staked) AS BIGINT) AS staked, CAST(SUM(won) AS BIGINT) AS won \
     FROM play_days WHERE day = $1 GROUP BY game";

/// What everyone played of each game on that UTC day; a game that nobody played is left out.
pub(in crate::play) async fn of_day(conn: &mut AnyConnection, day: i64) -> Result<Vec<GameResult>> {
    let rows = sqlx::query(OF_DAY).bind(day).fetch_all(conn).await?;
    rows.iter().map(result_of).collect()
}
