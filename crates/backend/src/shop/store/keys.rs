//! The secret of the receipts, among the club's values.

use sqlx::AnyConnection;

use crate::db::Columns;
use crate::{Error, Result};

/// Where it stands in `club_values`.
const NAME: &str = "receipt_key";

/// The secret, if it was made.
pub(in crate::shop) async fn find(conn: &mut AnyConnection) -> Result<Option<String>> {
    sqlx::query("SELECT value FROM club_values WHERE name = $1")
        .bind(NAME)
        .fetch_optional(conn)
        .await?
        .map(|row| row.text("value"))
        .transpose()
}

/// Keeps a fresh secret unless another process was quicker; gives the one that counts.
pub(in crate::shop) async fn keep(conn: &mut AnyConnection, fresh: &str) -> Result<String> {
    sqlx::query(
        "INSERT INTO club_values (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
    )
    .bind(NAME)
    .bind(fresh)
    .execute(&mut *conn)
    .await?;
    let kept = find(conn).await?;
    kept.ok_or_else(|| Error::Internal("the receipt key was not kept".to_owned()))
}
