//! The state of the machine on the page.

use std::array;

use games::slot::{Bet, LINES_MAX, Lines, STAKE_MAX, STAKE_MIN, Symbol, WinLine};
use leptos::prelude::*;
use wire::{HandId, Timestamp, Tokens, play::HandSummary, slot::SpinResult};

use crate::{
    session::{Session, Wallet, use_session, use_wallet},
    ui::{Limits, Toasts, use_toasts},
    words::I18n,
};

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
    pub(super) stake: RwSignal<i64>,
    pub(super) lines: RwSignal<u8>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) reels: [Reel; 3],
    /// The lines that are lit.
    pub(super) lit: RwSignal<Vec<WinLine>>,
    /// What the counter under the reels shows.
    pub(super) win: RwSignal<i64>,
    pub(super) said: RwSignal<Said>,
    pub(super) streak: RwSignal<i64>,
    pub(super) auto: RwSignal<Option<Auto>>,
    /// Whether what is being shown should come to its end at once.
    pub(super) skip: RwSignal<bool>,
    pub(super) muted: RwSignal<bool>,
    /// The hands played on this page, newest first.
    pub(super) played: RwSignal<Vec<HandSummary>>,
    pub(super) wallet: Wallet,
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    pub(super) i18n: I18n,
}

/// How many hands of this page are remembered for the list beside the machine.
const PLAYED_MAX: usize = 10;
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
            stake: RwSignal::new(FIRST_STAKE),
            lines: RwSignal::new(LINES_MAX),
            phase: RwSignal::new(Phase::Idle),
            reels: array::from_fn(|at| Reel {
                symbols: RwSignal::new(FIRST_REELS[at]),
                runs: RwSignal::new(false),
            }),
            lit: RwSignal::new(Vec::new()),
            win: RwSignal::new(0),
            said: RwSignal::new(Said::Ready),
            streak: RwSignal::new(0),
            auto: RwSignal::new(None),
            skip: RwSignal::new(false),
            muted: RwSignal::new(true),
            played: RwSignal::new(Vec::new()),
            wallet: use_wallet(),
            session: use_session(),
            toasts: use_toasts(),
            i18n: crate::i18n::use_i18n(),
        }
    }

    /// What a stake must be for the lines chosen.
    pub(super) fn limits(self) -> Limits {
        Limits {
            min: STAKE_MIN,
            max: STAKE_MAX,
            multiple: i64::from(self.lines.get()),
        }
    }

    /// The bet as it stands.
    pub(super) fn bet(self) -> Option<Bet> {
        let lines = Lines::new(i64::from(self.lines.get_untracked())).ok()?;
        Bet::new(Tokens::new(self.stake.get_untracked()).ok()?, lines).ok()
    }

    /// Chooses how many lines, and the nearest stake that divides by them.
    pub(super) fn choose_lines(self, lines: u8) {
        self.lines.set(lines);
        let limits = Limits {
            min: STAKE_MIN,
            max: STAKE_MAX,
            multiple: i64::from(lines),
        };
        self.stake.update(|stake| *stake = limits.nearest(*stake));
    }

    /// Whether the machine takes a new bet.
    pub(super) fn is_idle(self) -> bool {
        self.phase.get() == Phase::Idle && self.auto.get().is_none()
    }

    /// Puts a settled hand on top of the list.
    pub(super) fn remember(self, hand: HandSummary) {
        self.played.update(|played| {
            played.insert(0, hand);
            played.truncate(PLAYED_MAX);
        });
    }
}

/// A settled spin as the list of hands shows it.
pub(super) fn summary(result: &SpinResult, stake: Tokens, now: Timestamp) -> HandSummary {
    HandSummary {
        hand_id: HandId(result.hand_id.0.clone()),
        game: games::Game::Slot,
        session_id: wire::PlaySessionId(String::new()),
        number: 0,
        stake,
        payout: result.win_amount,
        result: games::HandResult::of(stake, result.win_amount),
        revealed: false,
        created_at: now,
    }
}
