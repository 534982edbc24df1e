//! The state of the duel on the page.

use games::{
    Game,
    rps::{Bet, STAKES, Shape, Verdict},
};
use leptos::prelude::*;
use wire::{Tokens, rps::ThrowResult};

use crate::{play::Table, ui::Limits};

/// What the duel is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waiting for a choice.
    Idle,
    /// The countdown runs, or the answer is waited for; the house's hand may not be seen.
    Counting,
    /// The house's hand is turned over.
    Revealing,
}

impl Phase {
    /// As the browser tests read it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Counting => "counting",
            Self::Revealing => "revealing",
        }
    }
}

/// A throw that was shown to its end.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settled {
    pub(super) result: ThrowResult,
    pub(super) stake: Tokens,
}

/// The duel's signals; copied into every part of it.
#[derive(Clone, Copy)]
pub(super) struct Duel {
    pub(super) table: Table,
    pub(super) phase: RwSignal<Phase>,
    /// What the member shows.
    pub(super) mine: RwSignal<Option<Shape>>,
    /// What the house shows, from the moment on that it may be seen.
    pub(super) house: RwSignal<Option<Shape>>,
    /// Which word of the countdown is being said.
    pub(super) beat: RwSignal<usize>,
    pub(super) settled: RwSignal<Option<Settled>>,
}

/// What a new visitor finds as the stake.
const FIRST_STAKE: i64 = 50;

/// What a stake must be.
pub(super) const LIMITS: Limits = Limits {
    min: STAKES.min,
    max: STAKES.max,
    multiple: 1,
};

impl Duel {
    pub(super) fn new() -> Self {
        Self {
            table: Table::new(Game::Rps, FIRST_STAKE),
            phase: RwSignal::new(Phase::Idle),
            mine: RwSignal::new(None),
            house: RwSignal::new(None),
            beat: RwSignal::new(0),
            settled: RwSignal::new(None),
        }
    }

    /// The bet on a choice, as the stake stands.
    pub(super) fn bet(self, choice: Shape) -> Option<Bet> {
        let stake = self.table.stake.try_get_untracked()?;
        Bet::new(Tokens::new(stake).ok()?, choice).ok()
    }

    /// Whether a choice is waited for with a stake that the balance does not cover.
    pub(super) fn is_beyond(self) -> bool {
        self.is_idle() && !self.table.affords(self.table.stake.get())
    }

    /// Whether a new choice is taken.
    pub(super) fn is_idle(self) -> bool {
        self.phase.get() == Phase::Idle
    }

    /// Who won the throw that was shown last; nothing while one is under way.
    pub(super) fn verdict(self) -> Option<Verdict> {
        self.settled
            .with(|settled| settled.as_ref().map(|settled| settled.result.result))
    }
}
