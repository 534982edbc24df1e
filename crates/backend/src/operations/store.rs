//! The rows of requests with keys.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{Code, UserId};

use crate::db::{Columns, dialect};
use crate::{Error, Result};

/// What was asked and answered.
pub(super) struct Row {
    pub(super) request_hash: [u8; 32],
    pub(super) answer: String,
}

/// The status that is kept with an answer: only successes bind a key.
pub(crate) const STATUS_OK: i64 = 200;

/// The request of that name and key.
pub(super) async fn find(
    conn: &mut AnyConnection,
    user: UserId,
    name: &str,
    key: &str,
) -> Result<Option<Row>> {
    sqlx::query("SELECT request_hash, answer FROM operations WHERE user_id = $1 AND operation = $2 AND key = $3")
        .bind(user.0)
        .bind(name)
        .bind(key)
        .fetch_optional(conn)
        .await?
        .map(|row| Ok(Row { request_hash: row.array("operations.request_hash")?, answer: row.text("answer")? }))
        .transpose()
}

/// Keeps a request and its answer. A twin has waited for the account; who finds the key taken now has
/// used it for another account at the same time, and so for another request.
pub(super) async fn insert(
    conn: &mut AnyConnection,
    user: UserId,
    name: &str,
    key: &str,
    row: &Row,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO operations (user_id, operation, key, request_hash, status, answer, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(user.0)
    .bind(name)
    .bind(key)
    .bind(row.request_hash.to_vec())
    .bind(STATUS_OK)
    .bind(row.answer.as_str())
    .bind(at.millis())
    .execute(conn)
    .await
    .map_err(|error| match dialect::constraint(&error).as_deref() {
        Some("operations_pkey") => Error::from(Code::IdempotencyMismatch),
        _ => error.into(),
    })?;
    Ok(())
}

/// Forgets a request.
pub(super) async fn delete(
    conn: &mut AnyConnection,
    user: UserId,
    name: &str,
    key: &str,
) -> Result<()> {
    sqlx::query("DELETE FROM operations WHERE user_id = $1 AND operation = $2 AND key = $3")
        .bind(user.0)
        .bind(name)
        .bind(key)
        .execute(conn)
        .await?;
    Ok(())
}
