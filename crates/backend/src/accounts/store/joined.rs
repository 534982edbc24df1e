//! How many joined.

use economy::Timestamp;
use sqlx::AnyConnection;

use crate::Result;
use crate::db::Columns;

const JOINED: &str = "SELECT COUNT(*) AS n FROM users WHERE created_at >= $1 AND created_at < $2";

/// How many joined from `from` until before `until`, whatever became of them.
pub(crate) async fn joined(
    conn: &mut AnyConnection,
    from: Timestamp,
    until: Timestamp,
) -> Result<i64> {
    sqlx::query(JOINED)
        .bind(from.millis())
        .bind(until.millis())
        .fetch_one(conn)
        .await?
        .int("n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn who_joined_on_a_day_is_counted_in_an_index_alone() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, JOINED).await;
        assert!(plan.contains("COVERING INDEX users_created"), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }
}
