//! One linear history, the same file names for both engines, forward only.

use sqlx::migrate::Migrator;

use crate::Result;
use crate::db::{Db, Dialect};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

pub(super) async fn run(db: &Db) -> Result<()> {
    match &db.writer {
        Some(writer) => SQLITE.run(&mut *writer.connection().await).await?,
        None => POSTGRES.run(&db.pool).await?,
    }
    debug_assert_eq!(db.writer.is_some(), db.dialect == Dialect::Sqlite);
    Ok(())
}
