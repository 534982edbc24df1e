//! Hands of different members that wait at the same time are settled together, in one transaction.
//!
//! A transaction a hand spends most of its time in hand-overs and round trips. The croupier takes what
//! waits, one hand of each member, loads all that these hands need, decides each with pure functions,
//! writes all of them with a fixed number of statements, and answers once that has committed. What is
//! rare it leaves to the member's own transaction ([`Settled::Alone`]): a play session that begins or
//! ends, an account that another transaction holds, a hand that the database refuses.

mod store;
mod table;

use std::any::Any;
use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};

use economy::Tokens;
use games::{Draws, Game};
use tokio::sync::mpsc::{self, Receiver, Sender, error::TrySendError};
use tokio::sync::oneshot;
use wire::{HandId, UserId};

use super::Recorded;
use super::instant::Dealt;
use crate::db::{Dialect, ScopedFutureExt};
use crate::happened::Happened;
use crate::operations::Operation;
use crate::{Db, Error, Result};

/// How many hands may wait; beyond that nobody is let in.
const WAITING_MAX: usize = 1_024;

/// A hand that waits to be settled.
pub(crate) struct Ask {
    pub(crate) user: UserId,
    pub(crate) game: Game,
    /// Its id, if it is played now.
    pub(crate) hand: HandId,
    pub(crate) operation: Option<Operation>,
    pub(crate) stake: Tokens,
    pub(crate) bet: Box<dyn Bet>,
}

/// What a bet makes of the stream, whichever game it is of.
pub(crate) trait Bet: Send + Sync {
    /// The hand that the stream gives, and what is answered once it is recorded.
    fn deal(&self, draws: &mut Draws) -> (Dealt<()>, Box<dyn Answer>);
}

/// What is answered once a hand is recorded.
pub(crate) trait Answer: Send {
    /// The answer, and its JSON if it is to be kept under a key.
    fn answer(self: Box<Self>, recorded: Recorded, is_kept: bool) -> Result<Answered>;
}

/// An answer of some game.
pub(crate) struct Answered {
    pub(crate) answer: Box<dyn Any + Send>,
    pub(crate) json: Option<String>,
}

/// What became of a hand that waited.
pub(crate) enum Outcome {
    /// It was played; this is the answer.
    Played(Box<dyn Any + Send>),
    /// It had been played before under its key; this was the answer, as JSON.
    Kept(String),
    /// It is played in a transaction of the member's own.
    Alone,
}

struct Waiting {
    ask: Ask,
    reply: oneshot::Sender<Result<Outcome>>,
}

/// Where hands wait to be settled; cheap to clone.
#[derive(Clone)]
pub(crate) struct Croupiers {
    queues: Vec<Sender<Waiting>>,
}

impl Croupiers {
    /// Seats them: on SQLite one, as there is one writer; on PostgreSQL two, each for its share of
    /// the members. They leave when nobody can ask them any more.
    pub(crate) fn open(db: &Db, happened: &Happened) -> Self {
        let (count, hands_max) = match db.dialect() {
            Dialect::Sqlite => (1, 16),
            Dialect::Postgres => (2, 64),
        };
        let seat = |_| {
            let (queue, asks) = mpsc::channel(WAITING_MAX);
            let croupier = Croupier {
                db: db.clone(),
                happened: happened.clone(),
                asks,
                held: VecDeque::new(),
                hands_max,
            };
            tokio::spawn(croupier.run());
            queue
        };
        Self {
            queues: (0..count).map(seat).collect(),
        }
    }

    /// Has a hand settled, with those that wait at the same time.
    ///
    /// # Errors
    /// `insufficient_tokens`, `idempotency_mismatch`, `balance_too_large`; `unavailable` when too many
    /// wait.
    pub(crate) async fn settle(&self, ask: Ask) -> Result<Outcome> {
        let share = usize::try_from(ask.user.0).unwrap_or_default() % self.queues.len();
        let (reply, answer) = oneshot::channel();
        match self.queues[share].try_send(Waiting { ask, reply }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                return Err(Error::Unavailable("too many hands wait".to_owned()));
            }
            Err(TrySendError::Closed(_)) => return Err(gone()),
        }
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn gone() -> Error {
    Error::Internal("the croupier went away".to_owned())
}

struct Croupier {
    db: Db,
    happened: Happened,
    asks: Receiver<Waiting>,
    /// Further hands of members who have one in the batch before.
    held: VecDeque<Waiting>,
    hands_max: usize,
}

impl Croupier {
    async fn run(mut self) {
        loop {
            let batch = self.take().await;
            if batch.is_empty() {
                return;
            }
            self.settle(batch).await;
        }
    }

    /// What waits, at least one hand and one of each member; nothing when nobody can ask any more.
    async fn take(&mut self) -> Vec<Waiting> {
        let (mut batch, mut seated) = (Vec::new(), HashSet::new());
        let held = std::mem::take(&mut self.held);
        for waiting in held {
            self.seat(waiting, &mut batch, &mut seated);
        }
        while batch.is_empty() {
            let Some(waiting) = self.asks.recv().await else {
                return batch;
            };
            self.seat(waiting, &mut batch, &mut seated);
        }
        // Whoever is about to ask gets the chance to: without it batches are of one hand.
        let mut quiet = 0;
        while quiet < 2 && batch.len() < self.hands_max {
            match self.asks.try_recv() {
                Ok(waiting) => {
                    quiet = 0;
                    self.seat(waiting, &mut batch, &mut seated);
                }
                Err(_) => {
                    quiet += 1;
                    tokio::task::yield_now().await;
                }
            }
        }
        batch
    }

    /// Puts a hand into the batch, or holds it back; one that nobody waits for any more goes.
    fn seat(&mut self, waiting: Waiting, batch: &mut Vec<Waiting>, seated: &mut HashSet<UserId>) {
        if waiting.reply.is_closed() {
            return;
        }
        if batch.len() < self.hands_max && seated.insert(waiting.ask.user) {
            batch.push(waiting);
        } else {
            self.held.push_back(waiting);
        }
    }

    /// Settles a batch and answers it. Before its commit a failure undoes all of it, so that each
    /// hand is played alone and whoever caused it gets the error; what a commit did that failed is
    /// not known, so that nobody's hand is played again, and their keys tell.
    #[expect(clippy::cast_precision_loss, reason = "a batch has few hands")]
    async fn settle(&self, batch: Vec<Waiting>) {
        metrics::histogram!("hands_in_batch").record(batch.len() as f64);
        let (mut asks, replies): (Vec<Ask>, Vec<_>) =
            batch.into_iter().map(|it| (it.ask, it.reply)).unzip();
        // In the order in which accounts are locked everywhere.
        let order = sorted(&mut asks);
        let (asks, happened) = (&asks, &self.happened);
        let is_decided = &AtomicBool::new(false);
        let settle = self.db.write(|tx| {
            async move {
                let outcomes = table::settle(tx, happened, asks).await?;
                is_decided.store(true, Ordering::Relaxed);
                Ok(outcomes)
            }
            .scope_boxed()
        });
        let outcomes: Vec<Result<Outcome>> = match settle.await {
            Ok(outcomes) => outcomes,
            // Nobody's turn came.
            Err(Error::Refused(refusal)) => {
                let refuse = |_: &Ask| Err(Error::Refused(refusal.clone()));
                asks.iter().map(refuse).collect()
            }
            Err(error) if is_decided.load(Ordering::Relaxed) => {
                tracing::error!(%error, hands = asks.len(), "whether a batch committed is not known");
                let unsure = |_: &Ask| Err(Error::Internal(format!("commit: {error}")));
                asks.iter().map(unsure).collect()
            }
            Err(error) => {
                tracing::warn!(%error, hands = asks.len(), "a batch failed; its hands are played one by one");
                asks.iter().map(|_| Ok(Outcome::Alone)).collect()
            }
        };
        let mut replies: Vec<_> = replies.into_iter().map(Some).collect();
        for (place, outcome) in order.into_iter().zip(outcomes) {
            if let Some(reply) = replies[place].take() {
                // Whoever went away is told by their key.
                _ = reply.send(outcome);
            }
        }
    }
}

/// Sorts by member; gives where each stood before.
fn sorted(asks: &mut Vec<Ask>) -> Vec<usize> {
    let mut placed: Vec<(usize, Ask)> = asks.drain(..).enumerate().collect();
    placed.sort_by_key(|(_, ask)| ask.user);
    let (order, sorted) = placed.into_iter().unzip();
    *asks = sorted;
    order
}
