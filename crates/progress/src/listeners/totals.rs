//! Counts what was played and pulled.

use crate::totals::is_win;
use crate::{Fact, Sheet};

pub(super) fn hear(sheet: &mut Sheet, fact: &Fact) {
    match fact {
        Fact::HandSettled(hand) => {
            sheet.all.count(hand);
            let of_game = &mut sheet.of_game;
            of_game.count(hand);
            of_game.streak = if is_win(hand) {
                of_game.streak.saturating_add(1)
            } else {
                0
            };
            of_game.streak_max = of_game.streak_max.max(of_game.streak);
            sheet.day.count(hand, of_game.streak);
        }
        Fact::Pulled { items, legendaries } => {
            for totals in [&mut sheet.all, &mut sheet.of_game] {
                totals.items = totals.items.saturating_add(*items);
                totals.legendaries = totals.legendaries.saturating_add(*legendaries);
            }
        }
        _ => {}
    }
}
