//! What need not be found out again with each hand.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use wire::{Code, SessionId, UserId};

use crate::{Claimed, Result};

/// How many of each are remembered; beyond that all are forgotten, and found out again.
const REMEMBERED_MAX: usize = 1_024;
/// For how long a member's hands are played by themselves.
const APART: Duration = Duration::from_secs(60);

/// Ended sessions and troubled members; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Remembered(Arc<Mutex<Parts>>);

#[derive(Default)]
struct Parts {
    /// Sessions that have ended, which none comes back from.
    ended: HashSet<SessionId>,
    /// Until when whose hands are played by themselves: one was refused by the database.
    apart: HashMap<UserId, Instant>,
}

impl Remembered {
    /// Refuses a session that is known to have ended, before anything is counted against its member.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub(crate) fn expect_running(&self, claimed: &Claimed) -> Result<()> {
        if self.parts().ended.contains(&claimed.session_id) {
            return Err(Code::Unauthenticated.into());
        }
        Ok(())
    }

    pub(super) fn set_ended(&self, session: SessionId) {
        let ended = &mut self.parts().ended;
        if ended.len() >= REMEMBERED_MAX {
            ended.clear();
        }
        ended.insert(session);
    }

    /// Has a member's hands played by themselves for a while, so that no batch is undone by them again.
    pub(crate) fn set_apart(&self, user: UserId) {
        let apart = &mut self.parts().apart;
        if apart.len() >= REMEMBERED_MAX {
            apart.clear();
        }
        apart.insert(user, Instant::now() + APART);
    }

    pub(super) fn is_apart(&self, user: UserId) -> bool {
        let apart = &mut self.parts().apart;
        let is_over = apart.get(&user).map(|until| *until <= Instant::now());
        if is_over == Some(true) {
            apart.remove(&user);
        }
        is_over == Some(false)
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
