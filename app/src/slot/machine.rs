//! The state of the machine on the page.

use std::array;

use games::slot::{Bet, LINES_MAX, Lines, STAKES, Symbol, WinLine};
use leptos::prelude::*;
use wire::{Tokens, slot::SpinResult};

use crate::{play::Table, ui::Limits};

/// What the machine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waiting for a press.
    Idle,
    /// The reels run; the result is not known here yet.
    Spinning,
    /// The result is being shown.
    Revealing,
}

impl Phase {
    /// As the browser tests read it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Spinning => "spinning",
            Self::Revealing => "revealing",
        }
    }
}

/// One reel: what it shows and whether it runs.
#[derive(Clone, Copy)]
pub(super) struct Reel {
    pub(super) symbols: RwSignal<[Symbol; 3]>,
    pub(super) runs: RwSignal<bool>,
}

/// What the result line says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing was played yet.
    Ready,
    /// The reels run.
    Running,
    /// A free spin is shown: which, of how many.
    Free(usize, usize),
    /// The hand is settled.
    Settled {
        result: Box<SpinResult>,
        stake: Tokens,
    },
}

/// The spins that are left of an auto-spin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Auto {
    pub(super) left: u32,
}

/// The machine's signals; copied into every part of it.
#[derive(Clone, Copy)]
pub(super) struct Machine {
    pub(super) table: Table,
    pub(super) lines: RwSignal<u8>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) reels: [Reel; 3],
    /// The lines that are lit.
    pub(super) lit: RwSignal<Vec<WinLine>>,
    /// What the counter under the reels shows.
    pub(super) win: RwSignal<i64>,
    pub(super) said: RwSignal<Said>,
    pub(super) auto: RwSignal<Option<Auto>>,
}

/// What a new visitor finds on the machine.
const FIRST_STAKE: i64 = 50;
const FIRST_REELS: [[Symbol; 3]; 3] = [
    [Symbol::Cherry, Symbol::Seven, Symbol::Lemon],
    [Symbol::Grape, Symbol::Seven, Symbol::Orange],
    [Symbol::Diamond, Symbol::Seven, Symbol::Scatter],
];

impl Machine {
    pub(super) fn new() -> Self {
        Self {
            table: Table::new(games::Game::Slot, FIRST_STAKE),
            lines: RwSignal::new(LINES_MAX),
            phase: RwSignal::new(Phase::Idle),
            reels: array::from_fn(|at| Reel {
                symbols: RwSignal::new(FIRST_REELS[at]),
                runs: RwSignal::new(false),
            }),
            lit: RwSignal::new(Vec::new()),
            win: RwSignal::new(0),
            said: RwSignal::new(Said::Ready),
            auto: RwSignal::new(None),
        }
    }

    /// What a stake must be for the lines chosen.
    pub(super) fn limits(self) -> Limits {
        Limits {
            min: STAKES.min,
            max: STAKES.max,
            multiple: i64::from(self.lines.get()),
        }
    }

    /// The bet as it stands.
    pub(super) fn bet(self) -> Option<Bet> {
        let lines = Lines::new(i64::from(self.lines.try_get_untracked()?)).ok()?;
        let stake = self.table.stake.try_get_untracked()?;
        Bet::new(Tokens::new(stake).ok()?, lines).ok()
    }

    /// Chooses how many lines, and the nearest stake that divides by them.
    pub(super) fn choose_lines(self, lines: u8) {
        self.lines.set(lines);
        let limits = Limits {
            min: STAKES.min,
            max: STAKES.max,
            multiple: i64::from(lines),
        };
        self.table
            .stake
            .update(|stake| *stake = limits.nearest(*stake));
    }

    /// Whether the machine waits for a bet that the balance does not cover.
    pub(super) fn is_beyond(self) -> bool {
        self.is_idle() && !self.table.affords(self.table.stake.get())
    }

    /// Whether a press begins a spin now; none does on a page that makes room for another.
    pub(super) fn is_ready(self) -> bool {
        self.phase.try_get_untracked() == Some(Phase::Idle)
            && self.auto.try_get_untracked() == Some(None)
    }

    /// Whether the machine takes a new bet; follows it.
    pub(super) fn is_idle(self) -> bool {
        self.phase.get() == Phase::Idle && self.auto.get().is_none()
    }
}
