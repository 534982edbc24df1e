//! The club's time as this browser knows it.
//!
//! It is what the club said last, plus what has passed here since: a browser whose clock is wrong
//! draws the same curve.

use leptos::prelude::*;
use wire::Timestamp;

use crate::browser;

/// After so long an answer counts however slow it was, since clocks drift apart.
const FRESH_MS: f64 = 60_000.0;

/// What one answer told.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sample {
    heard_at: f64,
    /// From the question to the answer, in milliseconds.
    round_trip_ms: f64,
    /// What to add to the milliseconds since the page was opened.
    offset_ms: f64,
}

impl Sample {
    /// The club's time was read between question and answer; in the middle, as far as anyone knows.
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our times are far below 2^53"
    )]
    fn of(sent_at: f64, heard_at: f64, club: Timestamp) -> Self {
        Self {
            heard_at,
            round_trip_ms: heard_at - sent_at,
            offset_ms: club.millis() as f64 - f64::midpoint(sent_at, heard_at),
        }
    }

    /// Whether this one is to be believed rather than an older one.
    fn beats(self, older: Self) -> bool {
        self.round_trip_ms <= older.round_trip_ms || self.heard_at - older.heard_at > FRESH_MS
    }
}

/// The club's clock; copied into every part of the page.
#[derive(Clone, Copy)]
pub(super) struct ClubClock(RwSignal<Option<Sample>>);

impl ClubClock {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Takes in the club's time from an answer to what was asked at `sent_at`, see
    /// [`browser::elapsed_ms`].
    pub(super) fn hear(self, sent_at: f64, club: Timestamp) {
        let sample = Sample::of(sent_at, browser::elapsed_ms(), club);
        let known = self.0.try_get_untracked().flatten();
        if known.is_none_or(|known| sample.beats(known)) {
            _ = self.0.try_set(Some(sample));
        }
    }

    /// Takes the next answer over all before: the tab may have slept.
    pub(super) fn doubt(self) {
        _ = self.0.try_update(|sample| {
            if let Some(sample) = sample {
                sample.heard_at = f64::NEG_INFINITY;
            }
        });
    }

    /// The club's time now, once it was heard.
    pub(super) fn now(self) -> Option<Timestamp> {
        let sample = self.0.try_get_untracked().flatten()?;
        let millis = browser::elapsed_ms() + sample.offset_ms;
        Some(Timestamp::from_millis(millis as i64))
    }

    /// How long a question and its answer take, in milliseconds.
    pub(super) fn round_trip_ms(self) -> Option<i64> {
        self.0
            .get()
            .map(|sample| sample.round_trip_ms.ceil() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_answer_is_believed_over_a_slow_one_until_it_is_old() {
        let club = Timestamp::from_millis(1_000_000);
        let quick = Sample::of(100.0, 120.0, club);
        assert_eq!((quick.round_trip_ms, quick.offset_ms), (20.0, 999_890.0));
        assert!(!Sample::of(200.0, 500.0, club).beats(quick));
        assert!(Sample::of(200.0, 210.0, club).beats(quick));
        assert!(Sample::of(200.0, 70_000.0, club).beats(quick));
    }
}
