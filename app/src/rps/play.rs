//! Choosing a shape: the countdown and the request run side by side, the reveal waits for both.

use futures::future::join;
use games::rps::{Bet, Shape, Verdict};
use leptos::prelude::*;
use wire::rps::ThrowResult;

use super::{
    duel::{Duel, Phase, Settled},
    sound::{self, Cue},
    throw,
};
use crate::tr_now;

/// The words of the countdown, in each language.
const BEATS: usize = 3;
/// From one word of the countdown to the next.
const BEAT_MS: i32 = 320;
/// How long the house's hand is looked at before the result is said.
const LOOK_MS: i32 = 520;

impl Duel {
    /// What a choice does: throw, or show what runs at once.
    pub(super) fn choose(self, choice: Shape) {
        if !self.table.wallet.is_open() {
            return;
        }
        match self.phase.try_get_untracked() {
            Some(Phase::Idle) => self.table.spawn(self.throw_once(choice)),
            Some(Phase::Counting | Phase::Revealing) => self.hurry(),
            None => {}
        }
    }

    /// Shows what runs at once; does nothing where nothing runs.
    pub(super) fn hurry(self) {
        if self.phase.try_get_untracked() != Some(Phase::Idle) {
            self.table.skip.set(true);
        }
    }

    /// One throw from the choice to the result.
    async fn throw_once(self, choice: Shape) {
        let Some(bet) = self.bet(choice) else { return };
        let table = self.table;
        if !table.covers(bet.stake()) {
            return;
        }
        self.start(bet);
        let stake = bet.stake().get();
        let answer = table.play(
            bet.stake(),
            tr_now!(table.i18n, rps.offline),
            move |key| throw(choice, stake, key),
            |result| Some((result.balance, result.seq)),
        );
        let (answer, ()) = join(answer, self.count()).await;
        let is_signed_out = match answer {
            Ok((result, _held)) => {
                self.reveal(&result).await;
                self.settle(result, bet);
                false
            }
            Err(error) => {
                self.lay_down();
                table.say_failure(&error);
                error.is_unauthenticated()
            }
        };
        self.phase.set(Phase::Idle);
        if is_signed_out {
            // The page asks who is there, and shows the door.
            table.session.reload();
        }
    }

    fn start(self, bet: Bet) {
        self.table.skip.set(false);
        self.house.set(None);
        self.settled.set(None);
        self.mine.set(Some(bet.choice()));
        self.phase.set(Phase::Counting);
    }

    /// Says the three words, one a beat; only the last to whoever asked for less motion.
    async fn count(self) {
        if self.table.is_calm() {
            self.beat.set(BEATS - 1);
            return;
        }
        for beat in 0..BEATS {
            self.beat.set(beat);
            sound::play(self.table, Cue::Beat);
            self.table.pause(BEAT_MS).await;
        }
    }

    /// Turns the house's hand over.
    async fn reveal(self, result: &ThrowResult) {
        self.house.set(Some(result.computer_choice));
        self.phase.set(Phase::Revealing);
        sound::play(self.table, Cue::Turn);
        if !self.table.is_calm() {
            self.table.pause(LOOK_MS).await;
        }
    }

    fn settle(self, result: ThrowResult, bet: Bet) {
        if result.result == Verdict::Win {
            sound::play(self.table, Cue::Win);
        }
        self.table.streak.set(result.streak);
        self.table
            .remember(result.hand_id.clone(), bet.stake(), result.win_amount);
        self.settled.set(Some(Settled {
            result,
            stake: bet.stake(),
        }));
    }

    /// Nothing was played: the member's hand goes down again.
    fn lay_down(self) {
        self.mine.set(None);
    }
}
