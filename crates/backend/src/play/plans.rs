//! The plans of what is asked often: each reads an index of what it asks for, and no table whole.

use wire::stats::Metric;

use super::store::board::Board;
use super::store::{self, days, sessions, stats};
use crate::db::plans::{migrated, plan};
use games::Game;

fn board(game: Option<Game>, first_day: Option<i64>) -> String {
    let metric = Metric::Net;
    Board {
        game,
        metric,
        first_day,
    }
    .sql()
}

#[tokio::test]
async fn every_question_has_its_index() {
    let mut conn = migrated().await;
    let questions = [
        (store::HISTORY.to_owned(), "hands_user_time"),
        (store::HISTORY_OF_GAME.to_owned(), "hands_user_game_time"),
        (stats::STATS.to_owned(), "sqlite_autoindex_play_totals_1"),
        (stats::SINCE.to_owned(), "sqlite_autoindex_play_days_1"),
        (days::OF_DAY.to_owned(), "play_days_day"),
        (sessions::CURRENT.to_owned(), "play_sessions_one_active"),
        (board(None, None), "play_totals_game"),
        (board(Some(Game::Slot), None), "play_totals_game"),
        (board(None, Some(1)), "play_days_day"),
        (board(Some(Game::Slot), Some(1)), "play_days_day"),
    ];
    for (sql, index) in questions {
        let plan = plan(&mut conn, &sql).await;
        assert!(plan.contains(index), "{index} for {sql}:\n{plan}");
        for table in ["h", "play_days", "play_totals", "play_sessions"] {
            let whole = format!("SCAN {table}");
            let is_whole = plan.lines().any(|step| step == whole);
            assert!(!is_whole, "{sql} reads all of {table}:\n{plan}");
        }
    }
}

#[tokio::test]
async fn history_is_read_in_the_order_of_its_index() {
    let mut conn = migrated().await;
    for sql in [store::HISTORY, store::HISTORY_OF_GAME] {
        let plan = plan(&mut conn, sql).await;
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }
}
