//! Batches: what waits, taken together, settled and answered.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use tokio::sync::mpsc::Receiver;
use wire::UserId;

use super::{Ask, Outcome, WAITING_MAX, Waiting, table};
use crate::db::{Dedicated, Failure, ScopedFutureExt, Tx};
use crate::error::Trouble;
use crate::happened::Happened;
use crate::{Db, Error, Result};

/// What became of hands, by their place in the batch.
type Outcomes = HashMap<usize, Result<Outcome>>;

/// One of them: takes what waits, again and again.
pub(super) struct Croupier {
    conn: Dedicated,
    happened: Happened,
    asks: Receiver<Waiting>,
    /// Further hands of members who have one in the batch before, and what it had no room for.
    held: VecDeque<Waiting>,
    hands_max: usize,
}

impl Croupier {
    pub(super) fn new(
        db: &Db,
        happened: &Happened,
        asks: Receiver<Waiting>,
        hands_max: usize,
    ) -> Self {
        Self {
            conn: db.dedicated(),
            happened: happened.clone(),
            asks,
            held: VecDeque::new(),
            hands_max,
        }
    }

    /// Until nobody can ask any more.
    pub(super) async fn run(mut self) {
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
        while quiet < 2 && batch.len() < self.hands_max && self.held.len() < WAITING_MAX {
            match self.asks.try_recv() {
                Ok(waiting) => {
                    if self.seat(waiting, &mut batch, &mut seated) {
                        quiet = 0;
                    }
                }
                Err(_) => {
                    quiet += 1;
                    tokio::task::yield_now().await;
                }
            }
        }
        batch
    }

    /// Puts a hand into the batch, or holds it back; one that nobody waits for any more goes. Whether
    /// the batch grew.
    fn seat(
        &mut self,
        waiting: Waiting,
        batch: &mut Vec<Waiting>,
        seated: &mut HashSet<UserId>,
    ) -> bool {
        if waiting.reply.is_closed() {
            return false;
        }
        let has_seat = batch.len() < self.hands_max && seated.insert(waiting.ask.user());
        if has_seat {
            batch.push(waiting);
        } else {
            self.held.push_back(waiting);
        }
        has_seat
    }

    /// Settles a batch and answers it.
    async fn settle(&mut self, mut batch: Vec<Waiting>) {
        // In the order in which accounts are locked everywhere.
        batch.sort_by_key(|waiting| waiting.ask.user());
        let mut outcomes = self.outcomes(&batch).await;
        for (place, Waiting { reply, .. }) in batch.into_iter().enumerate() {
            // One that was not due when its transaction began.
            let late = || Err(Error::in_progress());
            // Whoever went away is told by their key.
            _ = reply.send(outcomes.remove(&place).unwrap_or_else(late));
        }
    }

    /// What becomes of a batch's hands, by their place in it. A failure undoes all of it: it is settled
    /// once more where another transaction got in its way, else each hand is played alone, so that
    /// whoever caused it gets the error, unless the database is away for all of them. What a commit did
    /// that failed may not be known; then nobody's hand is played again.
    async fn outcomes(&mut self, batch: &[Waiting]) -> Outcomes {
        let mut settled = self.attempt(batch).await;
        if let Err(Failure::Undone(Error::Database(Trouble::Collision, _))) = settled {
            settled = self.attempt(batch).await;
        }
        let (is_undone, error) = match settled {
            Ok(outcomes) => return outcomes,
            Err(Failure::Undone(error)) => (true, error),
            Err(Failure::Unknown(error)) => (false, error),
        };
        tracing::warn!(%error, is_undone, hands = batch.len(), "a batch failed");
        let told = || match &error {
            _ if !is_undone => Err(Error::Internal(format!("commit: {error}"))),
            Error::Refused(refusal) => Err(Error::Refused(refusal.clone())),
            Error::Database(Trouble::Locked, _) => Err(Error::in_progress()),
            Error::Database(Trouble::Away, _) => Err(Error::Unavailable(error.to_string())),
            Error::Database(Trouble::ReadOnly, _) => Err(Error::Internal(error.to_string())),
            _ => Ok(Outcome::Alone),
        };
        (0..batch.len()).map(|place| (place, told())).collect()
    }

    /// Settles those hands of a batch that are due.
    async fn attempt(&mut self, batch: &[Waiting]) -> std::result::Result<Outcomes, Failure> {
        let happened = &self.happened;
        let settle = self.conn.write(|tx| {
            async move {
                let due = batch.iter().enumerate().filter(|(_, it)| it.is_due());
                let (places, asks): (Vec<usize>, Vec<&Ask>) =
                    due.map(|(place, it)| (place, &it.ask)).unzip();
                if asks.is_empty() {
                    return Ok((HashMap::new(), None));
                }
                // A game that panics must not take the croupier with it; what it began is undone.
                let settle = AssertUnwindSafe(table::settle(tx, happened, &asks)).catch_unwind();
                let panicked = |_| Err(Error::Internal("a panic".to_owned()));
                let (outcomes, last) = settle.await.unwrap_or_else(panicked)?;
                tell_size(tx, outcomes.len());
                Ok((places.into_iter().zip(outcomes).collect(), Some(last)))
            }
            .scope_boxed()
        });
        // Nor must anything else; but what came of the commit is not known then.
        let settled = AssertUnwindSafe(settle).catch_unwind().await;
        let panicked = |_| Err(Failure::Unknown(Error::Internal("a panic".to_owned())));
        settled.unwrap_or_else(panicked)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a batch has few hands")]
fn tell_size(tx: &mut Tx, hands: usize) {
    tx.after_commit(move || metrics::histogram!("hands_in_batch").record(hands as f64));
}
