//! A transaction as a value: what it runs on, when it is, and what follows its commit.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use economy::Timestamp;
use sqlx::{Any, AnyConnection, Transaction};
use tokio::sync::OwnedMutexGuard;
use wire::UserId;

use super::writer::Seat;
use crate::Clock;
use crate::wake::{Changed, Wake};

/// A transaction that is open; as a connection it runs statements.
pub struct Tx {
    on: On,
    clock: Arc<dyn Clock>,
    now: Option<Timestamp>,
    after: After,
}

/// What a transaction runs on.
pub(super) enum On {
    /// A connection of PostgreSQL's pool.
    Pooled(Transaction<'static, Any>),
    /// A connection of PostgreSQL that one task has for itself.
    Own(AnyConnection),
    /// SQLite's writer: a savepoint, or a transaction of its own.
    Seat(OwnedMutexGuard<Seat>),
}

impl Tx {
    pub(super) fn new(on: On, clock: Arc<dyn Clock>) -> Self {
        let (now, after) = (None, After::default());
        Self {
            on,
            clock,
            now,
            after,
        }
    }

    /// The instant of everything that this transaction writes: of its first use, or since
    /// [`Tx::read_clock`].
    pub(crate) fn now(&mut self) -> Timestamp {
        *self.now.get_or_insert_with(|| self.clock.now())
    }

    /// Reads the clock anew, now that an account's lock is held: whoever held it before read the
    /// clock before, so that the times of an account's chain never run backwards.
    pub(crate) fn read_clock(&mut self) {
        self.now = Some(self.clock.now());
    }

    /// Wakes whoever listens for a member, once this has committed.
    pub(crate) fn wake(&mut self, user: UserId, changed: Changed) {
        self.after.wakes.push((user, changed));
    }

    /// Does something once this has committed; it may not fail, and nobody waits for it.
    pub(crate) fn after_commit(&mut self, work: impl FnOnce() + Send + 'static) {
        self.after.others.push(Box::new(work));
    }

    /// What is to be committed, and what follows.
    pub(super) fn into_parts(self) -> (On, After) {
        (self.on, self.after)
    }
}

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match &self.on {
            On::Pooled(transaction) => transaction,
            On::Own(conn) => conn,
            On::Seat(seat) => seat.connection(),
        }
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match &mut self.on {
            On::Pooled(transaction) => transaction,
            On::Own(conn) => conn,
            On::Seat(seat) => seat.connection_mut(),
        }
    }
}

/// What is done once transactions have committed. It is theirs and not their callers': whoever went
/// away is woken for all the same, and a transaction that runs again does it once.
#[derive(Default)]
pub(super) struct After {
    wakes: Vec<(UserId, Changed)>,
    others: Vec<Box<dyn FnOnce() + Send>>,
}

impl After {
    pub(super) fn append(&mut self, mut other: Self) {
        self.wakes.append(&mut other.wakes);
        self.others.append(&mut other.others);
    }

    /// Called after the commit, which it counts.
    pub(super) fn run(self, wake: &dyn Wake) {
        metrics::counter!("commits_total").increment(1);
        for work in self.others {
            work();
        }
        for (user, changed) in self.wakes {
            wake.wake(user, changed);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;
    use wire::Code;

    use super::*;
    use crate::Error;
    use crate::db::ScopedFutureExt;
    use crate::db::fresh::open;

    #[tokio::test]
    async fn nobody_hears_of_what_was_not_committed() {
        let folder = tempfile::tempdir().unwrap();
        let (db, woken) = open(&folder).await;
        for (user, is_refused) in [(1, true), (2, false)] {
            let write = db.write(|tx| {
                async move {
                    tx.wake(UserId(user), Changed::PLAYED);
                    let refusal = is_refused.then(|| Error::from(Code::NotFound));
                    refusal.map_or(Ok(()), Err)
                }
                .scope_boxed()
            });
            assert_eq!(write.await.is_err(), is_refused);
        }
        assert_eq!(woken.all(), [UserId(2)]);
    }

    #[tokio::test]
    async fn what_follows_a_commit_happens_although_the_caller_went_away() {
        let folder = tempfile::tempdir().unwrap();
        let (db, woken) = open(&folder).await;
        let (say_done, done) = oneshot::channel();
        let (say_heard, heard) = oneshot::channel();
        let (mut say_done, mut say_heard) = (Some(say_done), Some(say_heard));
        let write = db.write(|tx| {
            let (done, heard) = (say_done.take(), say_heard.take());
            async move {
                tx.wake(UserId(1), Changed::PLAYED);
                tx.after_commit(move || _ = heard.unwrap().send(()));
                done.unwrap().send(()).unwrap();
                Ok(())
            }
            .scope_boxed()
        });
        // Whoever waits goes away once the work is done, however fast the commit is.
        tokio::select! {
            biased;
            told = done => told.unwrap(),
            written = write => panic!("it was waited for: {written:?}"),
        }
        heard.await.unwrap();
        assert_eq!(woken.all(), [UserId(1)]);
    }
}
