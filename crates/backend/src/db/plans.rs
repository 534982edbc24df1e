//! How SQLite answers a question: for tests that a question reads its index.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};

/// An empty club in memory.
pub(crate) async fn migrated() -> AnyConnection {
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
pub(crate) async fn plan(conn: &mut AnyConnection, sql: &str) -> String {
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
