//! Choosing a shape: the countdown and the request run side by side, the reveal waits for both.

use games::rps::{Bet, Shape, Verdict};
use leptos::{prelude::*, task::spawn_local};
use wire::rps::ThrowResult;

use super::{
    duel::{Duel, Phase, Settled},
    sound::{self, Cue},
    throw,
};
use crate::{browser, tr_now};

/// The words of the countdown, in each language.
const BEATS: usize = 3;
/// From one word of the countdown to the next.
const BEAT_MS: i32 = 320;
/// How finely the end of the countdown is waited for.
const SLICE_MS: i32 = 30;
/// How long the house's hand is looked at before the result is said.
const LOOK_MS: i32 = 520;

impl Duel {
    /// What a choice does: throw, or show what runs at once.
    pub(super) fn choose(self, choice: Shape) {
        if !self.table.wallet.is_open() {
            return;
        }
        if self.phase.get_untracked() == Phase::Idle {
            spawn_local(self.throw_once(choice));
        } else {
            self.hurry();
        }
    }

    /// Shows what runs at once; does nothing where nothing runs.
    pub(super) fn hurry(self) {
        if self.phase.get_untracked() != Phase::Idle {
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
        let answer = table
            .ask(tr_now!(table.i18n, rps.offline), |key| {
                throw(choice, stake, key)
            })
            .await;
        if let Ok(result) = &answer {
            table.wallet.hear(result.balance, result.seq);
        }
        self.counted().await;
        let is_signed_out = match answer {
            Ok(result) => {
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
        table.wallet.release();
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
        self.table.wallet.hold(bet.stake());
        self.phase.set(Phase::Counting);
        if browser::prefers_calm() {
            self.beat.set(BEATS - 1);
            self.is_counted.set(true);
        } else {
            self.is_counted.set(false);
            spawn_local(self.count());
        }
    }

    /// Says the three words, one a beat.
    async fn count(self) {
        for beat in 0..BEATS {
            _ = self.beat.try_set(beat);
            sound::play(self.table, Cue::Beat);
            self.table.pause(BEAT_MS).await;
        }
        _ = self.is_counted.try_set(true);
    }

    /// Waits for the end of the countdown; a page that was left counts no more.
    async fn counted(self) {
        while self.is_counted.try_get_untracked() == Some(false) {
            browser::sleep(SLICE_MS).await;
        }
    }

    /// Turns the house's hand over.
    async fn reveal(self, result: &ThrowResult) {
        self.house.set(Some(result.computer_choice));
        self.phase.set(Phase::Revealing);
        sound::play(self.table, Cue::Turn);
        if !browser::prefers_calm() {
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
