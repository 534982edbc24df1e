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
    /// A savepoint on the connection of SQLite's writer.
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
    /// [`Tx::is_locked`].
    pub(crate) fn now(&mut self) -> Timestamp {
        *self.now.get_or_insert_with(|| self.clock.now())
    }

    /// Reads the clock anew, now that an account's lock is held: whoever held it before read the
    /// clock before, so that the times of an account's chain never run backwards.
    pub(crate) fn is_locked(&mut self) {
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
            On::Seat(seat) => seat.connection(),
        }
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match &mut self.on {
            On::Pooled(transaction) => transaction,
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

    /// Called after the commit.
    pub(super) fn run(self, wake: &dyn Wake) {
        for work in self.others {
            work();
        }
        for (user, changed) in self.wakes {
            wake.wake(user, changed);
        }
    }
}
