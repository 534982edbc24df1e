//! Unlocks what the totals meet now and did not before.

use super::Waiting;
use crate::achievement::Definition;
use crate::{Fact, Sheet};

pub(super) fn hear(sheet: &mut Sheet, fact: &Fact, goals: &[Definition], waiting: &mut Waiting) {
    if !matches!(fact, Fact::HandSettled(_) | Fact::Pulled { .. }) {
        return;
    }
    let of_game = sheet.of_game.tally();
    let mut all = sheet.all.tally();
    // A row of wins is a game's, and so is the longest of all games.
    all.streak_max = all.streak_max.max(of_game.streak_max);
    for goal in goals {
        let is_met = match goal.requirement.game {
            None => goal.requirement.is_met(&all),
            Some(game) => game == sheet.need.game && goal.requirement.is_met(&of_game),
        };
        if !is_met || sheet.is_unlocked(&goal.code) {
            continue;
        }
        // What is met stays met: the next hand unlocks it.
        if waiting.is_full() {
            return;
        }
        sheet.unlock(goal);
        let goal = goal.code.clone();
        waiting.raise(Fact::GoalDone { goal });
    }
}
