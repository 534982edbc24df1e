//! What a member has played: in all, and on a day.

use games::{Game, HandResult, multiplier_hundredths};

use crate::Hand;
use crate::tally::Tally;

/// After that long without a hand, the time until the next one was not played, in milliseconds.
pub const IDLE_MAX_MILLIS: i64 = 15 * 60 * 1_000;

/// A row of counters, whose names stand in it and nowhere else: rows are read and written by them.
macro_rules! counters {
    (
        $(#[$of_row:meta])*
        pub struct $row:ident {
            $($(#[$of_counter:meta])* pub $counter:ident: i64,)*
        }
    ) => {
        $(#[$of_row])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $row {
            $($(#[$of_counter])* pub $counter: i64,)*
        }

        impl $row {
            /// The columns of the counters.
            pub const COLUMNS: [&'static str; [$(stringify!($counter)),*].len()] =
                [$(stringify!($counter)),*];

            /// The row of these counters, in the order of their columns.
            #[must_use]
            pub const fn of(counters: [i64; Self::COLUMNS.len()]) -> Self {
                let [$($counter),*] = counters;
                Self { $($counter),* }
            }

            /// The counters, in the order of their columns.
            #[must_use]
            pub const fn counters(&self) -> [i64; Self::COLUMNS.len()] {
                [$(self.$counter),*]
            }
        }
    };
}

counters! {
    /// All that a member has played of one game, or of all of them.
    pub struct Totals {
        /// Hands settled.
        pub hands: i64,
        /// Hands won.
        pub wins: i64,
        /// Tokens staked.
        pub staked: i64,
        /// Tokens paid.
        pub won: i64,
        /// The largest payout, in tokens.
        pub largest_win: i64,
        /// The best multiplier, in hundredths.
        pub multiplier_max_hundredths: i64,
        /// Wins in a row, up to now; a game's own, zero for all of them.
        pub streak: i64,
        /// The longest row of wins; a game's own, zero for all of them.
        pub streak_max: i64,
        /// Which games were played, a bit each.
        pub games: i64,
        /// Different items pulled.
        pub items: i64,
        /// Legendary items pulled.
        pub legendaries: i64,
    }
}

counters! {
    /// What a member has played of one game on one day.
    pub struct Day {
        /// Hands settled.
        pub hands: i64,
        /// Hands won.
        pub wins: i64,
        /// Tokens staked.
        pub staked: i64,
        /// Tokens paid.
        pub won: i64,
        /// The largest payout, in tokens.
        pub largest_win: i64,
        /// The best multiplier, in hundredths.
        pub multiplier_max_hundredths: i64,
        /// Wins in a row after the last hand, those of days before among them.
        pub streak: i64,
        /// The longest row of wins that reached into the day.
        pub streak_max: i64,
        /// Time between hands, without long pauses.
        pub millis_played: i64,
        /// When the last hand was settled, in milliseconds since the Unix epoch.
        pub last_hand_at: i64,
    }
}

/// The bit of a game in [`Totals::games`], which rows keep for ever.
#[must_use]
pub const fn bit_of(game: Game) -> i64 {
    match game {
        Game::Slot => 1,
        Game::Rps => 2,
        Game::Gacha => 4,
        Game::Crash => 8,
    }
}

/// Whether more came back than was staked.
pub(crate) fn is_win(hand: &Hand) -> bool {
    hand.result == HandResult::Win
}

impl Totals {
    /// Counts a hand, but for the row of wins.
    pub(crate) fn count(&mut self, hand: &Hand) {
        let payout = hand.payout.get();
        let multiplier = multiplier_hundredths(hand.stake, hand.payout);
        self.hands = self.hands.saturating_add(1);
        self.wins = self.wins.saturating_add(i64::from(is_win(hand)));
        self.staked = self.staked.saturating_add(hand.stake.get());
        self.won = self.won.saturating_add(payout);
        self.largest_win = self.largest_win.max(payout);
        self.multiplier_max_hundredths = self.multiplier_max_hundredths.max(multiplier);
        self.games |= bit_of(hand.game);
    }

    /// As achievements ask for it.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally {
            hands: self.hands,
            wins: self.wins,
            streak_max: self.streak_max,
            multiplier_max_hundredths: self.multiplier_max_hundredths,
            largest_win: self.largest_win,
            games: self.games.count_ones().into(),
            items: self.items,
            legendaries: self.legendaries,
        }
    }
}

impl Day {
    /// Counts a hand, after which so many wins stand in a row.
    pub(crate) fn count(&mut self, hand: &Hand, streak: i64) {
        let (payout, at) = (hand.payout.get(), hand.at.millis());
        let multiplier = multiplier_hundredths(hand.stake, hand.payout);
        let pause = at.saturating_sub(self.last_hand_at);
        if self.hands > 0 && (0..=IDLE_MAX_MILLIS).contains(&pause) {
            self.millis_played = self.millis_played.saturating_add(pause);
        }
        self.last_hand_at = at;
        self.hands = self.hands.saturating_add(1);
        self.wins = self.wins.saturating_add(i64::from(is_win(hand)));
        self.staked = self.staked.saturating_add(hand.stake.get());
        self.won = self.won.saturating_add(payout);
        self.largest_win = self.largest_win.max(payout);
        self.multiplier_max_hundredths = self.multiplier_max_hundredths.max(multiplier);
        self.streak = streak;
        self.streak_max = self.streak_max.max(streak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_stand_in_the_order_of_their_columns() {
        let totals = Totals {
            hands: 7,
            legendaries: 9,
            ..Totals::default()
        };
        let columns = Totals::COLUMNS.into_iter().zip(totals.counters());
        let counted: Vec<_> = columns.filter(|(_, counter)| *counter != 0).collect();
        assert_eq!(counted, [("hands", 7), ("legendaries", 9)]);
        assert_eq!(Totals::of(totals.counters()), totals);

        let day = Day {
            last_hand_at: 8,
            ..Day::default()
        };
        assert_eq!(Day::COLUMNS.last(), Some(&"last_hand_at"));
        assert_eq!(day.counters().last(), Some(&8));
        assert_eq!(Day::of(day.counters()), day);
    }
}
