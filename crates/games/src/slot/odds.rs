//! Exact odds, by enumeration over every combination of stops.

use std::sync::OnceLock;

use super::{FREE_SPINS, LINES, Lines, Tables, tables};
use crate::Fraction;

/// What a staked spin does, counted over every combination of stops.
///
/// The counts saturate, but stay below 2^40 for strips of at most a hundred stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Combinations of stops.
    spins: u64,
    /// What they pay together, in line stakes.
    paid: u64,
    /// Those that pay anything.
    hits: u64,
    /// Those that give free spins.
    bonuses: u64,
    /// Those with three sevens on a line.
    jackpots: u64,
}

impl Tally {
    fn of(tables: &Tables, lines: Lines) -> Self {
        let [left, middle, right] = tables
            .strips
            .map(|strip| tables::windows(strip).collect::<Vec<_>>());
        let mut tally = Self::default();
        for &first in &left {
            for &second in &middle {
                for &third in &right {
                    tally.count(tables, &[first, second, third], lines);
                }
            }
        }
        tally
    }

    fn count(&mut self, tables: &Tables, reels: &[[super::Symbol; 3]; 3], lines: Lines) {
        let mut paid = 0_u64;
        let mut is_jackpot = false;
        for (_, pay) in tables.paid(reels, lines) {
            paid = paid.saturating_add(u64::from(pay.multiplier));
            is_jackpot |= pay.is_jackpot();
        }
        self.spins = self.spins.saturating_add(1);
        self.paid = self.paid.saturating_add(paid);
        self.hits = self.hits.saturating_add(u64::from(paid > 0));
        self.bonuses = self
            .bonuses
            .saturating_add(u64::from(tables::gives_free_spins(reels)));
        self.jackpots = self.jackpots.saturating_add(u64::from(is_jackpot));
    }
}

impl Tally {
    fn exact_return(&self, lines: Lines) -> Fraction {
        let [spins, paid, bonuses] = [self.spins, self.paid, self.bonuses].map(u128::from);
        let free_spins = u128::try_from(FREE_SPINS).expect("five fits");
        // A free spin pays like a staked one and gives no more of them, so that the return is
        // paid / (spins * lines) * (1 + 5 * bonuses / spins).
        let weight = bonuses.saturating_mul(free_spins).saturating_add(spins);
        let staked = spins.saturating_mul(u128::from(lines.count()));
        Fraction::reduced(paid.saturating_mul(weight), staked.saturating_mul(spins))
    }

    fn exact_hit_rate(&self) -> Fraction {
        Fraction::reduced(self.hits, self.spins)
    }

    fn exact_free_spins(&self) -> Fraction {
        Fraction::reduced(self.bonuses, self.spins)
    }

    fn exact_jackpot(&self) -> Fraction {
        Fraction::reduced(self.jackpots, self.spins)
    }

    /// That of the tables which new hands are played under, counted once: it takes milliseconds.
    fn current(lines: Lines) -> Self {
        /// By the number of lines.
        static COUNTED: [OnceLock<Tally>; LINES.len()] = [const { OnceLock::new() }; LINES.len()];
        let count = || Self::of(Tables::current(), lines);
        let place = usize::from(lines.count()).saturating_sub(1);
        COUNTED
            .get(place)
            .map_or_else(count, |counted| *counted.get_or_init(count))
    }
}

impl Tables {
    /// The exact return to player with that many lines, free spins included.
    #[must_use]
    pub fn exact_return(&self, lines: Lines) -> Fraction {
        Tally::of(self, lines).exact_return(lines)
    }

    /// The exact chance that a line of the staked spin pays; what free spins bring does not count.
    #[must_use]
    pub fn exact_hit_rate(&self, lines: Lines) -> Fraction {
        Tally::of(self, lines).exact_hit_rate()
    }

    /// The exact chance that a staked spin gives free spins; the number of lines plays no part.
    #[must_use]
    pub fn exact_free_spins(&self) -> Fraction {
        Tally::of(self, Lines::ONE).exact_free_spins()
    }

    /// The exact chance of the jackpot in one turn of the reels with that many lines.
    #[must_use]
    pub fn exact_jackpot(&self, lines: Lines) -> Fraction {
        Tally::of(self, lines).exact_jackpot()
    }
}

/// The exact return to player with that many lines, by enumeration over all stops.
#[must_use]
pub fn exact_return(lines: Lines) -> Fraction {
    Tally::current(lines).exact_return(lines)
}

/// The exact chance that a staked spin pays anything on a line with that many lines; what free
/// spins bring does not count.
#[must_use]
pub fn exact_hit_rate(lines: Lines) -> Fraction {
    Tally::current(lines).exact_hit_rate()
}

/// The exact chance that a staked spin gives free spins.
#[must_use]
pub fn exact_free_spins() -> Fraction {
    Tally::current(Lines::ONE).exact_free_spins()
}

/// The exact chance of the jackpot in one turn of the reels with that many lines.
#[must_use]
pub fn exact_jackpot(lines: Lines) -> Fraction {
    Tally::current(lines).exact_jackpot()
}
