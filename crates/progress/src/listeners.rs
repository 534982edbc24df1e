//! Who hears what happens: the list of listeners, and what waits to be heard.

use std::collections::VecDeque;

use crate::achievement::Definition;
use crate::{Fact, Sheet};

mod achievements;
mod totals;

/// How many facts may wait to be heard, so that what listeners raise has a bound: far more than there
/// are goals that one hand can reach.
pub const WAITING_MAX: usize = 64;

impl Sheet {
    /// Lets all listeners hear the facts, one after another; then what these made happen.
    pub fn hear(&mut self, facts: &[Fact], goals: &[Definition]) {
        let mut waiting = Waiting(facts.iter().cloned().collect());
        // It ends: a goal is done once, and that one is done makes nothing else happen.
        while let Some(fact) = waiting.0.pop_front() {
            totals::hear(self, &fact);
            achievements::hear(self, &fact, goals, &mut waiting);
        }
    }
}

/// What is still to be heard, in the order it came.
struct Waiting(VecDeque<Fact>);

impl Waiting {
    /// Whether a listener has to leave what it would raise for another time.
    fn is_full(&self) -> bool {
        self.0.len() >= WAITING_MAX
    }

    /// Lets a fact be heard after those that wait; asked by who has seen that there is room.
    fn raise(&mut self, fact: Fact) {
        self.0.push_back(fact);
    }
}
