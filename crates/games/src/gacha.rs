//! The gacha: one to ten pulls for collectible items, with a soft and a hard pity.

use economy::Tokens;

use crate::Draws;

mod entry;
mod items;
mod odds;
mod outcome;
mod pulls;
mod state;
mod tables;

pub use entry::{Entry, Rarity};
pub use items::{Item, ItemKind};
pub use odds::{Chance, Odds};
pub use outcome::{Animation, Message, Outcome, Pull, animation, message};
pub use pulls::{BadPullCount, PullCount};
pub use state::{BadState, State};
pub use tables::{SoftPity, Tables};

/// The version of weights, pity, costs and items; a hand names the one it was played under.
pub const RULES_VERSION: i64 = 1;
/// The most pulls of a round; so many at once have a price of their own.
pub const PULLS_MAX: u8 = 10;
/// How many results the history keeps.
pub const RECENT_MAX: usize = 10;
/// The longest wait for an epic: no version's hard pity may come later than the pull after it.
pub const SINCE_EPIC_MAX: u8 = 89;
/// What weights and odds are parts of.
pub const PARTS: u32 = 100_000;

/// Settles one round. The same count, state and stream always give the same outcome.
///
/// Each pull reads two numbers: the entry, below 100,000, and the item, below the number of items
/// of the delivered rarity.
pub fn settle(count: PullCount, before: &State, draws: &mut Draws) -> Outcome {
    Tables::current().settle(count, before, draws)
}

/// What a round of so many pulls costs, in tokens.
#[must_use]
pub fn cost(count: PullCount) -> Tokens {
    Tables::current().cost(count)
}

/// The whole collection, from common to legendary.
#[must_use]
pub fn items() -> &'static [Item] {
    Tables::current().items()
}

/// The exact odds of the next pull, by what it delivers.
#[must_use]
pub fn next_odds(state: &State) -> Odds {
    Tables::current().next_odds(state)
}

/// The chance that one of the next so many pulls delivers at least that rarity.
#[must_use]
pub fn chance_within(state: &State, pulls: u8, at_least: Rarity) -> Chance {
    Tables::current().chance_within(state, pulls, at_least)
}

/// The most that the next epic can cost, in tokens.
#[must_use]
pub fn worst_case_cost(state: &State) -> Tokens {
    Tables::current().worst_case_cost(state)
}
