//! What is asked of the database itself.

use sqlx::AnyConnection;

use crate::Result;

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
