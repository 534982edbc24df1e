//! The plans of what is asked often: each reads an index of what it asks for, and no table whole.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use wire::stats::Metric;

use super::store::board::Board;
use super::store::{self, sessions, stats};
use games::Game;

async fn migrated() -> AnyConnection {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect("sqlite::memory:").await.unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let sql = std::fs::read_to_string(file).unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut conn)
            .await
            .unwrap();
    }
    conn
}

/// The steps of a statement's plan; what it is asked for does not change it.
async fn plan(conn: &mut AnyConnection, sql: &str) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let mut query = sqlx::query(AssertSqlSafe(sql.clone()));
    for number in 1..=9 {
        if sql.contains(&format!("${number}")) {
            query = query.bind(0_i64);
        }
    }
    let steps = query.fetch_all(conn).await.unwrap();
    let steps = steps.iter().map(|step| step.get::<String, _>("detail"));
    steps.collect::<Vec<_>>().join("\n")
}

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
