//! How many pulls a round has.

use serde::{Deserialize, Serialize};

use super::PULLS_MAX;

/// How many pulls, 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct PullCount(u8);

/// The number of pulls is outside 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("pulls are 1 to {PULLS_MAX}")]
pub struct BadPullCount;

impl PullCount {
    /// A single pull.
    pub const ONE: Self = Self(1);
    /// The ten-pull, which has a price of its own.
    pub const TEN: Self = Self(PULLS_MAX);

    /// A number of pulls.
    ///
    /// # Errors
    /// [`BadPullCount`] outside 1 to 10.
    pub fn new(pulls: i64) -> Result<Self, BadPullCount> {
        u8::try_from(pulls)
            .ok()
            .filter(|n| (1..=PULLS_MAX).contains(n))
            .map(Self)
            .ok_or(BadPullCount)
    }

    /// How many.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<i64> for PullCount {
    type Error = BadPullCount;
    fn try_from(pulls: i64) -> Result<Self, BadPullCount> {
        Self::new(pulls)
    }
}

impl From<PullCount> for i64 {
    fn from(pulls: PullCount) -> Self {
        i64::from(pulls.0)
    }
}
