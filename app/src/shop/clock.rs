//! The club's time on the shop's pages: what the club said last, plus what has passed here since.

use std::time::Duration;

use leptos::prelude::*;
use wire::Timestamp;

use crate::{browser, format};

/// The club's time; it moves in the browser only.
#[derive(Clone, Copy)]
pub(super) struct ClubClock {
    /// What the club said, and how long the page had been open then.
    heard: RwSignal<(i64, f64)>,
    millis: RwSignal<i64>,
}

impl ClubClock {
    /// A clock that shows this until the page is alive, and goes on from there.
    pub(super) fn start(now: Timestamp) -> Self {
        let clock = Self {
            heard: RwSignal::new((now.millis(), 0.0)),
            millis: RwSignal::new(now.millis()),
        };
        Effect::new(move || {
            clock.hear(now);
            let tick = Duration::from_secs(1);
            if let Ok(timer) = set_interval_with_handle(move || clock.tick(), tick) {
                on_cleanup(move || timer.clear());
            }
        });
        clock
    }

    /// Takes in the club's time from an answer that just came.
    pub(super) fn hear(self, now: Timestamp) {
        _ = self.heard.try_set((now.millis(), browser::elapsed_ms()));
        self.tick();
    }

    fn tick(self) {
        let Some((club, at)) = self.heard.try_get_untracked() else {
            return;
        };
        let passed = (browser::elapsed_ms() - at) as i64;
        _ = self.millis.try_set(club + passed);
    }

    /// The present instant, as far as the page knows.
    pub(super) fn now(self) -> Timestamp {
        Timestamp::from_millis(self.millis.get())
    }

    /// The same, without following it.
    pub(super) fn now_untracked(self) -> Timestamp {
        Timestamp::from_millis(self.millis.get_untracked())
    }

    /// Whole seconds until then; none are left once it has passed.
    pub(super) fn secs_until(self, then: Timestamp) -> i64 {
        (then.millis() - self.millis.get()).max(0).div_euclid(1_000)
    }
}

/// Days, and what is left of them as `12:05:09`.
pub(super) fn days_and_clock(secs: i64) -> (i64, String) {
    let (days, rest) = (secs / 86_400, secs % 86_400);
    let clock = if days > 0 {
        format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)
    } else {
        format::stopwatch(rest)
    };
    (days, clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_keeps_its_width_while_days_are_left() {
        assert_eq!(days_and_clock(90_061), (1, "01:01:01".to_owned()));
        assert_eq!(days_and_clock(59), (0, "0:59".to_owned()));
    }
}
