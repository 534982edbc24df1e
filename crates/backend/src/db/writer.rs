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

use super::dedicated::Failure;
use super::tx::{After, On, Tx};
use super::{Batch, Dialect, Work};
use crate::wake::Wake;
use crate::{Clock, Error, Result};

/// How a batch ended; `None` until it has.
type Ending = Option<std::result::Result<(), Arc<sqlx::Error>>>;

pub(super) struct Writer {
    seat: Arc<Mutex<Seat>>,
    /// How long a write waits for its turn.
    lock_wait: Duration,
    /// Who is told what a batch changed.
    wake: Arc<dyn Wake>,
}

/// What only the write in turn touches.
pub(super) struct Seat {
    conn: AnyConnection,
    /// The open transaction, if there is one.
    batch: Option<watch::Sender<Ending>>,
    newest: Newest,
    /// What follows the commit.
    after: After,
    /// Whether a transaction may be open that nobody ends: its write was dropped in the middle.
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
    pub(super) async fn open(
        options: &AnyConnectOptions,
        lock_wait: Duration,
        wake: Arc<dyn Wake>,
    ) -> Result<Self> {
        let mut conn = options.connect().await?;
        for statement in Dialect::SQLITE_WRITER_SETUP {
            sqlx::query(*statement).execute(&mut conn).await?;
        }
        let seat = Seat {
            conn,
            batch: None,
            newest: Newest::None,
            after: After::default(),
            is_unsure: false,
        };
        Ok(Self {
            seat: Arc::new(Mutex::new(seat)),
            lock_wait,
            wake,
        })
    }

    pub(super) async fn write<'env, T: Send>(
        &self,
        work: &mut impl Work<'env, T>,
        clock: Arc<dyn Clock>,
    ) -> Result<T> {
        let seat = tokio::time::timeout(self.lock_wait, self.seat.clone().lock_owned()).await;
        let mut seat = seat.map_err(|_| Error::in_progress())?;
        let mut ending = self.join(&mut seat).await?;
        seat.begin().await?;
        let mut tx = Tx::new(On::Seat(seat), clock);
        let value = work(&mut tx).await?;
        if let (On::Seat(mut seat), after) = tx.into_parts() {
            seat.done(after);
        }
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

    /// Runs a transaction of its own, see [`Dedicated::write`](super::dedicated::Dedicated::write).
    /// Whoever waits for the open batch comes first.
    pub(super) async fn write_alone<'env, T: Send>(
        &self,
        work: &mut impl Work<'env, (T, Option<Batch>)>,
        clock: Arc<dyn Clock>,
    ) -> std::result::Result<T, Failure> {
        let seat = tokio::time::timeout(self.lock_wait, self.seat.clone().lock_owned()).await;
        let mut seat = seat.map_err(|_| Failure::Undone(Error::in_progress()))?;
        seat.end_batch(&*self.wake).await;
        seat.clear().await;
        seat.is_unsure = true;
        let mut tx = Tx::new(On::Seat(seat), clock);
        let done = work(&mut tx).await;
        let (On::Seat(mut seat), after) = tx.into_parts() else {
            let moved = Error::Internal("a transaction changed its place".to_owned());
            return Err(Failure::Unknown(moved));
        };
        let (value, last) = match done {
            Ok((value, Some(last))) => (value, last),
            Ok((value, None)) => {
                seat.clear().await;
                return Ok(value);
            }
            Err(error) => {
                seat.clear().await;
                return Err(Failure::Undone(error));
            }
        };
        if let Err(error) = last.commit(&mut seat.conn).await {
            // It does not say which of the statements failed; what can be undone was not committed.
            return Err(match seat.clear().await {
                true => Failure::Undone(error),
                false => Failure::Unknown(error),
            });
        }
        seat.is_unsure = false;
        after.run(&*self.wake);
        Ok(value)
    }

    /// Joins the open batch, or begins one and sends for the committer.
    async fn join(&self, seat: &mut Seat) -> Result<watch::Receiver<Ending>> {
        if let Some(batch) = &seat.batch {
            return Ok(batch.subscribe());
        }
        seat.clear().await;
        seat.is_unsure = true;
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut seat.conn)
            .await?;
        seat.is_unsure = false;
        let (sender, receiver) = watch::channel(None);
        seat.batch = Some(sender);
        let (waiting, wake) = (self.seat.clone(), self.wake.clone());
        tokio::spawn(async move { waiting.lock_owned().await.end_batch(&*wake).await });
        Ok(receiver)
    }

    /// The bare connection, for migrations, which run before anything else.
    pub(super) async fn connection(&self) -> impl DerefMut<Target = AnyConnection> {
        OwnedMutexGuard::map(self.seat.clone().lock_owned().await, |seat| &mut seat.conn)
    }
}

impl Seat {
    /// Undoes a transaction that may be open; whether there was one.
    async fn clear(&mut self) -> bool {
        if !self.is_unsure {
            return false;
        }
        // Fails where there is nothing to undo.
        let undone = sqlx::query("ROLLBACK").execute(&mut self.conn).await;
        self.is_unsure = false;
        undone.is_ok()
    }

    pub(super) const fn connection(&self) -> &AnyConnection {
        &self.conn
    }

    pub(super) const fn connection_mut(&mut self) -> &mut AnyConnection {
        &mut self.conn
    }

    /// Begins one write of the batch. It is undone, unless it is [`Seat::done`], by whoever comes
    /// next: that costs no statement more.
    async fn begin(&mut self) -> Result<()> {
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
        Ok(())
    }

    /// Notes that the newest write is done, and what follows it.
    fn done(&mut self, after: After) {
        self.newest = Newest::Done;
        self.after.append(after);
    }

    /// Commits the open batch, if there is one, and tells those who wait for it.
    async fn end_batch(&mut self, wake: &dyn Wake) {
        let Some(batch) = self.batch.take() else {
            return;
        };
        let after = std::mem::take(&mut self.after);
        let committed = self.commit().await;
        self.newest = Newest::None;
        match committed {
            Ok(()) => {
                // Nobody may be waiting any more; that is fine.
                _ = batch.send(Some(Ok(())));
                after.run(wake);
            }
            Err(error) => {
                tracing::error!(%error, "commit failed; rolling the batch back");
                let rolled_back = sqlx::query("ROLLBACK").execute(&mut self.conn).await;
                if let Err(error) = rolled_back {
                    tracing::error!(%error, "rollback failed");
                }
                let error = Arc::new(sqlx::Error::Protocol(error.to_string()));
                _ = batch.send(Some(Err(error)));
            }
        }
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::poll;
    use tokio::sync::oneshot;

    use crate::db::ScopedFutureExt;
    use crate::db::fresh::open;

    #[tokio::test]
    async fn a_round_that_is_due_during_a_batch_of_hands_is_settled_before_the_next_batch() {
        let folder = tempfile::tempdir().unwrap();
        let (db, _) = open(&folder).await;
        let (clockwork, mut croupier) = (db.reserved(), db.dedicated());
        let done = Mutex::new(Vec::new());
        let note = |what| done.lock().unwrap().push(what);
        let (end, ended) = oneshot::channel::<()>();
        let mut ended = Some(ended);
        let mut batch = Box::pin(croupier.write(|_| {
            let ended = ended.take();
            async move {
                ended.unwrap().await.unwrap();
                note("batch");
                Ok(((), None))
            }
            .scope_boxed()
        }));
        assert!(poll!(&mut batch).is_pending(), "it holds the seat");
        let mut round = Box::pin(clockwork.write(|_| {
            async move {
                note("round");
                Ok(())
            }
            .scope_boxed()
        }));
        assert!(poll!(&mut round).is_pending(), "it waits for the seat");
        end.send(()).unwrap();
        batch.await.unwrap();
        let next = croupier.write(|_| {
            async move {
                note("next batch");
                Ok(((), None))
            }
            .scope_boxed()
        });
        let (next, round) = tokio::join!(next, round);
        next.unwrap();
        round.unwrap();
        assert_eq!(*done.lock().unwrap(), ["batch", "round", "next batch"]);
    }
}
