//! Pressing the button.

use leptos::prelude::*;
use wire::slot::SpinResult;

use super::{
    machine::{Machine, Phase, Said},
    show, sound, spin,
};
use crate::{browser, tr_now};

/// How a spin ended, as far as an auto-spin cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Shown to its end.
    Shown,
    /// Shown to its end, and it was the jackpot.
    Jackpot,
    /// The stake cannot be paid.
    Low,
    /// Refused or not answered.
    Failed,
    /// Refused, because nobody is signed in any more.
    SignedOut,
}

impl Machine {
    /// What a press of the button or the key does: spin, or show what runs at once.
    pub(super) fn press(self) {
        if !self.table.wallet.is_open() {
            return;
        }
        match self.phase.try_get_untracked() {
            Some(Phase::Idle) if self.is_ready() => {
                self.table.spawn(async move {
                    self.spin_once().await;
                });
            }
            Some(Phase::Spinning | Phase::Revealing) => self.table.skip.set(true),
            // An auto-spin takes a breath, or the button is of a page that makes room for another.
            Some(Phase::Idle) | None => {}
        }
    }

    /// One spin from press to rest.
    pub(super) async fn spin_once(self) -> Ending {
        let Some(bet) = self.bet() else {
            return Ending::Failed;
        };
        let table = self.table;
        if !table.covers(bet.stake()) {
            return Ending::Low;
        }
        let started = browser::elapsed_ms();
        self.start();
        let (stake, lines) = (bet.stake().get(), i64::from(bet.lines().count()));
        let answer = table
            .play(
                bet.stake(),
                tr_now!(table.i18n, slot.offline),
                move |key| spin(stake, lines, key),
                |result| Some((result.balance, result.seq)),
            )
            .await;
        let ending = match answer {
            Ok((result, _held)) => {
                self.phase.set(Phase::Revealing);
                show::hand(self, &result, bet.stake(), started).await;
                self.settle(result, bet.stake())
            }
            Err(error) => {
                self.stand_still();
                table.say_failure(&error);
                if error.is_unauthenticated() {
                    Ending::SignedOut
                } else {
                    Ending::Failed
                }
            }
        };
        self.phase.set(Phase::Idle);
        if ending == Ending::SignedOut {
            // The page asks who is there, and shows the door.
            table.session.reload();
        }
        ending
    }

    fn start(self) {
        self.table.skip.set(false);
        self.lit.set(Vec::new());
        self.win.set(0);
        self.said.set(Said::Running);
        self.phase.set(Phase::Spinning);
        for reel in self.reels {
            reel.runs.set(true);
        }
        sound::play(self, sound::Cue::Start);
    }

    fn stand_still(self) {
        for reel in self.reels {
            reel.runs.set(false);
        }
        self.said.set(Said::Ready);
    }

    fn settle(self, result: SpinResult, stake: wire::Tokens) -> Ending {
        self.table.streak.set(result.streak);
        self.table
            .remember(result.hand_id.clone(), stake, result.win_amount);
        let ending = if result.is_jackpot {
            Ending::Jackpot
        } else {
            Ending::Shown
        };
        self.said.set(Said::Settled {
            result: Box::new(result),
            stake,
        });
        ending
    }
}
