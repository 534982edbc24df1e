//! The rows of the trail.

use economy::Timestamp;
use sqlx::AnyConnection;

use super::Act;
use crate::Result;

/// Writes one row.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    act: &Act,
    (before, after): (Option<String>, Option<String>),
    outcome: &str,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (actor, action, subject, state_before, state_after, outcome, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(act.actor.0)
    .bind(act.action)
    .bind(act.subject.as_str())
    .bind(before)
    .bind(after)
    .bind(outcome)
    .bind(at.millis())
    .execute(conn)
    .await?;
    Ok(())
}
