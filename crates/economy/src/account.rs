//! Who can hold tokens.

use serde::{Deserialize, Serialize};

/// A ledger account: a member's (their user id, above 0) or the system's (below 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub i64);

impl AccountId {
    /// Where tokens come from; the only account that is meant to go below zero.
    pub const MINT: Self = Self(-1);
    /// The house: takes stakes, pays wins.
    pub const HOUSE: Self = Self(-2);
    /// Stakes of running crash sessions.
    pub const ESCROW_CRASH: Self = Self(-3);
    /// Tokens that members spent on items and packages, less what was given back.
    pub const SHOP: Self = Self(-4);
    /// Rewards and bonuses given by the club.
    pub const PROMO: Self = Self(-5);
    /// Every system account with its name.
    pub const SYSTEM: [(Self, &'static str); 5] = [
        (Self::MINT, "mint"),
        (Self::HOUSE, "house"),
        (Self::ESCROW_CRASH, "escrow:crash"),
        (Self::SHOP, "shop"),
        (Self::PROMO, "promo"),
    ];

    /// Whether a member owns it, and so whether it carries a balance that is never below zero.
    #[must_use]
    pub const fn is_member(self) -> bool {
        self.0 > 0
    }
}
