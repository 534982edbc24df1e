//! A connection that one task writes on, one transaction after another, with as few hand-overs and
//! round trips as the engine allows. On SQLite it is the writer's.

use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, AssertSqlSafe, ConnectOptions};

use super::tx::{On, Tx};
use super::{Batch, Db, Work, dialect};
use crate::error::Trouble;
use crate::{Error, Result};

/// How a transaction failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It did nothing.
    Undone(Error),
    /// What its commit did is not known.
    Unknown(Error),
}

/// How a server of PostgreSQL is reached.
pub(super) struct Address {
    pub(super) options: AnyConnectOptions,
    /// What each connection runs first.
    pub(super) setup: Arc<[String]>,
    /// How long connecting may take.
    pub(super) wait: Duration,
}

/// Beside what every connection runs first: the texts of batches are few, and each keeps the plan that
/// was made for it.
const SETUP: [&str; 2] = ["SET plan_cache_mode = force_generic_plan", "SET jit = off"];

/// How long a transaction may take before its connection is given up.
const TRANSACTION_MAX: Duration = Duration::from_secs(10);

/// The connection; it is opened at its first use, and again when it was lost.
pub(crate) struct Dedicated {
    db: Db,
    conn: Option<AnyConnection>,
}

impl Dedicated {
    pub(super) const fn new(db: Db) -> Self {
        let conn = None;
        Self { db, conn }
    }

    /// Runs `work` in a transaction. What it gives beside its value is written last, with the commit;
    /// nothing when there is nothing to commit. Its first statement is made by [`Batch::first`].
    pub(crate) async fn write<'env, T: Send>(
        &mut self,
        mut work: impl Work<'env, (T, Option<Batch>)>,
    ) -> std::result::Result<T, Failure> {
        if let Some(writer) = &self.db.writer {
            return writer.write_alone(&mut work, self.db.clock.clone()).await;
        }
        let conn = self.begin().await.map_err(Failure::Undone)?;
        let mut tx = Tx::new(On::Own(conn), self.db.clock.clone());
        let written = async {
            let (value, last) = work(&mut tx).await?;
            if let Some(batch) = last {
                batch.run(&mut tx).await?;
            }
            Ok(value)
        };
        let written = in_time(written).await;
        let (On::Own(mut conn), after) = tx.into_parts() else {
            let moved = Error::Internal("a transaction changed its place".to_owned());
            return Err(Failure::Unknown(moved));
        };
        let value = match written {
            Ok(value) => value,
            Err(error) => {
                let is_there = !matches!(error, Error::Database(Trouble::Away, _));
                if is_there && in_time(execute(&mut conn, "ROLLBACK")).await.is_ok() {
                    self.conn = Some(conn);
                }
                return Err(Failure::Undone(error));
            }
        };
        match in_time(execute(&mut conn, "COMMIT")).await {
            Ok(()) => {
                self.conn = Some(conn);
                after.run(&*self.db.wake);
                Ok(value)
            }
            // The server itself says that it did not commit.
            Err(error) if is_refused(&error) => Err(Failure::Undone(error)),
            Err(error) => Err(Failure::Unknown(error)),
        }
    }

    /// The connection, in a transaction that has begun. Whoever drops it in the middle closes it.
    async fn begin(&mut self) -> Result<AnyConnection> {
        if let Some(mut conn) = self.conn.take()
            && in_time(execute(&mut conn, "BEGIN")).await.is_ok()
        {
            return Ok(conn);
        }
        // There was none, or it was lost since. Where there is none to be had, the pool may have some.
        let address = self.db.address.as_deref();
        let nowhere = || Error::Internal("nowhere to connect to".to_owned());
        let connected = connect(address.ok_or_else(nowhere)?).await;
        let mut conn = connected.map_err(|error| Error::Unavailable(error.to_string()))?;
        in_time(execute(&mut conn, "BEGIN")).await?;
        Ok(conn)
    }
}

async fn connect(address: &Address) -> Result<AnyConnection> {
    let connecting = async {
        let mut conn = address.options.connect().await?;
        for statement in address.setup.iter() {
            let statement = AssertSqlSafe(statement.clone());
            sqlx::query(statement).execute(&mut conn).await?;
        }
        for statement in SETUP {
            execute(&mut conn, statement).await?;
        }
        Ok(conn)
    };
    let connected = tokio::time::timeout(address.wait, connecting).await;
    connected.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
}

/// Whether an error of a commit says that nothing was committed.
fn is_refused(error: &Error) -> bool {
    match error {
        Error::Database(Trouble::Collision, _) => true,
        Error::Database(_, error) => dialect::constraint(error).is_some(),
        _ => false,
    }
}

async fn execute(conn: &mut AnyConnection, statement: &'static str) -> Result<()> {
    sqlx::query(statement).execute(conn).await?;
    Ok(())
}

/// What takes longer counts as a database that is away.
async fn in_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = tokio::time::timeout(TRANSACTION_MAX, work).await;
    done.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
}
