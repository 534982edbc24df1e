//! Who listens in this process, and a mailbox for each of them.
//!
//! A mailbox holds that something changed, not what: whoever reads it looks into the rows. So it has
//! one size however slowly it is read, and what is read is never older than what woke the reader.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use economy::Timestamp;
use tokio::sync::Notify;
use wire::live::Notice;
use wire::{AppError, Code, UserId};

use crate::Result;
use crate::wake::{Changed, Wake};

/// How many listen at once in one process; each costs memory and a descriptor.
pub const LISTENERS_MAX: usize = 16_384;
/// How many of them may be one member's: tabs, devices, scripts.
const LISTENERS_OF_MEMBER_MAX: usize = 16;
/// How far a listener may be behind before it is let go, so that it comes back and resumes.
pub(super) const BEHIND_MAX: usize = 256;
/// How many members' changes wait to be passed on to other processes; more are found by the sweep.
const OUTGOING_MAX: usize = 65_536;
/// When a listener that found no room may try again.
const RETRY_SECS: i64 = 5;

/// An event that is known when it is put, so that the rows need not be read.
#[derive(Clone, Debug)]
pub(super) struct Pushed {
    pub(super) id: i64,
    pub(super) notice: Arc<Notice>,
    pub(super) at: Timestamp,
}

/// What waits for a listener.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub(super) changed: Changed,
    pub(super) pushed: Option<Pushed>,
    /// How many times something was put since it was read last.
    pub(super) behind: usize,
}

/// Where a listener finds what waits for it.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    post: Mutex<Post>,
    pub(super) arrived: Notify,
}

impl Mailbox {
    /// Notes what changed for the one who reads here, and wakes them.
    pub(super) fn put(&self, changed: Changed) {
        let mut post = locked(&self.post);
        post.changed.add(changed);
        post.behind += usize::from(changed.events);
        drop(post);
        self.arrived.notify_one();
    }

    fn push(&self, pushed: Pushed) {
        let mut post = locked(&self.post);
        post.behind += 1;
        if post.pushed.is_none() && !post.changed.events {
            post.pushed = Some(pushed);
        } else {
            post.changed.events = true;
        }
        drop(post);
        self.arrived.notify_one();
    }

    /// Everything that waits.
    pub(super) fn take(&self) -> Post {
        std::mem::take(&mut *locked(&self.post))
    }

    /// Waits until something waits here. What was announced while nobody waited counts.
    pub(super) async fn filled(&self) {
        while self.is_empty() {
            self.arrived.notified().await;
        }
    }

    fn is_empty(&self) -> bool {
        let post = locked(&self.post);
        post.changed == Changed::default() && post.pushed.is_none()
    }

    /// Whether more waits than a listener may be behind.
    pub(super) fn is_full(&self) -> bool {
        locked(&self.post).behind > BEHIND_MAX
    }
}

#[derive(Debug, Default)]
struct Rooms {
    members: HashMap<UserId, Vec<Arc<Mailbox>>>,
    listeners: usize,
    /// Whose last listener went, and did not come back yet.
    departed: HashSet<UserId>,
}

#[derive(Debug, Default)]
struct Inner {
    rooms: Mutex<Rooms>,
    outgoing: Mutex<HashMap<UserId, Changed>>,
    has_outgoing: Notify,
    /// Whether other processes want to hear.
    has_peers: bool,
}

/// Who listens in this process; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Hub(Arc<Inner>);

impl Hub {
    pub(crate) fn new(has_peers: bool) -> Self {
        Self(Arc::new(Inner {
            has_peers,
            ..Inner::default()
        }))
    }

    /// Wakes whoever listens for a member in this process.
    pub(super) fn wake_here(&self, user: UserId, changed: Changed) {
        for mailbox in self.mailboxes(user) {
            mailbox.put(changed);
        }
    }

    /// Hands an event to whoever listens for a member, here; the others are woken.
    pub(super) fn push(&self, user: UserId, pushed: &Pushed) {
        for mailbox in self.mailboxes(user) {
            mailbox.push(pushed.clone());
        }
        self.pass_on(user, Changed::TOLD);
    }

    fn mailboxes(&self, user: UserId) -> Vec<Arc<Mailbox>> {
        let rooms = locked(&self.0.rooms);
        rooms.members.get(&user).cloned().unwrap_or_default()
    }

    fn pass_on(&self, user: UserId, changed: Changed) {
        if !self.0.has_peers {
            return;
        }
        let mut outgoing = locked(&self.0.outgoing);
        let is_full = outgoing.len() >= OUTGOING_MAX;
        match outgoing.entry(user) {
            Entry::Occupied(waiting) => waiting.into_mut().add(changed),
            Entry::Vacant(_) if is_full => {}
            Entry::Vacant(place) => _ = place.insert(changed),
        }
        drop(outgoing);
        self.0.has_outgoing.notify_one();
    }

    /// What waits to be passed on, once something does.
    pub(super) async fn outgoing(&self) -> Vec<(UserId, Changed)> {
        loop {
            let waiting = std::mem::take(&mut *locked(&self.0.outgoing));
            if !waiting.is_empty() {
                return waiting.into_iter().collect();
            }
            self.0.has_outgoing.notified().await;
        }
    }

    /// A mailbox for a listener of that member.
    pub(super) fn enter(&self, user: UserId) -> Result<Arc<Mailbox>> {
        let mut rooms = locked(&self.0.rooms);
        if rooms.listeners >= LISTENERS_MAX {
            return Err(AppError::new(Code::Unavailable)
                .retry_after(RETRY_SECS)
                .into());
        }
        let room = rooms.members.entry(user).or_default();
        if room.len() >= LISTENERS_OF_MEMBER_MAX {
            return Err(AppError::new(Code::RateLimited)
                .retry_after(RETRY_SECS)
                .into());
        }
        let mailbox = Arc::<Mailbox>::default();
        room.push(mailbox.clone());
        rooms.listeners += 1;
        rooms.departed.remove(&user);
        Ok(mailbox)
    }

    /// Takes a listener's mailbox away.
    pub(super) fn leave(&self, user: UserId, mailbox: &Arc<Mailbox>) {
        let mut rooms = locked(&self.0.rooms);
        let Some(room) = rooms.members.get_mut(&user) else {
            return;
        };
        room.retain(|other| !Arc::ptr_eq(other, mailbox));
        let is_last = room.is_empty();
        rooms.listeners -= 1;
        if is_last {
            rooms.members.remove(&user);
            rooms.departed.insert(user);
        }
    }

    /// Has it told the next time that somebody's last listener went, unless they listen again.
    pub(super) fn departs(&self, user: UserId) {
        let mut rooms = locked(&self.0.rooms);
        if !rooms.members.contains_key(&user) {
            rooms.departed.insert(user);
        }
    }

    /// Whose last listener went since this was asked last.
    pub(super) fn departed(&self) -> Vec<UserId> {
        let departed = std::mem::take(&mut locked(&self.0.rooms).departed);
        departed.into_iter().collect()
    }

    /// Who listens, in the order of their ids.
    pub(super) fn listening(&self) -> Vec<UserId> {
        let mut users: Vec<_> = locked(&self.0.rooms).members.keys().copied().collect();
        users.sort_unstable();
        users
    }

    /// How many members listen.
    pub(super) fn members(&self) -> usize {
        locked(&self.0.rooms).members.len()
    }

    /// How many listen.
    pub(super) fn listeners(&self) -> usize {
        locked(&self.0.rooms).listeners
    }
}

impl Wake for Hub {
    fn wake(&self, user: UserId, changed: Changed) {
        self.wake_here(user, changed);
        self.pass_on(user, changed);
    }
}

/// Nothing in here can be left half done, so that a panic elsewhere does not matter.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: UserId = UserId(1);

    #[test]
    fn what_waits_is_one_post_however_often_it_is_put() {
        let hub = Hub::new(false);
        let mailbox = hub.enter(ANN).unwrap();
        for _ in 0..BEHIND_MAX {
            hub.wake(ANN, Changed::PLAYED);
        }
        assert!(!mailbox.is_full());
        hub.wake(ANN, Changed::PLAYED);
        assert!(mailbox.is_full());
        assert_eq!(mailbox.take().changed, Changed::PLAYED);
        assert_eq!(mailbox.take().changed, Changed::default());
        assert!(!mailbox.is_full());
    }

    #[test]
    fn a_member_has_a_bounded_number_of_listeners() {
        let hub = Hub::new(false);
        let all: Vec<_> = (0..LISTENERS_OF_MEMBER_MAX)
            .map(|_| hub.enter(ANN).unwrap())
            .collect();
        assert_eq!(hub.enter(ANN).unwrap_err().code(), Code::RateLimited);
        hub.leave(ANN, &all[0]);
        assert!(hub.enter(ANN).is_ok());
    }

    #[test]
    fn only_whose_last_listener_went_has_departed() {
        let hub = Hub::new(false);
        let (one, two) = (hub.enter(ANN).unwrap(), hub.enter(ANN).unwrap());
        hub.leave(ANN, &one);
        assert!(hub.departed().is_empty());
        hub.leave(ANN, &two);
        assert_eq!(hub.departed(), [ANN]);
        assert_eq!((hub.departed(), hub.listeners()), (vec![], 0));
        hub.departs(ANN);
        assert_eq!(
            hub.departed(),
            [ANN],
            "told again where it could not be noted"
        );
    }

    #[tokio::test]
    async fn changes_for_other_processes_are_gathered() {
        let hub = Hub::new(true);
        hub.wake(ANN, Changed::TOLD);
        hub.wake(ANN, Changed::ACCESS);
        let mut both = Changed::TOLD;
        both.add(Changed::ACCESS);
        assert_eq!(hub.outgoing().await, [(ANN, both)]);
    }
}
