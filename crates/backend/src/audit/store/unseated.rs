//! Who kept others of staff from acting.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::audit::{Action, DONE};

/// A member of staff, also one who was, is a row of `staff`.
const UNSEATED: &str = "SELECT seq FROM audit_log \
     WHERE actor = $1 AND created_at > $2 AND outcome = $3 AND action IN ($4, $5, $6) \
     AND subject IN (SELECT CAST(user_id AS TEXT) FROM staff) LIMIT 1";

/// Whether somebody reset another's second factor, changed another's roles in whatever way, or banned another of
/// staff, after that instant.
pub(crate) async fn has_unseated(
    conn: &mut AnyConnection,
    actor: UserId,
    after: Timestamp,
) -> Result<bool> {
    let found = sqlx::query(UNSEATED)
        .bind(actor.0)
        .bind(after.millis())
        .bind(DONE)
        .bind(Action::ResetFactor.as_str())
        .bind(Action::Roles.as_str())
        .bind(Action::Ban.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::UNSEATED;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn what_somebody_took_away_is_found_by_an_index() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, UNSEATED).await;
        assert!(
            plan.contains("INDEX audit_log_actor_time (actor=? AND created_at>?)"),
            "{plan}"
        );
    }
}
