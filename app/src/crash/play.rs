//! From the bet to the cash-out.

use std::{cell::Cell, rc::Rc};

use games::crash::{Bet, Multiplier};
use leptos::prelude::*;
use wire::{
    Code,
    crash::{BetResult, CashoutResult, RunningRound},
};

use super::{
    cash_out,
    ended::Ended,
    flight::{Flight, Phase, Running},
    how_it_ended, place_bet, remembered,
    sound::{self, Cue},
};
use crate::{browser, error::PageError, session::call_as_member, tr_now};

/// How long after the bet a second click of the mouse belongs to it: what systems allow for a
/// double click.
const DOUBLE_CLICK_MS: i64 = 500;

/// What a bet came to.
enum Placed {
    Begun(BetResult),
    /// The club takes no bets at the moment.
    Closed,
}

impl Flight {
    /// What the button and the keys do: bet, or take the curve.
    pub(super) fn press(self) {
        if !self.table.wallet.is_open() {
            return;
        }
        match self.phase.try_get_untracked() {
            Some(Phase::Idle) => self.table.spawn(self.place()),
            Some(Phase::Flying) => self.take(),
            Some(Phase::Betting | Phase::Taking) | None => {}
        }
    }

    /// A click; the second one of a double click that bets takes nothing.
    pub(super) fn click(self, count: i32) {
        let round = self.round.try_get_untracked().flatten();
        let elapsed = round
            .zip(self.clock.now())
            .map(|(round, now)| round.elapsed_ms(now));
        if count < 2 || elapsed.is_none_or(|elapsed| elapsed >= DOUBLE_CLICK_MS) {
            self.press();
        }
    }

    /// Takes the curve if one can be taken; below the least multiplier the club would refuse.
    pub(super) fn take(self) {
        let Some(round) = self.round.try_get_untracked().flatten() else {
            return;
        };
        self.tick();
        let is_enough = |shown: Multiplier| shown >= Multiplier::CASH_OUT_MIN;
        let is_ready = self.shown.try_get_untracked().is_some_and(is_enough);
        if is_ready && self.phase.try_get_untracked() == Some(Phase::Flying) {
            self.phase.set(Phase::Taking);
            self.table.spawn(self.take_once(round));
        }
    }

    async fn place(self) {
        self.is_auto_typed.set(true);
        let Some(bet) = untrack(|| self.bet()) else {
            return;
        };
        if !self.table.covers(bet.stake()) {
            return;
        }
        self.phase.set(Phase::Betting);
        self.ended.set(None);
        self.shown.set(Multiplier::ONE);
        let tries = Rc::new(Cell::new(0_u32));
        match self.ask_for(bet, tries.clone()).await {
            Ok(Placed::Begun(placed)) => self.begin(placed, tries.get() > 1).await,
            Ok(Placed::Closed) => {
                self.phase.set(Phase::Idle);
                self.is_closed.set(true);
            }
            Err(error) => self.turned_away(&error).await,
        }
    }

    async fn ask_for(self, bet: Bet, tries: Rc<Cell<u32>>) -> Result<Placed, PageError> {
        let stake = bet.stake().get();
        let auto = bet.auto().map(|auto| decimal(auto.target()));
        let offline = tr_now!(self.table.i18n, crash.offline_bet);
        let request = move |key: String| {
            tries.set(tries.get() + 1);
            let is_first = tries.get() == 1;
            async move {
                let sent_at = browser::elapsed_ms();
                match place_bet(stake, auto, key).await {
                    Ok(placed) => {
                        // Whoever left meanwhile is told how it ended when they come back.
                        remembered::keep(&placed.game_id);
                        // What is answered again is as old as the first answer.
                        if is_first {
                            self.clock.hear(sent_at, placed.now);
                        }
                        Ok(Placed::Begun(placed))
                    }
                    Err(error) if error.code() == Some(Code::Unavailable) => Ok(Placed::Closed),
                    Err(error) => Err(error),
                }
            }
        };
        let balance = |placed: &Placed| match placed {
            Placed::Begun(placed) => Some((placed.balance, placed.seq)),
            Placed::Closed => None,
        };
        // The curve hides nothing that a stake held back would give away.
        let answer = self.table.play(bet.stake(), offline, request, balance);
        answer.await.map(|(placed, _held)| placed)
    }

    /// A round has begun; one whose answer was lost at first may be over by now.
    async fn begin(self, placed: BetResult, is_repeated: bool) {
        let round = Running::of(RunningRound {
            game_id: placed.game_id,
            bet_amount: placed.bet_amount,
            auto_cashout_multiplier: placed.auto_cashout_multiplier,
            started_at: placed.started_at,
        });
        let Some(round) = round else { return };
        sound::play(self.table, Cue::Start);
        self.fly(round);
        if is_repeated {
            self.catch_up().await;
        }
    }

    /// The club said no to a bet; a round of another tab is shown here too.
    async fn turned_away(self, error: &PageError) {
        self.phase.set(Phase::Idle);
        self.table.say_failure(error);
        if error.code() == Some(Code::RoundActive) {
            self.catch_up().await;
        }
        self.ask_who_is_there(error);
    }

    async fn take_once(self, round: Running) {
        let offline = tr_now!(self.table.i18n, crash.offline_take);
        let game = round.game.clone();
        // A click that was made counts, also for whoever leaves with it.
        let answer = self.table.ask(
            offline,
            move |key| cash_out(game.clone(), key),
            |result| Some((result.balance, result.seq)),
        );
        match answer.await {
            Ok(result) => self.taken(&round, &result).await,
            // Told otherwise meanwhile, by the channel.
            Err(_) if !self.is_running(&round.game) => {}
            Err(error) => self.missed(&round, &error).await,
        }
    }

    async fn taken(self, round: &Running, result: &CashoutResult) {
        if self.is_running(&round.game) {
            self.table.streak.set(result.streak);
            self.land(Ended::taken(round, result));
        }
        // Where the curve broke off may be known now, if the channel has not told it.
        let game = &round.game;
        if !self.knows_point()
            && let Ok(Some(told)) = call_as_member(|| how_it_ended(game.clone())).await
        {
            self.hear_end(&told);
        }
    }

    /// Whether the round on the stage is known to its last digit.
    fn knows_point(self) -> bool {
        let ended = self.ended.try_get_untracked().flatten();
        ended.is_some_and(|ended| ended.point.is_some())
    }

    /// Nothing was taken: too early, too late, or not heard.
    async fn missed(self, round: &Running, error: &PageError) {
        self.phase.set(Phase::Flying);
        if error.code() == Some(Code::NotFound) {
            let text = tr_now!(self.table.i18n, crash.too_late);
            self.table.toasts.say(text.to_owned());
            self.ask_how_it_ended(&round.game).await;
        } else {
            self.table.say_failure(error);
        }
        self.ask_who_is_there(error);
    }

    /// The page asks who is there, and shows the door.
    pub(super) fn ask_who_is_there(self, error: &PageError) {
        if error.is_unauthenticated() {
            self.table.session.reload();
        }
    }
}

/// As the club takes it: a number with two decimals.
#[expect(
    clippy::cast_precision_loss,
    reason = "a multiplier is far below 2^53 hundredths"
)]
fn decimal(multiplier: Multiplier) -> f64 {
    multiplier.hundredths() as f64 / 100.0
}
