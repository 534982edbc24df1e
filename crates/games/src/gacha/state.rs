//! What the odds of a pull depend on: the pity counter and the member's last results.

use serde::{Deserialize, Serialize};

use super::{RECENT_MAX, Rarity, SINCE_EPIC_MAX};

/// Where a member stands before a pull. One that pulls cannot lead to cannot be held.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct State {
    since_epic: u8,
    recent: Vec<Rarity>,
}

/// A stored state as it is read, before it is checked.
#[derive(Deserialize)]
struct Unchecked {
    since_epic: u8,
    recent: Vec<Rarity>,
}

/// Why a state is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadState {
    /// More pulls without an epic than the hard pity allows.
    #[error("the pity counter is above {SINCE_EPIC_MAX}")]
    CounterTooHigh,
    /// More results than the history keeps.
    #[error("the history holds more than {RECENT_MAX} results")]
    HistoryTooLong,
    /// The counter is not what the results say.
    #[error("the pity counter and the history disagree")]
    Disagree,
}

impl State {
    /// Before the first pull.
    #[must_use]
    pub const fn fresh() -> Self {
        Self {
            since_epic: 0,
            recent: Vec::new(),
        }
    }

    /// The state with that pity counter and those results, the oldest first.
    ///
    /// # Errors
    /// [`BadState`] when no pulls lead to it.
    pub fn new(since_epic: u8, recent: Vec<Rarity>) -> Result<Self, BadState> {
        if since_epic > SINCE_EPIC_MAX {
            return Err(BadState::CounterTooHigh);
        }
        if recent.len() > RECENT_MAX {
            return Err(BadState::HistoryTooLong);
        }
        let newest_first = recent.iter().rev();
        let run = newest_first.take_while(|r| **r < Rarity::Epic).count();
        let counted = usize::from(since_epic);
        // A history full of lesser results tells only how long the wait is at least.
        let agrees = counted == run || (run == RECENT_MAX && counted > run);
        if !agrees {
            return Err(BadState::Disagree);
        }
        Ok(Self { since_epic, recent })
    }

    /// How many pulls ago the last epic or better was, or the first pull; 0 to 89.
    #[must_use]
    pub const fn since_epic(&self) -> u8 {
        self.since_epic
    }

    /// The last results, at most ten, the oldest first.
    #[must_use]
    pub fn recent(&self) -> &[Rarity] {
        &self.recent
    }

    /// Whether the last results have that rarity among them.
    #[must_use]
    pub fn has_recent(&self, rarity: Rarity) -> bool {
        self.recent.contains(&rarity)
    }

    /// The state once a pull has delivered that rarity.
    ///
    /// The counter stops at 89, because the pull after that delivers an epic.
    #[must_use]
    pub fn after(&self, rarity: Rarity) -> Self {
        let waited = self.since_epic.saturating_add(1).min(SINCE_EPIC_MAX);
        let since_epic = if rarity < Rarity::Epic { waited } else { 0 };
        let mut recent = self.recent.clone();
        recent.push(rarity);
        if recent.len() > RECENT_MAX {
            recent.remove(0);
        }
        Self { since_epic, recent }
    }
}

impl TryFrom<Unchecked> for State {
    type Error = BadState;
    fn try_from(read: Unchecked) -> Result<Self, BadState> {
        Self::new(read.since_epic, read.recent)
    }
}
