//! Whether a limited package can be had.

use serde::{Deserialize, Serialize};

use super::Window;
use crate::Timestamp;

/// Why a package cannot be had, in the order in which it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unavailable {
    /// Staff stopped it.
    #[error("the package is not available")]
    Stopped,
    /// Its window has not begun.
    #[error("the package is not on sale yet")]
    NotStarted,
    /// Its window is over.
    #[error("the package is no longer on sale")]
    Expired,
    /// None is left.
    #[error("the package is sold out")]
    OutOfStock,
    /// The member has as many as a member may.
    #[error("the member has bought as many as allowed")]
    MemberLimit,
}

/// A package as it stands for one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Whether staff let it be sold.
    pub is_active: bool,
    /// When it is sold.
    pub window: Window,
    /// How many are left.
    pub remaining: i64,
    /// How many a member may have.
    pub member_limit: i64,
    /// How many this member has.
    pub owned: i64,
}

impl Offer {
    /// Whether it can be had at that instant.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check(&self, now: Timestamp) -> Result<(), Unavailable> {
        if !self.is_active {
            return Err(Unavailable::Stopped);
        }
        if self.window.is_ahead(now) {
            return Err(Unavailable::NotStarted);
        }
        if self.window.is_over(now) {
            return Err(Unavailable::Expired);
        }
        if self.remaining <= 0 {
            return Err(Unavailable::OutOfStock);
        }
        if self.owned >= self.member_limit {
            return Err(Unavailable::MemberLimit);
        }
        Ok(())
    }
}
