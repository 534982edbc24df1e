//! What is asked of the database itself.

use sqlx::AnyConnection;

use crate::Result;
use crate::db::Columns;

/// Writes without changing anything.
pub(super) async fn touch(conn: &mut AnyConnection) -> Result<()> {
    sqlx::query("UPDATE club_values SET value = value WHERE name = ''")
        .execute(conn)
        .await?;
    Ok(())
}

/// Reads without asking for anything.
pub(super) async fn ping(conn: &mut AnyConnection) -> Result<()> {
    sqlx::query("SELECT 1").execute(conn).await?;
    Ok(())
}

/// Whether this connection, of PostgreSQL, is over TLS.
pub(super) async fn is_over_tls(conn: &mut AnyConnection) -> Result<bool> {
    let row = sqlx::query(
        "SELECT CAST(CASE WHEN ssl THEN 1 ELSE 0 END AS BIGINT) AS is_over_tls
         FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
    )
    .fetch_optional(conn)
    .await?;
    row.map_or(Ok(false), |row| row.flag("is_over_tls"))
}
