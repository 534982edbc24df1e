//! The state of the machine on the page.

use std::collections::BTreeMap;

use games::{
    Game,
    gacha::{PullCount, RULES_VERSION, State, Tables},
};
use leptos::prelude::*;
use wire::{
    Timestamp, Tokens,
    gacha::{GachaStats, PastPull, PastRound, PullResult, PulledItem},
};

use crate::{browser, play::Table};

/// How many rounds of this page are remembered for the list below.
const ROUNDS_MAX: usize = 50;

/// What the machine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waiting for a press.
    Idle,
    /// The knob turns; what came is not known here yet.
    Asking,
    /// The capsules are being opened.
    Revealing,
}

impl Phase {
    /// As the browser tests read it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Asking => "asking",
            Self::Revealing => "revealing",
        }
    }
}

/// The machine's signals; copied into every part of it.
#[derive(Clone, Copy)]
pub(super) struct Machine {
    pub(super) table: Table,
    pub(super) phase: RwSignal<Phase>,
    /// Where the member stands, as far as it was shown.
    pub(super) state: RwSignal<State>,
    /// What the member owns, as far as it was shown.
    pub(super) owned: RwSignal<BTreeMap<String, i64>>,
    /// The round on the stage.
    pub(super) round: RwSignal<Option<PullResult>>,
    /// How many of its capsules are open.
    pub(super) opened: RwSignal<usize>,
    /// Which capsule is in the light, while they are opened one by one.
    pub(super) spot: RwSignal<Option<usize>>,
    /// Whether that capsule is open.
    pub(super) is_open: RwSignal<bool>,
    /// Whether all that is left should be shown at once.
    pub(super) all: RwSignal<bool>,
    /// The rounds of this page, newest first.
    pub(super) rounds: RwSignal<Vec<PastRound>>,
}

impl Machine {
    /// The machine as a member left it, or as a visitor finds it.
    pub(super) fn new(stats: Option<GachaStats>) -> Self {
        let (state, owned) = match stats {
            Some(stats) => (stats.state, stats.collection),
            None => (State::fresh(), Vec::new()),
        };
        let owned = owned.into_iter().map(|item| (item.code, item.count));
        Self {
            table: Table::new(Game::Gacha, 0),
            phase: RwSignal::new(Phase::Idle),
            state: RwSignal::new(state),
            owned: RwSignal::new(owned.collect()),
            round: RwSignal::new(None),
            opened: RwSignal::new(0),
            spot: RwSignal::new(None),
            is_open: RwSignal::new(false),
            all: RwSignal::new(false),
            rounds: RwSignal::new(Vec::new()),
        }
    }

    /// Whether a new round can be asked for.
    pub(super) fn is_idle(self) -> bool {
        self.phase.get() == Phase::Idle
    }

    /// How many pulls the next epic takes at most.
    pub(super) fn pulls_to_pity(self) -> u8 {
        self.state
            .with(|state| Tables::current().pulls_to_pity(state))
    }

    /// How many pulls the round on the stage has.
    pub(super) fn pulls(self) -> usize {
        self.round
            .with(|round| round.as_ref().map_or(0, |round| round.items.len()))
    }

    /// One pull of the round on the stage.
    pub(super) fn pulled(self, at: usize) -> Option<PulledItem> {
        self.round
            .with(|round| round.as_ref()?.items.get(at).cloned())
    }

    /// The round on the stage once all of it is shown.
    pub(super) fn settled(self) -> Option<PullResult> {
        self.round.get().filter(|_| self.is_idle())
    }

    /// Takes a round that was shown into odds, collection and list.
    pub(super) fn take_in(self, result: &PullResult) {
        self.state.set(result.state.clone());
        self.owned.update(|owned| {
            for item in &result.items {
                owned.insert(item.code.clone(), item.count);
            }
        });
        self.rounds.update(|rounds| {
            rounds.insert(0, past(result));
            rounds.truncate(ROUNDS_MAX);
        });
    }
}

/// A round that was just pulled, as the history will have it.
fn past(result: &PullResult) -> PastRound {
    let pulls = result.items.iter().map(|item| PastPull {
        code: item.code.clone(),
        rarity: item.rarity,
        animation: item.animation,
    });
    PastRound {
        hand_id: result.hand_id.clone(),
        rules_version: RULES_VERSION,
        cost: result.cost,
        pulls: pulls.collect(),
        revealed: false,
        pulled_at: Timestamp::from_millis(browser::unix_secs() * 1_000),
    }
}

/// What a round costs.
pub(super) fn cost(count: PullCount) -> Tokens {
    games::gacha::cost(count)
}
