//! Live sessions in this process.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use economy::Timestamp;
use wire::{GameId, UserId};

use super::{Answer, Claim, KEPT, SessionStore};
use crate::{Clock, Result};

/// Above that many sessions, those that are too old are forgotten, and then the new one is not kept:
/// rows decide anyway.
const SESSIONS_MAX: usize = 100_000;

pub(super) struct Local {
    clock: Arc<dyn Clock>,
    sessions: Mutex<HashMap<UserId, Kept>>,
}

struct Kept {
    game: GameId,
    until: Timestamp,
}

impl Local {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            sessions: Mutex::default(),
        }
    }

    /// A map is whole after every step, so that a panic elsewhere leaves it usable.
    fn sessions(&self) -> MutexGuard<'_, HashMap<UserId, Kept>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self, game: &GameId) -> Kept {
        let millis = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        Kept {
            game: game.clone(),
            until: self.clock.now().plus_millis(millis),
        }
    }

    /// The sessions, with room for another one, or nothing.
    fn with_room(&self, user: UserId) -> Option<MutexGuard<'_, HashMap<UserId, Kept>>> {
        let mut sessions = self.sessions();
        if sessions.len() >= SESSIONS_MAX && !sessions.contains_key(&user) {
            let now = self.clock.now();
            sessions.retain(|_, kept| kept.until > now);
        }
        (sessions.len() < SESSIONS_MAX || sessions.contains_key(&user)).then_some(sessions)
    }

    fn claim_now(&self, user: UserId, game: &GameId) -> Claim {
        let now = self.clock.now();
        let Some(mut sessions) = self.with_room(user) else {
            return Claim::Taken;
        };
        match sessions.entry(user) {
            Entry::Occupied(entry) if entry.get().until > now => Claim::Occupied,
            entry => {
                entry.insert_entry(self.kept(game));
                Claim::Taken
            }
        }
    }
}

impl SessionStore for Local {
    fn claim<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<Claim>> {
        Box::pin(async move { Ok(self.claim_now(user, game)) })
    }

    fn keep<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>> {
        Box::pin(async move {
            if let Some(mut sessions) = self.with_room(user) {
                sessions.insert(user, self.kept(game));
            }
            Ok(())
        })
    }

    fn release<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>> {
        Box::pin(async move {
            if let Entry::Occupied(entry) = self.sessions().entry(user)
                && entry.get().game == *game
            {
                entry.remove();
            }
            Ok(())
        })
    }

    fn ping(&self) -> Answer<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MovableClock;

    #[tokio::test]
    async fn a_session_is_released_only_by_its_own_round_or_by_time() {
        let clock = Arc::new(MovableClock::default());
        let sessions = Local::new(clock.clone());
        let (ann, one, two) = (UserId(1), GameId("1".into()), GameId("2".into()));
        assert_eq!(sessions.claim(ann, &one).await.unwrap(), Claim::Taken);
        sessions.release(ann, &two).await.unwrap();
        assert_eq!(sessions.claim(ann, &two).await.unwrap(), Claim::Occupied);
        sessions.release(ann, &one).await.unwrap();
        assert_eq!(sessions.claim(ann, &two).await.unwrap(), Claim::Taken);
        sessions.keep(ann, &one).await.unwrap();
        sessions.release(ann, &two).await.unwrap();
        assert_eq!(sessions.claim(ann, &two).await.unwrap(), Claim::Occupied);
        clock.advance_secs(i64::try_from(KEPT.as_secs()).unwrap() + 1);
        assert_eq!(sessions.claim(ann, &two).await.unwrap(), Claim::Taken);
    }

    #[tokio::test]
    async fn a_full_store_keeps_no_more_and_lets_play_go_on() {
        let sessions = Local::new(Arc::new(MovableClock::default()));
        let game = GameId("1".into());
        for user in 0..=100_000 {
            assert_eq!(
                sessions.claim(UserId(user), &game).await.unwrap(),
                Claim::Taken
            );
        }
        assert_eq!(sessions.sessions().len(), SESSIONS_MAX);
    }
}
