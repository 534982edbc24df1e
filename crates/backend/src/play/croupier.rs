//! Hands of different members that wait at the same time are settled together, in one transaction.
//!
//! A transaction a hand spends most of its time in hand-overs and round trips. The croupier takes what
//! waits, one hand of each member, loads all that these hands need, decides each with pure functions,
//! writes all of them with a fixed number of statements, and answers once that has committed. What is
//! rare it leaves to the member's own transaction ([`Outcome::Alone`]): an account that another
//! transaction holds, a hand that the database refuses.

mod batches;
mod remembered;
mod store;
mod table;

use std::any::Any;
use std::time::Duration;

use economy::Tokens;
use games::{Draws, Game};
use tokio::sync::mpsc::{self, Sender, error::TrySendError};
use tokio::sync::oneshot;
use tokio::time::Instant;
use wire::{Code, HandId, PlaySessionId, UserId};

use self::batches::Croupier;
use self::remembered::Remembered;
use super::Recorded;
use super::instant::Dealt;
use crate::db::Dialect;
use crate::happened::Happened;
use crate::operations::Operation;
use crate::{Claimed, Db, Device, Error, Result};

/// How many hands may wait, and how many a croupier may hold back; beyond that nobody is let in.
const WAITING_MAX: usize = 1_024;
/// How many hands fit into one record of TLS, which has 16 kB. sqlx 0.9.0 does not set TCP_NODELAY, so that
/// a second record waits until the server acknowledges the first: 40 ms (transact-rs/sqlx#4335).
const RECORD_HANDS_MAX: usize = 8;
/// How long one may wait until its transaction begins: a second less than a request may take.
const WAIT_MAX: Duration = Duration::from_secs(9);

/// A hand that waits to be settled.
pub(crate) struct Ask {
    /// Who plays; whether they may is read with where they stand.
    pub(crate) claimed: Claimed,
    pub(crate) device: Device,
    pub(crate) game: Game,
    /// Its id, if it is played now.
    pub(crate) hand: HandId,
    /// That of the play session which it begins, if it does.
    pub(crate) session: PlaySessionId,
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
    pub(crate) remembered: Remembered,
}

impl Croupiers {
    /// Seats them: on SQLite one, as there is one writer; on PostgreSQL two, each for its share of
    /// the members. They leave when nobody can ask them any more.
    pub(crate) fn open(db: &Db, happened: &Happened) -> Self {
        let (count, hands_max) = match db.dialect() {
            Dialect::Sqlite => (1, 16),
            Dialect::Postgres if db.is_over_tls() => (2, RECORD_HANDS_MAX),
            Dialect::Postgres => (2, 64),
        };
        let seat = |_| {
            let (queue, asks) = mpsc::channel(WAITING_MAX);
            let croupier = Croupier::new(db, happened, asks, hands_max);
            tokio::spawn(croupier.run());
            queue
        };
        Self {
            queues: (0..count).map(seat).collect(),
            remembered: Remembered::default(),
        }
    }

    /// Has a hand settled, with those that wait at the same time.
    ///
    /// # Errors
    /// `unauthenticated`, `banned`, `insufficient_tokens`, `idempotency_mismatch`, `balance_too_large`;
    /// `in_progress` when it waited for too long, `unavailable` when too many wait.
    pub(crate) async fn settle(&self, ask: Ask) -> Result<Outcome> {
        if self.remembered.is_apart(ask.user()) {
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
            self.remembered.set_ended(session);
        }
        outcome
    }
}

fn gone() -> Error {
    Error::Internal("the croupier went away".to_owned())
}
