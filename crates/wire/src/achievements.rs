//! Achievements and their rewards.

use economy::{Timestamp, Tokens};
use games::Game;
use progress::achievement::Kind;
use serde::{Deserialize, Serialize};

/// An achievement, and how far a member has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Achievement {
    /// Its code.
    pub code: String,
    /// What is counted: `hands`, `wins`, `streak`, `multiplier` (in hundredths), `largest_win`,
    /// `games`, `items` or `legendaries`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: Kind,
    /// In which game; null: in all together.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub game: Option<Game>,
    /// How far it has to come.
    pub threshold: i64,
    /// Tokens that it is worth.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub reward: Tokens,
    /// How far the member has come, at most the threshold.
    pub progress: i64,
    /// When it was unlocked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub unlocked_at: Option<Timestamp>,
    /// When its reward was claimed; never told to others.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub claimed_at: Option<Timestamp>,
}

impl Achievement {
    /// Whether its reward waits to be claimed.
    #[must_use]
    pub const fn is_claimable(&self) -> bool {
        self.unlocked_at.is_some() && self.claimed_at.is_none()
    }
}

/// A member's achievements, in the club's order; to others only those that are unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Achievements {
    /// Each once.
    pub items: Vec<Achievement>,
}

/// A reward that was claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claimed {
    /// Of which achievement.
    pub code: String,
    /// Tokens that came.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub reward: Tokens,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub balance: Tokens,
    /// The number of the newest transfer, to order balances by.
    pub seq: i64,
}
