//! Weights, pity, costs and items of one version, and how they settle a round.

use economy::Tokens;

use super::{
    Animation, Entry, Item, Outcome, PARTS, PULLS_MAX, Pull, PullCount, Rarity, State, items,
};
use crate::Draws;

/// What moves away from Common once the wait for an epic is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoftPity {
    /// It applies while the pity counter is above this.
    pub above: u8,
    /// What each of the two near misses gains, in parts of 100,000.
    pub each_near_miss: u32,
    /// What the epic gains, in parts of 100,000.
    pub epic: u32,
}

/// The numbers that a hand was played under.
#[derive(Clone, Copy, Debug)]
pub struct Tables {
    /// What each entry weighs, in parts of 100,000 and in the order of [`Entry::ALL`].
    pub base: [u32; 6],
    /// The bands of soft pity, the longest wait last; a band replaces those before it.
    pub soft_pity: &'static [SoftPity],
    /// The pull without an epic that delivers one, counted from 1.
    pub hard_pity: u8,
    /// What an entry keeps of its weight while its rarity is among the last results, in percent.
    pub decay_percent: u32,
    /// What one pull costs.
    pub pull_cost: Tokens,
    /// What ten pulls at once cost.
    pub ten_cost: Tokens,
    /// The items, from common to legendary; the order within a rarity is that of the draw.
    pub collection: &'static [Item],
}

/// Version 1.
static FIRST: Tables = Tables {
    base: [200, 2_500, 15_000, 65_000, 8_000, 9_300],
    soft_pity: &[
        SoftPity {
            above: 30,
            each_near_miss: 2_500,
            epic: 0,
        },
        SoftPity {
            above: 50,
            each_near_miss: 5_000,
            epic: 2_500,
        },
    ],
    hard_pity: 90,
    decay_percent: 80,
    pull_cost: Tokens::from_u32(50),
    ten_cost: Tokens::from_u32(450),
    collection: &items::FIRST,
};

impl Tables {
    /// The tables of that version, if this build has them.
    #[must_use]
    pub const fn of(version: i64) -> Option<&'static Self> {
        match version {
            1 => Some(&FIRST),
            _ => None,
        }
    }

    /// The tables of [`super::RULES_VERSION`], which new hands are played under.
    #[must_use]
    pub const fn current() -> &'static Self {
        &FIRST
    }

    /// The whole collection, from common to legendary.
    #[must_use]
    pub const fn items(&self) -> &'static [Item] {
        self.collection
    }

    /// The item of that code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&'static Item> {
        self.collection.iter().find(|item| item.code == code)
    }

    /// What a round of so many pulls costs; ten at once have a price of their own.
    #[must_use]
    pub fn cost(&self, count: PullCount) -> Tokens {
        if count == PullCount::TEN {
            return self.ten_cost;
        }
        self.pull_cost
            .checked_mul(i64::from(count.get()))
            .expect("nine pulls cost far below 2^53")
    }

    /// The fewest pulls that cost as much as ten at once; ten where no fewer do.
    #[must_use]
    pub fn as_dear_as_ten(&self) -> PullCount {
        let mut counts = (1..=i64::from(PULLS_MAX)).filter_map(|count| PullCount::new(count).ok());
        let dear = counts.find(|count| self.cost(*count) >= self.ten_cost);
        dear.unwrap_or(PullCount::TEN)
    }

    /// What each entry weighs in that state, in parts of 100,000 and in the order of the draw.
    #[must_use]
    pub fn weights(&self, state: &State) -> [u32; 6] {
        let [legendary, epic, rare, _, near_epic, near_legendary] = self.softened(state);
        let keep = |weight, rarity| self.decayed(weight, rarity, state);
        let legendary = keep(legendary, Rarity::Legendary);
        let epic = keep(epic, Rarity::Epic);
        let [rare, near_epic, near_legendary] =
            [rare, near_epic, near_legendary].map(|weight| keep(weight, Rarity::Rare));
        // Whatever another entry gains or loses is Common's, so that Common is the rest.
        let common = [legendary, epic, rare, near_epic, near_legendary]
            .into_iter()
            .try_fold(PARTS, u32::checked_sub)
            .expect("the other entries weigh 47,500 at most");
        [legendary, epic, rare, common, near_epic, near_legendary]
    }

    /// The base weights with what the soft pity adds; Common as it was.
    fn softened(&self, state: &State) -> [u32; 6] {
        let reached = |band: &&SoftPity| state.since_epic() > band.above;
        let Some(band) = self.soft_pity.iter().rfind(reached) else {
            return self.base;
        };
        let [legendary, epic, rare, common, near_epic, near_legendary] = self.base;
        [
            legendary,
            epic.saturating_add(band.epic),
            rare,
            common,
            near_epic.saturating_add(band.each_near_miss),
            near_legendary.saturating_add(band.each_near_miss),
        ]
    }

    /// What is left of a weight in the light of the last results, rounded down.
    fn decayed(&self, weight: u32, rarity: Rarity, state: &State) -> u32 {
        if !state.has_recent(rarity) {
            return weight;
        }
        // A weight is at most 100,000, and a hundred times that is far below 2^32.
        weight.saturating_mul(self.decay_percent) / 100
    }

    /// Settles one round under these tables. The same count, state and stream always give the
    /// same outcome.
    pub fn settle(&self, count: PullCount, before: &State, draws: &mut Draws) -> Outcome {
        let mut after = before.clone();
        let mut next = |_| {
            let pull = self.pull(&after, draws);
            after = after.after(pull.rarity);
            pull
        };
        let pulls = (0..count.get()).map(&mut next).collect();
        Outcome { pulls, after }
    }

    fn pull(&self, state: &State, draws: &mut Draws) -> Pull {
        let entry = self.draw_entry(state, draws);
        let (rarity, animation) = self.delivered(entry, state);
        Pull {
            item: self.draw_item(rarity, draws).code.to_owned(),
            rarity,
            entry,
            animation,
        }
    }

    /// What an entry gives in that state, and how it is shown: the hard pity is decided here.
    pub(super) fn delivered(&self, entry: Entry, state: &State) -> (Rarity, Animation) {
        if self.pulls_to_pity(state) == 1 && entry.delivers() < Rarity::Epic {
            return (Rarity::Epic, Animation::Pity);
        }
        (entry.delivers(), entry.animation())
    }

    fn draw_entry(&self, state: &State, draws: &mut Draws) -> Entry {
        let mut left = draws.below(u64::from(PARTS));
        for (entry, weight) in Entry::ALL.into_iter().zip(self.weights(state)) {
            match left.checked_sub(u64::from(weight)) {
                Some(rest) => left = rest,
                None => return entry,
            }
        }
        unreachable!("the weights sum to what the draw is below")
    }

    fn draw_item(&self, rarity: Rarity, draws: &mut Draws) -> &'static Item {
        let of_rarity = || self.collection.iter().filter(|item| item.rarity == rarity);
        u64::try_from(of_rarity().count())
            .ok()
            .and_then(|items| usize::try_from(draws.below(items)).ok())
            .and_then(|item| of_rarity().nth(item))
            .expect("each rarity has items, and a draw below their number is one of them")
    }
}
