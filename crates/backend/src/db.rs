//! The database: one door for writes, a pool for reads, the same SQL on both engines.

mod asked;
mod batch;
pub mod columns;
mod dedicated;
pub mod dialect;
mod files;
#[cfg(test)]
mod fresh;
mod lookout;
mod migrations;
#[cfg(test)]
pub(crate) mod plans;
mod rows;
mod store;
mod text;
mod tx;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use scoped_futures::ScopedBoxFuture;
use secrecy::ExposeSecret;
use sqlx::any::AnyPoolOptions;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, AssertSqlSafe, Connection};

pub(crate) use asked::Asked;
pub(crate) use batch::Batch;
pub use columns::Columns;
pub(crate) use dedicated::{Dedicated, Failure};
pub use dialect::Dialect;
pub use files::{make_file, make_folder};
pub(crate) use rows::{Column, Count};
pub use scoped_futures::ScopedFutureExt;
pub use tx::Tx;

use crate::error::Trouble;
use crate::settings::DatabaseSettings;
use crate::wake::Wake;
use crate::{Clock, Error, Result};
use dedicated::Address;
use lookout::Lookout;
use tx::On;
use writer::Writer;

/// A connection that worked so lately is not asked whether it still does.
const TRUSTED: Duration = Duration::from_secs(1);
/// How often a PostgreSQL transaction is tried when others get in its way.
const ATTEMPTS_MAX: u32 = 8;
/// How many connections of PostgreSQL are kept for what the clock asks for: one that waits for a
/// member's account leaves the other.
pub(crate) const RESERVED_ON_POSTGRES: u32 = 2;
/// Of SQLite it only reads; it writes as everybody does, see [`writer`].
const RESERVED_ON_SQLITE: u32 = 1;

/// What runs in a transaction: reads, decides, writes rows.
///
/// A boxed future, because the future of an `async` closure cannot be shown to be `Send` for every
/// lifetime of the connection it borrows.
pub trait Work<'env, T>:
    for<'tx> FnMut(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<T>> + Send
{
}

impl<'env, T, F> Work<'env, T> for F where
    F: for<'tx> FnMut(&'tx mut Tx) -> ScopedBoxFuture<'env, 'tx, Result<T>> + Send
{
}

/// The club's rows; cheap to clone.
#[derive(Clone)]
pub struct Db {
    dialect: Dialect,
    pool: AnyPool,
    /// The connections of [`Db::reserved`].
    reserve: AnyPool,
    /// The connection of [`Db::is_reachable`].
    lookout: Arc<Lookout>,
    /// SQLite has one writer, on a connection of its own.
    writer: Option<Arc<Writer>>,
    /// A server of PostgreSQL can be reached by further connections.
    address: Option<Arc<Address>>,
    /// Whether a server of PostgreSQL is spoken to over TLS.
    is_over_tls: bool,
    /// What a transaction goes by.
    clock: Arc<dyn Clock>,
    /// Who is told what it changed.
    wake: Arc<dyn Wake>,
}

impl Db {
    /// Connects; a SQLite file is created when missing.
    ///
    /// # Errors
    /// When the address is not understood, the server does not answer, or the file is read-only.
    pub(crate) async fn open(
        settings: &DatabaseSettings,
        clock: Arc<dyn Clock>,
        wake: Arc<dyn Wake>,
    ) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let url = settings.url.expose_secret();
        let dialect = Dialect::of(url)?;
        let options = dialect.options(url)?;
        let writer = match dialect {
            Dialect::Sqlite => {
                let writer = Writer::open(&options, settings.lock_wait, wake.clone()).await?;
                Some(Arc::new(writer))
            }
            Dialect::Postgres => None,
        };
        let setup: Arc<[String]> = dialect.session_setup(settings.lock_wait).into();
        let address = (dialect == Dialect::Postgres).then(|| Address {
            options: options.clone(),
            setup: setup.clone(),
            wait: settings.acquire_wait,
        });
        let reserved = match dialect {
            Dialect::Sqlite => RESERVED_ON_SQLITE,
            Dialect::Postgres => RESERVED_ON_POSTGRES,
        };
        let reserve = pool_of(reserved, setup.clone(), settings)
            .min_connections(reserved)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with(options.clone());
        let lookout = Lookout::new(options.clone(), settings.acquire_wait);
        let pool = pool_of(settings.connections_max, setup, settings);
        let pool = pool.connect_with(options).await?;
        let is_over_tls = match dialect {
            Dialect::Sqlite => false,
            Dialect::Postgres => store::is_over_tls(&mut *pool.acquire().await?).await?,
        };
        Ok(Self {
            dialect,
            pool,
            reserve,
            lookout: Arc::new(lookout),
            writer,
            address: address.map(Arc::new),
            is_over_tls,
            clock,
            wake,
        })
    }

    /// Which engine it is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether a server of PostgreSQL is spoken to over TLS.
    pub(crate) const fn is_over_tls(&self) -> bool {
        self.is_over_tls
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
        self.write(|tx| async move { store::touch(tx).await }.scope_boxed())
            .await
    }

    /// A connection that only reads.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<PoolConnection<Any>> {
        Ok(self.pool.acquire().await?)
    }

    /// Runs `work` in a transaction: all of it commits, or none of it.
    ///
    /// On PostgreSQL `work` may run again when another transaction got in its way, so it must not
    /// do anything but read, decide and write rows. What else follows it leaves with [`Tx`], which
    /// does it after the commit.
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
            return writer.write(&mut work, self.clock.clone()).await;
        }
        let mut attempt = 1;
        loop {
            match self.attempt(&mut work).await {
                Err(Error::Database(Trouble::Collision, _)) if attempt < ATTEMPTS_MAX => {
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    async fn attempt<'env, T: Send>(&self, work: &mut impl Work<'env, T>) -> Result<T> {
        let on = On::Pooled(self.pool.begin().await?);
        let mut tx = Tx::new(on, self.clock.clone());
        let value = work(&mut tx).await?;
        let (On::Pooled(transaction), after) = tx.into_parts() else {
            return Err(Error::Internal(
                "a transaction changed its place".to_owned(),
            ));
        };
        let wake = self.wake.clone();
        // A commit that has begun is followed by what belongs to it, whoever waits for it.
        let committed = tokio::spawn(async move {
            transaction.commit().await?;
            after.run(&*wake);
            Ok::<_, Error>(())
        });
        committed
            .await
            .map_err(|error| Error::Internal(format!("commit: {error}")))??;
        Ok(value)
    }

    /// A connection for one task that writes much.
    pub(crate) fn dedicated(&self) -> Dedicated {
        Dedicated::new(self.clone())
    }

    /// The same rows by connections that are kept for what the clock asks for, so that members who
    /// hold all others do not hold it up.
    pub(crate) fn reserved(&self) -> Self {
        Self {
            pool: self.reserve.clone(),
            ..self.clone()
        }
    }

    /// Whether the database answers, in as long as it may take a request to get a connection. It is asked by
    /// a connection that is kept for that: that members hold all others is no illness.
    pub async fn is_reachable(&self) -> bool {
        !self.pool.is_closed() && self.lookout.is_answered().await
    }

    /// Ends the pooled connections; the writer's ends with the last clone.
    pub async fn close(&self) {
        self.lookout.close().await;
        self.reserve.close().await;
        self.pool.close().await;
    }
}

/// A pool of so many connections, each of which runs the setup first.
fn pool_of(
    connections_max: u32,
    setup: Arc<[String]>,
    settings: &DatabaseSettings,
) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections_max)
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
}
