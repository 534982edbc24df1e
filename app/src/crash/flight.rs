//! The state of the table on the page.

use games::{
    Game,
    crash::{AutoCashout, Bet, Multiplier, STAKES, curve},
};
use leptos::prelude::*;
use wire::{
    GameId, Timestamp, Tokens,
    crash::{CurrentRound, PastRound, RunningRound},
};

use super::ended::Ended;
use crate::{
    clock::ClubClock,
    live::{Live, use_live},
    play::Table,
    ui::Limits,
};

/// What the table is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waiting for a bet.
    Idle,
    /// A bet is on its way.
    Betting,
    /// The curve climbs.
    Flying,
    /// A cash-out is on its way; the curve climbs on.
    Taking,
}

impl Phase {
    /// As the browser tests read it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Betting => "betting",
            Self::Flying => "flying",
            Self::Taking => "taking",
        }
    }

    /// Whether a curve climbs.
    pub(super) fn is_up(self) -> bool {
        matches!(self, Self::Flying | Self::Taking)
    }
}

/// A round that is running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) game: GameId,
    pub(super) bet: Bet,
    pub(super) started_at: Timestamp,
}

impl Running {
    /// A round as the club tells it; nothing when it is not one of these rules.
    pub(super) fn of(round: RunningRound) -> Option<Self> {
        let auto = round.auto_cashout_multiplier.map(multiplier);
        let auto = auto.map(AutoCashout::new).transpose().ok()?;
        Some(Self {
            game: round.game_id,
            bet: Bet::new(round.bet_amount, auto).ok()?,
            started_at: round.started_at,
        })
    }

    /// How long it has been running, in milliseconds.
    pub(super) fn elapsed_ms(&self, now: Timestamp) -> i64 {
        now.millis_since(self.started_at).max(0)
    }

    /// What a cash-out that arrived now would multiply the stake with, if the curve is still there.
    pub(super) fn at(&self, now: Timestamp) -> Multiplier {
        curve(self.elapsed_ms(now)).min(self.bet.ceiling())
    }
}

/// The multiplier that a number with two decimals names; every number of ours is one.
pub(super) fn multiplier(decimal: f64) -> Multiplier {
    Multiplier::parse(&decimal.to_string()).unwrap_or(Multiplier::ONE)
}

/// The table's signals; copied into every part of it.
#[derive(Clone, Copy)]
pub(super) struct Flight {
    pub(super) table: Table,
    pub(super) live: Live,
    pub(super) clock: ClubClock,
    pub(super) phase: RwSignal<Phase>,
    /// The round that runs.
    pub(super) round: RwSignal<Option<Running>>,
    /// The multiplier on the page: where the curve is, or where it ended.
    pub(super) shown: RwSignal<Multiplier>,
    /// The round that was shown last, once it has ended.
    pub(super) ended: RwSignal<Option<Ended>>,
    /// What stands in the field for the auto cash-out.
    pub(super) auto: RwSignal<String>,
    /// Whether that may be complained about: a half-typed number is not wrong yet.
    pub(super) is_auto_typed: RwSignal<bool>,
    /// Whether the club takes no bets at the moment.
    pub(super) is_closed: RwSignal<bool>,
    /// Whether the club could not be reached while a round runs.
    pub(super) is_lost: RwSignal<bool>,
    /// The rounds that ended on this page, newest first.
    pub(super) past: RwSignal<Vec<PastRound>>,
}

/// What a new visitor finds as the stake.
const FIRST_STAKE: i64 = 50;

/// What a stake must be.
pub(super) const LIMITS: Limits = Limits {
    min: STAKES.min,
    max: STAKES.max,
    multiple: 1,
};

impl Flight {
    /// The table as a member left it, with the curve in mid-flight, or as a visitor finds it.
    pub(super) fn new(seen: Option<CurrentRound>) -> Self {
        let is_closed = seen.as_ref().is_some_and(|seen| !seen.available);
        let now = seen.as_ref().map(|seen| seen.now);
        let round = seen.and_then(|seen| seen.session).and_then(Running::of);
        let shown = round.as_ref().zip(now).map(|(round, now)| round.at(now));
        let phase = round.as_ref().map_or(Phase::Idle, |_| Phase::Flying);
        let (stake, auto) = round.as_ref().map_or((FIRST_STAKE, String::new()), terms);
        Self {
            table: Table::new(Game::Crash, stake),
            live: use_live(),
            clock: ClubClock::new(),
            phase: RwSignal::new(phase),
            round: RwSignal::new(round),
            shown: RwSignal::new(shown.unwrap_or(Multiplier::ONE)),
            ended: RwSignal::new(None),
            auto: RwSignal::new(auto),
            is_auto_typed: RwSignal::new(false),
            is_closed: RwSignal::new(is_closed),
            is_lost: RwSignal::new(false),
            past: RwSignal::new(Vec::new()),
        }
    }

    /// Whether a bet is waited for that the balance does not cover.
    pub(super) fn is_beyond(self) -> bool {
        self.is_idle() && !self.table.affords(self.table.stake.get())
    }

    /// Whether a bet can be made.
    pub(super) fn is_idle(self) -> bool {
        self.phase.get() == Phase::Idle
    }

    /// The bet as stake and auto cash-out stand; nothing while one of them is wrong.
    pub(super) fn bet(self) -> Option<Bet> {
        let stake = Tokens::new(self.table.stake.get()).ok()?;
        Bet::new(stake, self.auto_cashout().ok()?).ok()
    }

    /// Whether this is the round that runs.
    pub(super) fn is_running(self, game: &GameId) -> bool {
        untrack(|| self.runs(game))
    }

    /// The same, and follows it; nothing runs on a page that is gone.
    pub(super) fn runs(self, game: &GameId) -> bool {
        let runs = self
            .round
            .try_with(|round| round.as_ref().is_some_and(|round| round.game == *game));
        runs.unwrap_or_default()
    }

    /// Puts a round on the stage, with its stake and its auto cash-out in their fields.
    pub(super) fn show(self, round: Running) {
        let (stake, auto) = terms(&round);
        self.table.stake.set(stake);
        self.auto.set(auto);
        self.ended.set(None);
        self.is_closed.set(false);
        self.shown.set(Multiplier::ONE);
        self.round.set(Some(round));
        self.phase.set(Phase::Flying);
        self.tick();
    }

    /// Moves the number to where the curve is now.
    pub(super) fn tick(self) {
        let round = self.round.try_get_untracked().flatten();
        let Some((round, now)) = round.zip(self.clock.now()) else {
            return;
        };
        let at = round.at(now);
        if self.shown.try_get_untracked() != Some(at) {
            self.shown.set(at);
        }
    }
}

/// Stake and auto cash-out of a round, as their fields show them.
fn terms(round: &Running) -> (i64, String) {
    let auto = round.bet.auto().map(|auto| auto.to_string());
    (round.bet.stake().get(), auto.unwrap_or_default())
}
