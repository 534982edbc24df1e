//! Hands of different members that wait at the same time are settled together, in one transaction.
//!
//! A transaction a hand spends most of its time in hand-overs and round trips. The croupier takes what
//! waits, one hand of each member, loads all that these hands need, decides each with pure functions,
//! writes all of them with a fixed number of statements, and answers once that has committed. What is
//! rare it leaves to the member's own transaction ([`Outcome::Alone`]): a play session that begins or
//! ends, an account that another transaction holds, a hand that the database refuses.

mod store;
mod table;

use std::any::Any;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use economy::Tokens;
use futures::FutureExt;
use games::{Draws, Game};
use tokio::sync::mpsc::{self, Receiver, Sender, error::TrySendError};
use tokio::sync::oneshot;
use tokio::time::Instant;
use wire::{Code, HandId, SessionId, UserId};

use super::Recorded;
use super::instant::Dealt;
use crate::db::{Dedicated, Dialect, Failure, ScopedFutureExt};
use crate::error::Trouble;
use crate::happened::Happened;
use crate::operations::Operation;
use crate::{Claimed, Db, Error, Result};

/// How many hands may wait, and how many a croupier may hold back; beyond that nobody is let in.
const WAITING_MAX: usize = 1_024;
/// How long one may wait until its transaction begins: a second less than a request may take.
const WAIT_MAX: Duration = Duration::from_secs(9);

/// How many sessions that have ended are remembered, and how many members whose hands are played by
/// themselves.
const REMEMBERED_MAX: usize = 1_024;
/// For how long they are.
const APART: Duration = Duration::from_secs(60);

/// A hand that waits to be settled.
pub(crate) struct Ask {
    /// Who plays; whether they may is read with where they stand.
    pub(crate) claimed: Claimed,
    pub(crate) game: Game,
    /// Its id, if it is played now.
    pub(crate) hand: HandId,
    pub(crate) operation: Option<Operation>,
    pub(crate) stake: Tokens,
    pub(crate) bet: Box<dyn Bet>,
}

impl Ask {
    pub(crate) fn user(&self) -> UserId {
        self.claimed.user_id
    }
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
    since: Instant,
}

impl Waiting {
    /// Whether the hand is still to be played: whoever asks is there, and will be when it is told.
    fn is_due(&self) -> bool {
        !self.reply.is_closed() && self.since.elapsed() < WAIT_MAX
    }
}

/// Where hands wait to be settled; cheap to clone.
#[derive(Clone)]
pub(crate) struct Croupiers {
    queues: Vec<Sender<Waiting>>,
    remembered: Arc<Mutex<Remembered>>,
}

/// What need not be found out again with each hand; of each a bounded number.
#[derive(Default)]
struct Remembered {
    /// Sessions that have ended, which none comes back from.
    ended: HashSet<SessionId>,
    /// Until when whose hands are played by themselves: one was refused by the database.
    apart: HashMap<UserId, Instant>,
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
                conn: db.dedicated(),
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
            remembered: Arc::default(),
        }
    }

    /// Refuses a session that is known to have ended, before anything is counted against its member.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub(crate) fn expect_running(&self, claimed: &Claimed) -> Result<()> {
        match self.remembered().ended.contains(&claimed.session_id) {
            true => Err(Code::Unauthenticated.into()),
            false => Ok(()),
        }
    }

    /// Has a member's hands played by themselves for a while, so that no batch is undone by them again.
    pub(crate) fn set_apart(&self, user: UserId) {
        let apart = &mut self.remembered().apart;
        if apart.len() >= REMEMBERED_MAX {
            apart.clear();
        }
        apart.insert(user, Instant::now() + APART);
    }

    fn is_apart(&self, user: UserId) -> bool {
        let apart = &mut self.remembered().apart;
        let is_over = apart.get(&user).map(|until| *until <= Instant::now());
        if is_over == Some(true) {
            apart.remove(&user);
        }
        is_over == Some(false)
    }

    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        let remembered = self.remembered.lock();
        remembered.unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a hand settled, with those that wait at the same time.
    ///
    /// # Errors
    /// `unauthenticated`, `banned`, `insufficient_tokens`, `idempotency_mismatch`, `balance_too_large`;
    /// `in_progress` when it waited for too long, `unavailable` when too many wait.
    pub(crate) async fn settle(&self, ask: Ask) -> Result<Outcome> {
        if self.is_apart(ask.user()) {
            return Ok(Outcome::Alone);
        }
        let share = usize::try_from(ask.user().0).unwrap_or_default() % self.queues.len();
        let session = ask.claimed.session_id.clone();
        let (reply, answer) = oneshot::channel();
        let since = Instant::now();
        let waiting = Waiting { ask, reply, since };
        match self.queues[share].try_send(waiting) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                return Err(Error::Unavailable("too many hands wait".to_owned()));
            }
            Err(TrySendError::Closed(_)) => return Err(gone()),
        }
        let outcome = answer.await.unwrap_or_else(|_| Err(gone()));
        if outcome
            .as_ref()
            .is_err_and(|error| error.code() == Code::Unauthenticated)
        {
            let ended = &mut self.remembered().ended;
            if ended.len() >= REMEMBERED_MAX {
                ended.clear();
            }
            ended.insert(session);
        }
        outcome
    }
}

fn gone() -> Error {
    Error::Internal("the croupier went away".to_owned())
}

struct Croupier {
    conn: Dedicated,
    happened: Happened,
    asks: Receiver<Waiting>,
    /// Further hands of members who have one in the batch before, and what it had no room for.
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
    #[expect(clippy::cast_precision_loss, reason = "a batch has few hands")]
    async fn settle(&mut self, mut batch: Vec<Waiting>) {
        metrics::histogram!("hands_in_batch").record(batch.len() as f64);
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

    /// What becomes of a batch's hands, by their place in it. A failure undoes all of it: each hand is
    /// then played alone, so that whoever caused it gets the error, unless the database is away for all
    /// of them. What a commit did that failed may not be known; then nobody's hand is played again.
    async fn outcomes(&mut self, batch: &[Waiting]) -> HashMap<usize, Result<Outcome>> {
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
                Ok((places.into_iter().zip(outcomes).collect(), Some(last)))
            }
            .scope_boxed()
        });
        // Nor must anything else; but what came of the commit is not known then.
        let settled = AssertUnwindSafe(settle).catch_unwind().await;
        let panicked = |_| Err(Failure::Unknown(Error::Internal("a panic".to_owned())));
        let (is_undone, error) = match settled.unwrap_or_else(panicked) {
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
}
