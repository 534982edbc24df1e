//! What can happen to a member.

use economy::{Timestamp, Tokens};
use games::{Game, HandResult};

/// Something that happened to a member; raised in the transaction that makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// They joined the club.
    Joined,
    /// They signed in.
    SignedIn,
    /// A hand of theirs was settled.
    HandSettled(Hand),
    /// A round of pulls brought items.
    Pulled {
        /// Items that they never had before.
        items: i64,
        /// Legendary ones, new or not.
        legendaries: i64,
    },
    /// They bought something, and it is paid.
    Bought {
        /// The number of its receipt.
        receipt: String,
    },
    /// Something they bought was undone.
    Refunded {
        /// The number of its receipt.
        receipt: String,
    },
    /// They used up an item.
    Used {
        /// Its code.
        item: String,
    },
    /// They revealed their seeds and began new ones.
    Rotated,
    /// They claimed the reward of a goal.
    Claimed {
        /// The goal's code.
        goal: String,
    },
    /// They reached a goal; raised by whoever hears that.
    GoalDone {
        /// Its code.
        goal: String,
    },
}

/// A settled hand, as listeners need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Which game.
    pub game: Game,
    /// What was staked.
    pub stake: Tokens,
    /// What came back.
    pub payout: Tokens,
    /// How it ended.
    pub result: HandResult,
    /// When it was settled.
    pub at: Timestamp,
}
