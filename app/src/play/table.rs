//! The state that every game has on its page.

use games::{Game, HandResult};
use leptos::prelude::*;
use wire::{HandId, PlaySessionId, Timestamp, Tokens, play::HandSummary};

use super::sound::{self, Tone};
use crate::{
    browser,
    error::PageError,
    session::{Session, Wallet, use_session, use_wallet},
    task::Part,
    tr_now,
    ui::{Toasts, use_calm, use_toasts},
    wait::until_at_most,
    words::{self, I18n},
};

/// How many hands of this page are remembered for the lists beside the game.
const PLAYED_MAX: usize = 10;

/// The signals that every game has; copied into every part of its page.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    /// What is played here.
    pub(crate) game: Game,
    /// What the next hand costs.
    pub(crate) stake: RwSignal<i64>,
    /// Wins in a row.
    pub(crate) streak: RwSignal<i64>,
    /// Whether what is being shown should come to its end at once.
    pub(crate) skip: RwSignal<bool>,
    pub(crate) muted: RwSignal<bool>,
    /// The hands played on this page, newest first.
    pub(crate) played: RwSignal<Vec<HandSummary>>,
    pub(crate) wallet: Wallet,
    pub(crate) session: Session,
    pub(crate) toasts: Toasts,
    pub(crate) i18n: I18n,
    /// What its tasks belong to: a hand goes on while the controls that began it are made anew.
    part: Part,
    calm: Signal<bool>,
}

impl Table {
    /// A table where nothing was played yet.
    pub(crate) fn new(game: Game, first_stake: i64) -> Self {
        Self {
            game,
            stake: RwSignal::new(first_stake),
            streak: RwSignal::new(0),
            skip: RwSignal::new(false),
            muted: RwSignal::new(true),
            played: RwSignal::new(Vec::new()),
            wallet: use_wallet(),
            session: use_session(),
            toasts: use_toasts(),
            i18n: crate::i18n::use_i18n(),
            part: Part::here(),
            calm: use_calm(),
        }
    }

    /// Whether the balance that is shown pays for this; follows it. A balance that is not known
    /// yet does.
    pub(crate) fn affords(self, price: i64) -> bool {
        self.missing(price).is_none()
    }

    /// How many tokens the balance that is shown lacks for this; follows it.
    pub(crate) fn missing(self, price: i64) -> Option<i64> {
        let missing = price - self.wallet.shown()?;
        (missing > 0).then_some(missing)
    }

    /// Whether the balance covers a stake; says so where it does not.
    pub(crate) fn covers(self, stake: Tokens) -> bool {
        let covers = self.wallet.balance_now() >= stake.get();
        if !covers {
            self.toasts.warn(tr_now!(self.i18n, slot.low).to_owned());
        }
        covers
    }

    /// Says why nothing was played.
    pub(crate) fn say_failure(self, error: &PageError) {
        self.toasts
            .warn(words::failure(self.i18n.get_locale_untracked(), error));
    }

    /// Puts a hand that was just settled on top of the lists.
    pub(crate) fn remember(self, hand_id: HandId, stake: Tokens, payout: Tokens) {
        let hand = HandSummary {
            hand_id,
            game: self.game,
            session_id: PlaySessionId(String::new()),
            number: 0,
            stake,
            payout,
            result: HandResult::of(stake, payout),
            revealed: false,
            created_at: Timestamp::from_millis(browser::unix_secs() * 1_000),
        };
        self.played.update(|played| {
            played.insert(0, hand);
            played.truncate(PLAYED_MAX);
        });
    }

    /// Runs a task that ends with the table.
    pub(crate) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        self.part.spawn(task);
    }

    /// Whether the member asked for less motion.
    pub(crate) fn is_calm(self) -> bool {
        self.calm.try_get_untracked().unwrap_or_default()
    }

    /// Waits, unless a tap or a key asks for the end.
    pub(crate) async fn pause(self, millis: i32) {
        // What was pressed last is looked at a moment later: the page may be gone by then.
        until_at_most(millis, move || self.skip.try_get().unwrap_or(true)).await;
    }

    /// The same until so long has passed since something started.
    pub(crate) async fn pause_since(self, started_ms: f64, millis: f64) {
        let left = millis - (browser::elapsed_ms() - started_ms);
        #[expect(clippy::cast_possible_truncation, reason = "seconds, in milliseconds")]
        self.pause(left.max(0.0) as i32).await;
    }

    /// Plays tones, unless the table is muted.
    pub(crate) fn ring(self, tones: &[Tone]) {
        if self.muted.try_get_untracked() == Some(false) {
            sound::ring(tones);
        }
    }
}
