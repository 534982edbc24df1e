//! What a round gives, and how the page shows it.

use serde::{Deserialize, Serialize};

use super::{Entry, Rarity, State};

/// One pull.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// The code of the item.
    pub item: String,
    /// How rare the item is.
    pub rarity: Rarity,
    /// What was drawn; the hard pity may have delivered more.
    pub entry: Entry,
    /// How the page shows it.
    pub animation: Animation,
}

/// What one round gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The pulls, in order.
    pub pulls: Vec<Pull>,
    /// Where the member stands now.
    pub after: State,
}

/// How the page shows a pull; the better is the greater.
///
/// A near miss delivers a rare, so that it is never below a plain pull. The pity stands above an
/// epic, because a member who waited for it is told that it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Animation {
    /// A common or a rare.
    Normal,
    /// A rare, shown as if it had almost been more.
    NearMiss,
    /// An epic.
    Epic,
    /// An epic that the hard pity gave.
    Pity,
    /// A legendary.
    Legendary,
}

/// How the page shows a round: as its best pull.
#[must_use]
pub fn animation(outcome: &Outcome) -> Animation {
    let shown = outcome.pulls.iter().map(|pull| pull.animation);
    shown.max().unwrap_or(Animation::Normal)
}

/// What the page says to a round. Kind words about what came, never a reason to pull again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Nothing but commons: the collection grows quietly.
    Calm,
    /// A rare came.
    Rare,
    /// A rare came, and looked like more.
    NearMiss,
    /// An epic came.
    Epic,
    /// The promised epic came.
    PityPaid,
    /// A legendary came.
    Legendary,
}

/// What the page says to a round; derived from it, never the other way.
#[must_use]
pub fn message(outcome: &Outcome) -> Message {
    let has_rare = || outcome.pulls.iter().any(|pull| pull.rarity == Rarity::Rare);
    match animation(outcome) {
        Animation::Legendary => Message::Legendary,
        Animation::Pity => Message::PityPaid,
        Animation::Epic => Message::Epic,
        Animation::NearMiss => Message::NearMiss,
        Animation::Normal if has_rare() => Message::Rare,
        Animation::Normal => Message::Calm,
    }
}
