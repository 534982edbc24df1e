//! What is known of one member while facts are heard, and what is to be written afterwards.

use economy::Timestamp;
use games::Game;

use crate::achievement::Definition;
use crate::totals::{Day, Totals};
use crate::{Fact, Hand};

/// Between the codes in [`Sheet::unlocked`].
const SEPARATOR: char = ' ';

/// Which rows of a member the facts of one transaction are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Of which game.
    pub game: Game,
    /// When it was settled.
    pub at: Timestamp,
}

impl Need {
    /// What these facts need to be heard; nothing when nobody hears them. A transaction settles one
    /// hand at most, and what else it raises belongs to that.
    #[must_use]
    pub fn of(facts: &[Fact]) -> Option<Self> {
        facts.iter().find_map(|fact| match fact {
            Fact::HandSettled(Hand { game, at, .. }) => Some(Self {
                game: *game,
                at: *at,
            }),
            _ => None,
        })
    }
}

/// A member, as far as listeners know them: loaded before the facts are heard, written after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Which rows it holds.
    pub need: Need,
    /// Of all games.
    pub all: Totals,
    /// Of the game.
    pub of_game: Totals,
    /// Of the game on the UTC day.
    pub day: Day,
    /// The codes of the achievements that are unlocked, in the order they came, apart by spaces.
    pub unlocked: String,
    /// Those that were unlocked by what was heard.
    pub fresh: Vec<Definition>,
}

impl Sheet {
    /// Whether an achievement is unlocked.
    #[must_use]
    pub fn is_unlocked(&self, code: &str) -> bool {
        self.unlocked.split(SEPARATOR).any(|other| other == code)
    }

    pub(crate) fn unlock(&mut self, goal: &Definition) {
        if !self.unlocked.is_empty() {
            self.unlocked.push(SEPARATOR);
        }
        self.unlocked.push_str(&goal.code);
        self.fresh.push(goal.clone());
    }
}
