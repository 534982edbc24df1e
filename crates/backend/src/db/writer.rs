//! SQLite's one writer. Writes that wait at the same time share a commit.
//!
//! The first write of a batch begins the transaction and sends for the committer. The committer
//! queues for the connection behind the writes that already wait, so these join the batch, each in
//! a savepoint of its own; then it commits once for all. No write is answered before that commit.

use std::ops::DerefMut;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use wire::Code;

use crate::db::{Dialect, Work};
use crate::{Error, Result};

/// How a batch ended; `None` until it has.
type Ending = Option<std::result::Result<(), Arc<sqlx::Error>>>;

pub(super) struct Writer {
    seat: Arc<Mutex<Seat>>,
    /// How long a write waits for its turn.
    lock_wait: Duration,
}

/// What only the write in turn touches.
struct Seat {
    conn: AnyConnection,
    /// The open transaction, if there is one.
    batch: Option<watch::Sender<Ending>>,
    newest: Newest,
    /// Whether a write was dropped while it began the transaction, which may be open since.
    is_unsure: bool,
}

/// The newest savepoint of the open transaction.
#[derive(Clone, Copy)]
enum Newest {
    None,
    /// Its write is done, and stays.
    Done,
    /// Its write failed, or was dropped in the middle.
    Undone,
}

impl Writer {
    pub(super) async fn open(options: &AnyConnectOptions, lock_wait: Duration) -> Result<Self> {
        let mut conn = options.connect().await?;
        for statement in Dialect::SQLITE_WRITER_SETUP {
            sqlx::query(*statement).execute(&mut conn).await?;
        }
        let seat = Seat {
            conn,
            batch: None,
            newest: Newest::None,
            is_unsure: false,
        };
        Ok(Self {
            seat: Arc::new(Mutex::new(seat)),
            lock_wait,
        })
    }

    pub(super) async fn write<'env, T: Send>(&self, work: &mut impl Work<'env, T>) -> Result<T> {
        let seat = tokio::time::timeout(self.lock_wait, self.seat.clone().lock_owned()).await;
        let mut seat = seat.map_err(|_| Error::from(Code::InProgress))?;
        let mut ending = self.join(&mut seat).await?;
        let value = seat.in_savepoint(work).await?;
        drop(seat);
        let ended = ending
            .wait_for(Option::is_some)
            .await
            .map(|ending| ending.clone());
        match ended {
            Ok(Some(Ok(()))) => Ok(value),
            Ok(Some(Err(error))) => Err(Error::Internal(format!("commit: {error}"))),
            Ok(None) | Err(_) => Err(Error::Internal("the committer went away".to_owned())),
        }
    }

    /// Joins the open batch, or begins one and sends for the committer.
    async fn join(&self, seat: &mut Seat) -> Result<watch::Receiver<Ending>> {
        if let Some(batch) = &seat.batch {
            return Ok(batch.subscribe());
        }
        if std::mem::replace(&mut seat.is_unsure, true) {
            // Fails where there is nothing to undo.
            _ = sqlx::query("ROLLBACK").execute(&mut seat.conn).await;
        }
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut seat.conn)
            .await?;
        seat.is_unsure = false;
        let (sender, receiver) = watch::channel(None);
        seat.batch = Some(sender);
        let waiting = self.seat.clone();
        tokio::spawn(async move { commit(waiting.lock_owned().await).await });
        Ok(receiver)
    }

    /// The bare connection, for migrations, which run before anything else.
    pub(super) async fn connection(&self) -> impl DerefMut<Target = AnyConnection> {
        OwnedMutexGuard::map(self.seat.clone().lock_owned().await, |seat| &mut seat.conn)
    }
}

impl Seat {
    /// Runs one write of the batch. It is undone, if it must be, by whoever comes next: that costs no
    /// statement more.
    async fn in_savepoint<'env, T: Send>(&mut self, work: &mut impl Work<'env, T>) -> Result<T> {
        let begin = match self.newest {
            Newest::None => "SAVEPOINT work",
            Newest::Done => {
                // If this is dropped halfway, the next savepoint lies in whatever there is.
                self.newest = Newest::None;
                "RELEASE work; SAVEPOINT work"
            }
            Newest::Undone => "ROLLBACK TO work",
        };
        sqlx::query(begin).execute(&mut self.conn).await?;
        self.newest = Newest::Undone;
        let value = work(&mut self.conn).await?;
        self.newest = Newest::Done;
        Ok(value)
    }

    async fn commit(&mut self) -> Result<()> {
        let end = match self.newest {
            Newest::None | Newest::Done => "COMMIT",
            Newest::Undone => "ROLLBACK TO work; COMMIT",
        };
        sqlx::query(end).execute(&mut self.conn).await?;
        Ok(())
    }
}

async fn commit(mut seat: OwnedMutexGuard<Seat>) {
    let Some(batch) = seat.batch.take() else {
        return;
    };
    let ended = match seat.commit().await {
        Ok(()) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "commit failed; rolling the batch back");
            let rolled_back = sqlx::query("ROLLBACK").execute(&mut seat.conn).await;
            if let Err(error) = rolled_back {
                tracing::error!(%error, "rollback failed");
            }
            Err(Arc::new(sqlx::Error::Protocol(error.to_string())))
        }
    };
    seat.newest = Newest::None;
    // Nobody may be waiting any more; that is fine.
    let _ = batch.send(Some(ended));
}
