//! Exact odds, from the weights that roll.

use economy::Tokens;
use serde::{Deserialize, Serialize};

use super::{Entry, PARTS, PullCount, Rarity, State, Tables};

/// The odds of one pull by what it delivers, in parts of 100,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odds {
    /// A common.
    pub common: u32,
    /// A rare, near misses included.
    pub rare: u32,
    /// An epic, the hard pity included.
    pub epic: u32,
    /// A legendary.
    pub legendary: u32,
}

impl Odds {
    /// The odds of that rarity.
    #[must_use]
    pub const fn of(self, rarity: Rarity) -> u32 {
        match rarity {
            Rarity::Common => self.common,
            Rarity::Rare => self.rare,
            Rarity::Epic => self.epic,
            Rarity::Legendary => self.legendary,
        }
    }

    /// The odds of anything that is less rare.
    #[must_use]
    pub fn below(self, rarity: Rarity) -> u32 {
        let lesser = Rarity::ALL.into_iter().filter(|other| *other < rarity);
        lesser.map(|other| self.of(other)).sum()
    }
}

/// A chance in whole parts of 10^15, the largest power of ten that every JSON reader keeps exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chance(u64);

impl Chance {
    /// What is certain.
    pub const CERTAIN: Self = Self(1_000_000_000_000_000);

    /// The chance in parts of 10^15.
    #[must_use]
    pub const fn parts(self) -> u64 {
        self.0
    }

    /// The chance in hundredths of a percent, rounded down: 2,394 for 23.94 %.
    #[must_use]
    pub const fn percent_hundredths(self) -> u64 {
        self.0 / 100_000_000_000
    }

    /// The chance of the opposite.
    const fn opposite(self) -> Self {
        Self(Self::CERTAIN.0.saturating_sub(self.0))
    }

    /// The chance that something of those odds, in parts of 100,000, happens too; rounded up.
    fn and(self, odds: u32) -> Self {
        let product = u128::from(self.0).saturating_mul(u128::from(odds));
        u64::try_from(product.div_ceil(u128::from(PARTS))).map_or(Self::CERTAIN, Self)
    }
}

impl Tables {
    /// The exact odds of the next pull, by what it delivers.
    #[must_use]
    pub fn next_odds(&self, state: &State) -> Odds {
        let weights = self.weights(state);
        let of = |rarity| {
            let entries = Entry::ALL.into_iter().zip(weights);
            let giving = entries.filter(|(entry, _)| self.delivered(*entry, state).0 == rarity);
            giving.map(|(_, weight)| weight).sum()
        };
        Odds {
            common: of(Rarity::Common),
            rare: of(Rarity::Rare),
            epic: of(Rarity::Epic),
            legendary: of(Rarity::Legendary),
        }
    }

    /// The chance that one of the next so many pulls delivers at least that rarity: never above
    /// the exact chance, and below it by less than one part of 10^15 for each pull.
    ///
    /// It is what is left of the chance that every pull misses, and one path stands for all that
    /// miss. What a rarity loses to its history goes to Common, and so the odds of at least a
    /// rarity depend on two things that lesser results do not differ in: how long ago the rarity
    /// and those above it came, which on a path of misses is only the number of pulls; and, for
    /// an epic, the counter, which runs on through misses. Commons and rares never touch the odds
    /// of an epic, and neither epics nor the counter touch those of a legendary, because the
    /// pity changes only near misses and epics. So the path that misses with commons throughout
    /// has the odds of each, and ninety steps do for ninety pulls.
    #[must_use]
    pub fn chance_within(&self, state: &State, pulls: u8, at_least: Rarity) -> Chance {
        let mut missed = Chance::CERTAIN;
        let mut state = state.clone();
        for _ in 0..pulls {
            missed = missed.and(self.next_odds(&state).below(at_least));
            state = state.after(Rarity::Common);
        }
        missed.opposite()
    }

    /// How many pulls the next epic takes at most; at least 1.
    #[must_use]
    pub fn pulls_to_pity(&self, state: &State) -> u8 {
        self.hard_pity.saturating_sub(state.since_epic()).max(1)
    }

    /// The most that the next epic can cost when the pulls to the hard pity are bought as cheaply
    /// as can be: by tens, then what is left one by one, or as one more ten where that is less.
    #[must_use]
    pub fn worst_case_cost(&self, state: &State) -> Tokens {
        let pulls = self.pulls_to_pity(state);
        let ten = PullCount::TEN.get();
        let cost = |each: Tokens, count: u8| each.checked_mul(i64::from(count));
        let singles = cost(self.pull_cost, pulls.checked_rem(ten).unwrap_or_default());
        let rest = singles.map(|singles| singles.min(self.ten_cost));
        cost(self.ten_cost, pulls.checked_div(ten).unwrap_or_default())
            .zip(rest)
            .and_then(|(tens, rest)| tens.checked_add(rest))
            .expect("90 pulls cost far below 2^53")
    }
}
