//! The club's time as this browser knows it.
//!
//! It is what the club said last, plus what has passed here since: a browser whose clock is wrong
//! shows the same curve and the same countdown.

use std::time::Duration;

use leptos::prelude::*;
use wire::Timestamp;

use crate::{browser, network::use_network};

/// After so long an answer counts however slow it was, since clocks drift apart.
const FRESH_MS: f64 = 60_000.0;
/// The club tells whole milliseconds.
const ROUNDED_MS: f64 = 1.0;
/// How often what is shown moves on.
const TICK: Duration = Duration::from_secs(1);

/// What one answer told.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sample {
    heard_at: f64,
    /// From the question to the answer, in milliseconds; without end where nobody measured it.
    round_trip_ms: f64,
    /// What to add to the milliseconds since the page was opened.
    offset_ms: f64,
}

impl Sample {
    /// The club's time was read between question and answer; in the middle, as far as anyone knows.
    fn of(sent_at: f64, heard_at: f64, club: Timestamp) -> Self {
        Self {
            heard_at,
            round_trip_ms: heard_at - sent_at,
            offset_ms: millis(club) - f64::midpoint(sent_at, heard_at),
        }
    }

    /// What came with the page: nobody knows when the club said it, so any answer is better.
    fn unmeasured(heard_at: f64, club: Timestamp) -> Self {
        Self {
            heard_at,
            round_trip_ms: f64::INFINITY,
            offset_ms: millis(club) - heard_at,
        }
    }

    /// Whether this one is to be believed rather than an older one.
    fn beats(self, older: Self) -> bool {
        self.round_trip_ms <= older.round_trip_ms
            || self.heard_at - older.heard_at > FRESH_MS
            || self.contradicts(older)
    }

    /// Whether both cannot be right: each is off by half its round trip at most. Then one of the
    /// clocks has jumped, as that of a laptop that slept.
    fn contradicts(self, older: Self) -> bool {
        let apart = (self.offset_ms - older.offset_ms).abs();
        apart > f64::midpoint(self.round_trip_ms, older.round_trip_ms) + ROUNDED_MS
    }

    fn at(self, elapsed_ms: f64) -> Timestamp {
        Timestamp::from_millis((elapsed_ms + self.offset_ms) as i64)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of our times are far below 2^53"
)]
fn millis(club: Timestamp) -> f64 {
    club.millis() as f64
}

/// The club's clock; copied into every part of a page.
#[derive(Clone, Copy)]
pub(crate) struct ClubClock {
    sample: RwSignal<Option<Sample>>,
    /// What is shown, for a clock that ticks.
    shown: RwSignal<Timestamp>,
}

impl ClubClock {
    /// A clock that knows no time until it hears of one.
    pub(crate) fn new() -> Self {
        Self {
            sample: RwSignal::new(None),
            shown: RwSignal::new(Timestamp::from_millis(0)),
        }
    }

    /// A clock that shows this until the page is alive, and moves on from there once a second while
    /// this holds and somebody can see the page; it is right again as soon as both do.
    pub(crate) fn ticking(now: Timestamp, is_wanted: impl Fn() -> bool + 'static) -> Self {
        let clock = Self {
            sample: RwSignal::new(None),
            shown: RwSignal::new(now),
        };
        let is_visible = use_network().is_visible;
        Effect::new(move || clock.take(Sample::unmeasured(browser::elapsed_ms(), now)));
        Effect::new(move || {
            if !is_visible.get() || !is_wanted() {
                return;
            }
            clock.tick();
            if let Ok(timer) = set_interval_with_handle(move || clock.tick(), TICK) {
                on_cleanup(move || timer.clear());
            }
        });
        clock
    }

    /// Takes in the club's time from an answer to what was asked at `sent_at`, see
    /// [`browser::elapsed_ms`].
    pub(crate) fn hear(self, sent_at: f64, club: Timestamp) {
        self.take(Sample::of(sent_at, browser::elapsed_ms(), club));
    }

    /// Takes the next answer over all before: the tab may have slept.
    pub(crate) fn doubt(self) {
        _ = self.sample.try_update(|sample| {
            if let Some(sample) = sample {
                sample.heard_at = f64::NEG_INFINITY;
            }
        });
    }

    /// The club's time at this moment, once it was heard; nothing follows it.
    pub(crate) fn now(self) -> Option<Timestamp> {
        let sample = self.sample.try_get_untracked().flatten()?;
        Some(sample.at(browser::elapsed_ms()))
    }

    /// The club's time as it is shown, to the second.
    pub(crate) fn shown(self) -> Timestamp {
        self.shown.get()
    }

    /// The same, without following it; nothing on a page that is gone.
    pub(crate) fn shown_untracked(self) -> Option<Timestamp> {
        self.shown.try_get_untracked()
    }

    /// Whole seconds until then; none are left once it has passed.
    pub(crate) fn secs_until(self, then: Timestamp) -> i64 {
        then.millis_since(self.shown()).max(0).div_euclid(1_000)
    }

    /// Whole seconds that have passed since then.
    pub(crate) fn secs_since(self, then: Timestamp) -> i64 {
        self.shown().millis_since(then).max(0).div_euclid(1_000)
    }

    /// How long a question and its answer take, in milliseconds.
    pub(crate) fn round_trip_ms(self) -> Option<i64> {
        let sample = self.sample.get()?;
        sample
            .round_trip_ms
            .is_finite()
            .then(|| sample.round_trip_ms.ceil() as i64)
    }

    fn take(self, sample: Sample) {
        let known = self.sample.try_get_untracked().flatten();
        if known.is_none_or(|known| sample.beats(known)) {
            _ = self.sample.try_set(Some(sample));
            self.tick();
        }
    }

    fn tick(self) {
        if let Some(now) = self.now() {
            _ = self.shown.try_set(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quick_answer_is_believed_over_a_slow_one_until_it_is_old() {
        let quick = Sample::of(100.0, 120.0, club(110));
        assert_eq!((quick.round_trip_ms, quick.offset_ms), (20.0, 1_000_000.0));
        assert!(!Sample::of(200.0, 500.0, club(480)).beats(quick));
        assert!(Sample::of(200.0, 210.0, club(205)).beats(quick));
        assert!(Sample::of(70_000.0, 70_100.0, club(70_090)).beats(quick));
    }

    #[test]
    fn a_clock_that_jumped_is_believed_at_once() {
        let before = Sample::of(100.0, 120.0, club(110));
        assert!(Sample::of(200.0, 500.0, club(600_350)).beats(before));
    }

    #[test]
    fn what_came_with_the_page_counts_until_the_first_answer() {
        let came = Sample::unmeasured(500.0, club(400));
        assert_eq!(came.at(700.0), club(600));
        assert!(Sample::of(600.0, 9_000.0, club(4_000)).beats(came));
    }

    /// The club's time so long after the page was opened, by the club's own clock.
    fn club(elapsed_ms: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + elapsed_ms)
    }
}
