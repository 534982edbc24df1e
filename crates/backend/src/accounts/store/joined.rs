//! How many joined.

use sqlx::AnyConnection;

use crate::Result;
use crate::db::Columns;

/// By the day, as its index has it: one of the instants themselves would be taken for lists, too, which are read in
/// one that has all that they ask.
const JOINED: &str = "SELECT COUNT(*) AS n FROM users WHERE created_at / 86400000 = $1";

/// How many joined on that UTC day, whatever became of them.
pub(crate) async fn joined(conn: &mut AnyConnection, day: i64) -> Result<i64> {
    sqlx::query(JOINED)
        .bind(day)
        .fetch_one(conn)
        .await?
        .int("n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn who_joined_on_a_day_is_counted_by_an_index() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, JOINED).await;
        assert!(plan.contains("SEARCH users USING"), "{plan}");
        assert!(plan.contains("INDEX users_day"), "{plan}");
    }
}
