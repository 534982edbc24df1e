//! What changed for a member, and who is told so.

use serde::{Deserialize, Serialize};
use wire::UserId;

/// What changed for a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Changed {
    /// Their log grew.
    pub(crate) events: bool,
    /// Their balance, statistics or sitting moved.
    pub(crate) states: bool,
    /// A sign-in of theirs ended, or they were banned.
    pub(crate) access: bool,
}

impl Changed {
    /// What a hand changes.
    pub(crate) const PLAYED: Self = Self {
        events: true,
        states: true,
        access: false,
    };
    /// What moves a state without an event.
    pub(crate) const MOVED: Self = Self {
        events: false,
        states: true,
        access: false,
    };
    /// What an event changes.
    pub(crate) const TOLD: Self = Self {
        events: true,
        states: false,
        access: false,
    };
    /// What the end of a sign-in changes.
    pub(crate) const ACCESS: Self = Self {
        events: false,
        states: false,
        access: true,
    };

    pub(crate) fn add(&mut self, other: Self) {
        self.events |= other.events;
        self.states |= other.states;
        self.access |= other.access;
    }
}

/// Who is told once what changed has committed; transactions know no more of those who listen.
pub(crate) trait Wake: Send + Sync + 'static {
    /// Wakes whoever listens for a member, in every process.
    fn wake(&self, user: UserId, changed: Changed);
}
