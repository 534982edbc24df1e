//! Pressing the button: one key a gesture, the same key until an answer comes.

use leptos::{prelude::*, task::spawn_local};
use wire::{Timestamp, slot::SpinResult};

use super::{
    machine::{Machine, Phase, Said, summary},
    show, sound, spin,
};
use crate::{browser, error::PageError, session::call_as_member, tr_now, words};

/// How long to wait before each further try, in milliseconds.
const RETRY_MS: [i32; 5] = [400, 800, 1_600, 3_000, 5_000];

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
        if !self.wallet.is_open() {
            return;
        }
        if self.phase.get_untracked() == Phase::Idle {
            if self.auto.get_untracked().is_none() {
                spawn_local(async move {
                    self.spin_once().await;
                });
            }
        } else {
            self.skip.set(true);
        }
    }

    /// One spin from press to rest.
    pub(super) async fn spin_once(self) -> Ending {
        let Some(bet) = self.bet() else {
            return Ending::Failed;
        };
        let i18n = self.i18n;
        if self.wallet.balance_now() < bet.stake().get() {
            self.toasts.warn(tr_now!(i18n, slot.low).to_owned());
            return Ending::Low;
        }
        let started = browser::elapsed_ms();
        self.start(bet.stake());
        let answer = self
            .ask(bet.stake().get(), i64::from(bet.lines().count()))
            .await;
        let ending = match answer {
            Ok(result) => {
                self.wallet.hear(result.balance, result.seq);
                self.phase.set(Phase::Revealing);
                show::hand(self, &result, bet.stake(), started).await;
                self.settle(result, bet.stake())
            }
            Err(error) => {
                self.stand_still();
                self.toasts
                    .warn(words::failure(i18n.get_locale_untracked(), &error));
                if error.is_unauthenticated() {
                    Ending::SignedOut
                } else {
                    Ending::Failed
                }
            }
        };
        self.wallet.release();
        self.phase.set(Phase::Idle);
        if ending == Ending::SignedOut {
            // The page asks who is there, and shows the door.
            self.session.reload();
        }
        ending
    }

    fn start(self, stake: wire::Tokens) {
        self.skip.set(false);
        self.lit.set(Vec::new());
        self.win.set(0);
        self.said.set(Said::Running);
        self.wallet.hold(stake);
        self.phase.set(Phase::Spinning);
        for reel in self.reels {
            reel.runs.set(true);
        }
        sound::play(self, sound::Cue::Start);
    }

    /// Asks for the spin; while it is not known whether it was heard, asks again with the same key.
    async fn ask(self, stake: i64, lines: i64) -> Result<SpinResult, PageError> {
        let key = browser::fresh_key();
        let mut answer = call_as_member(|| spin(stake, lines, key.clone())).await;
        for pause in RETRY_MS {
            let Err(error) = &answer else { break };
            if !error.is_passing() {
                break;
            }
            self.toasts
                .warn(tr_now!(self.i18n, slot.offline).to_owned());
            browser::sleep(pause).await;
            answer = call_as_member(|| spin(stake, lines, key.clone())).await;
        }
        answer
    }

    fn stand_still(self) {
        for reel in self.reels {
            reel.runs.set(false);
        }
        self.said.set(Said::Ready);
    }

    fn settle(self, result: SpinResult, stake: wire::Tokens) -> Ending {
        self.streak.set(result.streak);
        self.remember(summary(
            &result,
            stake,
            Timestamp::from_millis(browser::unix_secs() * 1_000),
        ));
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
