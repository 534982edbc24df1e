//! Pulling: the knob turns while the answer is on its way, then the capsules open.

use games::gacha::PullCount;
use leptos::prelude::*;
use wire::{Tokens, gacha::PullResult};

use super::{
    machine::{Machine, Phase, cost},
    pull, show,
    sound::{self, Cue},
};
use crate::{browser, error::PageError, format, tr_now, words::fill};

impl Machine {
    /// What a press of a button or a key does: pull, or open the next capsule at once.
    pub(super) fn press(self, count: PullCount) {
        if !self.table.wallet.is_open() {
            return;
        }
        match self.phase.try_get_untracked() {
            Some(Phase::Idle) => self.table.spawn(self.pull_once(count)),
            Some(Phase::Asking | Phase::Revealing) => self.hurry(),
            None => {}
        }
    }

    /// Opens the next capsule at once; does nothing where nothing runs.
    pub(super) fn hurry(self) {
        if self.phase.try_get_untracked() != Some(Phase::Idle) {
            self.table.skip.set(true);
        }
    }

    /// Opens all that is left at once.
    pub(super) fn show_all(self) {
        self.all.set(true);
        self.hurry();
    }

    /// One round from the press to the last capsule.
    async fn pull_once(self, count: PullCount) {
        let (table, price) = (self.table, cost(count));
        if !self.covers(price) {
            return;
        }
        let started = browser::elapsed_ms();
        self.start();
        let answer = table
            .play(
                price,
                tr_now!(table.i18n, gacha.offline),
                move |key| pull(i64::from(count.get()), key),
                |result| Some((result.balance, result.seq)),
            )
            .await;
        let is_signed_out = match answer {
            Ok((result, _held)) => {
                self.reveal(result, started).await;
                false
            }
            Err(error) => self.stand_still(&error),
        };
        self.phase.set(Phase::Idle);
        if is_signed_out {
            // The page asks who is there, and shows the door.
            table.session.reload();
        }
    }

    /// Whether the balance covers the price; says what is needed where it does not.
    fn covers(self, price: Tokens) -> bool {
        let covers = self.table.wallet.balance_now() >= price.get();
        if !covers {
            let needed = format::group(price.get());
            let text = fill(tr_now!(self.table.i18n, gacha.low), &[("amount", &needed)]);
            self.table.toasts.warn(text);
        }
        covers
    }

    fn start(self) {
        self.table.skip.set(false);
        self.all.set(false);
        self.spot.set(None);
        self.round.set(None);
        self.opened.set(0);
        self.phase.set(Phase::Asking);
        sound::play(self.table, Cue::Turn);
    }

    async fn reveal(self, result: PullResult, started_ms: f64) {
        show::turned(self, started_ms).await;
        self.round.set(Some(result.clone()));
        self.phase.set(Phase::Revealing);
        show::round(self, &result).await;
        self.take_in(&result);
    }

    /// Nothing was pulled; tells whether that is because nobody is signed in any more.
    fn stand_still(self, error: &PageError) -> bool {
        self.table.say_failure(error);
        error.is_unauthenticated()
    }
}
