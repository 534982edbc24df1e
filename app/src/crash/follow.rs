//! Following a round to its end, by the live channel or by asking.

use games::crash::reaches;
use leptos::prelude::*;
use wire::{Code, GameId, crash::CurrentRound};

use super::{
    current_crash,
    flight::{Flight, Phase, Running},
    how_it_ended, remembered,
};
use crate::{browser, error::PageError, session::call_as_member, tr_now, wait::until_at_most};

/// How often the end is asked for while the live channel is not there.
const ASK_EVERY_MS: i32 = 1_000;
/// The longest pause after questions that were not answered; each doubles it.
const PAUSE_MAX_MS: i32 = 8_000;
/// After a click that came too late: the club settles a crash a quarter of a second after it.
const SETTLING_MS: i32 = 150;
/// The longest pause while the club goes on saying that a round which is over is not settled; each
/// such answer doubles it.
const SETTLING_MAX_MS: i32 = 2_000;
/// What a round that nobody ended is given to be settled in, before it is asked for in any case.
const GRACE_MS: i64 = 2_000;

impl Flight {
    /// Follows a round until it has ended.
    pub(super) fn fly(self, round: Running) {
        let game = round.game.clone();
        self.show(round);
        self.table.spawn(self.watch(game));
    }

    /// Begins to listen, once the page is alive.
    pub(super) fn listen(self) {
        Effect::new(move || self.table.spawn(self.arrive()));
        Effect::new(move || {
            if let Some(told) = self.live.crash_ended.get() {
                self.hear_end(&told);
            }
        });
        Effect::new(move |before: Option<(u32, bool)>| {
            let now = (self.live.resumed.get(), self.live.connected.get());
            // What was told before the channel opened was told to nobody.
            let has_opened = |was_open: bool| now.1 && !was_open;
            if before.is_some_and(|(count, was_open)| now.0 != count || has_opened(was_open)) {
                self.clock.doubt();
                self.table.spawn(self.catch_up());
            }
            now
        });
    }

    /// Takes up what was running. Each answer measures the delay, and the quickest counts: this one, the
    /// one that is asked for when the channel opens, and those to bets.
    async fn arrive(self) {
        if let Some(round) = self.round.try_get_untracked().flatten() {
            remembered::keep(&round.game);
            self.table.spawn(self.watch(round.game));
        }
        self.catch_up().await;
    }

    /// Asks how things stand, and brings the page there.
    pub(super) async fn catch_up(self) {
        let Ok(current) = self.ask_current().await else {
            return;
        };
        self.is_closed.set(!current.available);
        let ours = self.round.try_get_untracked().flatten();
        match (ours, current.session) {
            (Some(ours), Some(theirs)) if ours.game == theirs.game_id => {}
            (None, Some(theirs)) => self.pick_up(Running::of(theirs)),
            (Some(ours), _) => self.ask_how_it_ended(&ours.game).await,
            (None, None) => self.look_back().await,
        }
    }

    async fn ask_current(self) -> Result<CurrentRound, PageError> {
        let sent_at = browser::elapsed_ms();
        let current = call_as_member(current_crash).await?;
        self.clock.hear(sent_at, current.now);
        Ok(current)
    }

    /// Shows a round that was begun elsewhere, unless a bet is under way here.
    fn pick_up(self, round: Option<Running>) {
        if let Some(round) = round.filter(|_| self.is_resting()) {
            remembered::keep(&round.game);
            self.fly(round);
        }
    }

    /// Shows how the round ended that this browser was watching when it left.
    async fn look_back(self) {
        let Some(game) = remembered::watched() else {
            return;
        };
        let told = call_as_member(|| how_it_ended(game.clone())).await;
        let is_resting = self.is_resting();
        if let Ok(Some(told)) = &told
            && is_resting
        {
            self.show_end(told);
        }
        // It may have been another member's.
        if !matches!(told, Err(PageError::Offline)) && is_resting {
            remembered::forget();
        }
    }

    /// Whether nothing runs here and no bet is under way; nothing rests on a page that is gone.
    fn is_resting(self) -> bool {
        self.phase.try_get_untracked() == Some(Phase::Idle)
    }

    /// Asks for the end while nobody tells it; the pause grows while the club is not reached.
    async fn watch(self, game: GameId) {
        let mut pause = ASK_EVERY_MS;
        while self.is_running(&game) {
            let is_open = self.live.connected.try_get_untracked() == Some(true);
            let is_told = is_open && !self.is_overdue();
            if is_told {
                self.is_lost.set(false);
            }
            let wait = if is_told { self.left_ms() } else { pause };
            if self.is_news_within(wait, &game).await || is_told {
                continue;
            }
            pause = if self.ask_once(&game).await {
                ASK_EVERY_MS
            } else {
                pause.saturating_mul(2).min(PAUSE_MAX_MS)
            };
        }
    }

    /// Waits so long, unless the channel comes or goes, or the round ends; tells which.
    async fn is_news_within(self, millis: i32, game: &GameId) -> bool {
        let (connected, game) = (self.live.connected, game.clone());
        let was_there = connected.try_get_untracked();
        let is_news = move || connected.try_get() != was_there || !self.runs(&game);
        until_at_most(millis, is_news).await
    }

    /// Whether the club must have ended the round by now, and its word was lost.
    fn is_overdue(self) -> bool {
        self.left_ms() == 0
    }

    /// How long it is, in milliseconds, until the round is overdue; short while the club's time is not known.
    fn left_ms(self) -> i32 {
        let round = self.round.try_get_untracked().flatten();
        let left = round
            .zip(self.clock.now())
            .map(|(round, now)| reaches(round.bet.ceiling()) + GRACE_MS - round.elapsed_ms(now));
        left.map_or(ASK_EVERY_MS, |left| {
            i32::try_from(left.max(0)).unwrap_or(i32::MAX)
        })
    }

    /// Asks until the club has settled a round that is known to be over, ever more seldom, and at
    /// once when the channel comes or goes.
    pub(super) async fn ask_how_it_ended(self, game: &GameId) {
        let mut pause = SETTLING_MS;
        while self.ask_once(game).await && self.is_running(game) {
            self.is_news_within(pause, game).await;
            pause = pause.saturating_mul(2).min(SETTLING_MAX_MS);
        }
    }

    /// Asks how the round ended; false when the club was not reached.
    async fn ask_once(self, game: &GameId) -> bool {
        let told = call_as_member(|| how_it_ended(game.clone())).await;
        self.is_lost.set(told.is_err());
        match told {
            Ok(Some(told)) => self.hear_end(&told),
            Ok(None) => {}
            Err(error) if error.code() == Some(Code::NotFound) => self.give_up(game),
            Err(error) => {
                self.ask_who_is_there(&error);
                return false;
            }
        }
        true
    }

    /// The club knows no such round of this member.
    fn give_up(self, game: &GameId) {
        if self.is_running(game) {
            self.round.set(None);
            self.phase.set(Phase::Idle);
            self.is_lost.set(false);
            remembered::forget();
            let text = tr_now!(self.table.i18n, crash.unknown_round);
            self.table.toasts.warn(text.to_owned());
        }
    }
}
