//! The database: one door for writes, a pool for reads, the same SQL on both engines.

mod batch;
pub mod columns;
pub mod dialect;
mod migrations;
#[cfg(test)]
pub(crate) mod plans;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use scoped_futures::ScopedBoxFuture;
use secrecy::ExposeSecret;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Connection};

pub(crate) use batch::Batch;
pub use columns::Columns;
pub use dialect::Dialect;
pub use scoped_futures::ScopedFutureExt;

use crate::settings::DatabaseSettings;
use crate::{Error, Result};
use writer::Writer;

/// A connection that worked so lately is not asked whether it still does.
const TRUSTED: Duration = Duration::from_secs(1);
/// How often a PostgreSQL transaction is tried when others get in its way.
const ATTEMPTS_MAX: u32 = 8;

/// What runs in a transaction: reads, decides, writes rows.
///
/// A boxed future, because the future of an `async` closure cannot be shown to be `Send` for every
/// lifetime of the connection it borrows.
pub trait Work<'env, T>:
    for<'tx> FnMut(&'tx mut AnyConnection) -> ScopedBoxFuture<'env, 'tx, Result<T>> + Send
{
}

impl<'env, T, F> Work<'env, T> for F where
    F: for<'tx> FnMut(&'tx mut AnyConnection) -> ScopedBoxFuture<'env, 'tx, Result<T>> + Send
{
}

/// The club's rows; cheap to clone.
#[derive(Clone)]
pub struct Db {
    dialect: Dialect,
    pool: AnyPool,
    /// SQLite has one writer, on a connection of its own.
    writer: Option<Arc<Writer>>,
}

impl Db {
    /// Connects; a SQLite file is created when missing.
    ///
    /// # Errors
    /// When the address is not understood, the server does not answer, or the file is read-only.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let url = settings.url.expose_secret();
        let dialect = Dialect::of(url)?;
        let options = dialect.options(url)?;
        let writer = match dialect {
            Dialect::Sqlite => Some(Arc::new(Writer::open(&options, settings.lock_wait).await?)),
            Dialect::Postgres => None,
        };
        let pool = pool(dialect, options, settings).await?;
        Ok(Self {
            dialect,
            pool,
            writer,
        })
    }

    /// Which engine it is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Brings the schema up to this build, and makes sure that rows can be written.
    ///
    /// # Errors
    /// When the database is newer than this build, or a migration fails.
    pub async fn migrate(&self) -> Result<()> {
        migrations::run(self).await?;
        self.probe().await
    }

    /// Writes without changing anything: SQLite opens a read-only file, and begins a transaction
    /// in it, without a word, and the first refusal must not be a member's.
    async fn probe(&self) -> Result<()> {
        let touch = "UPDATE club_values SET value = value WHERE name = ''";
        self.write(|tx| {
            async move {
                sqlx::query(touch).execute(tx).await?;
                Ok(())
            }
            .scope_boxed()
        })
        .await
    }

    /// A connection that only reads.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.pool.acquire().await?)
    }

    /// Runs `work` in a transaction: all of it commits, or none of it. The only way to write.
    ///
    /// On PostgreSQL `work` may run again when another transaction got in its way, so it must not
    /// do anything but read, decide and write rows.
    ///
    /// ```text
    /// let request = &request; // what `work` needs is borrowed before, because it may run again
    /// db.write(|tx| async move { store::insert(tx, request).await }.scope_boxed()).await
    /// ```
    ///
    /// # Errors
    /// What `work` says, or when the commit fails; then nothing was written.
    pub async fn write<'env, T: Send>(&self, mut work: impl Work<'env, T>) -> Result<T> {
        if let Some(writer) = &self.writer {
            return writer.write(&mut work).await;
        }
        let mut attempt = 1;
        loop {
            match self.attempt(&mut work).await {
                Err(Error::Database(error))
                    if attempt < ATTEMPTS_MAX && dialect::is_collision(&error) =>
                {
                    attempt += 1
                }
                done => return done,
            }
        }
    }

    async fn attempt<'env, T: Send>(&self, work: &mut impl Work<'env, T>) -> Result<T> {
        let mut transaction = self.pool.begin().await?;
        let value = work(&mut transaction).await?;
        transaction.commit().await?;
        Ok(value)
    }

    /// Whether the database answers.
    pub async fn is_reachable(&self) -> bool {
        let ping = async {
            let mut conn = self.read().await?;
            sqlx::query("SELECT 1").execute(&mut *conn).await?;
            Ok::<_, Error>(())
        };
        ping.await.is_ok()
    }

    /// Ends the pooled connections; the writer's ends with the last clone.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

async fn pool(
    dialect: Dialect,
    options: AnyConnectOptions,
    settings: &DatabaseSettings,
) -> Result<AnyPool> {
    let setup: Arc<[String]> = dialect.session_setup(settings.lock_wait).into();
    let pool = AnyPoolOptions::new()
        .max_connections(settings.connections_max)
        .acquire_timeout(settings.acquire_wait)
        .test_before_acquire(false)
        .before_acquire(|conn, about| {
            Box::pin(async move {
                if about.idle_for > TRUSTED {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |conn, _| {
            let setup = setup.clone();
            Box::pin(async move {
                for statement in setup.iter() {
                    sqlx::query(AssertSqlSafe(statement.clone()))
                        .execute(&mut *conn)
                        .await?;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
