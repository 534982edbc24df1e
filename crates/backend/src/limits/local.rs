//! Counts in this process. The limiter reads the machine's monotonic clock itself: it measures how
//! fast requests come, nothing that is ever stored or shown.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Limit;
use crate::settings::LimitSettings;

/// How many checks pass between two looks at the size.
const CHECKS_PER_SWEEP: u32 = 1_024;
/// Above that many subjects, those with a full quota are forgotten; what remains asked within the
/// last minute, and that many fit in memory.
const SUBJECTS_MAX: usize = 10_000;

pub(super) struct Local {
    /// How many times the quota each subject has.
    pub(super) times: u32,
    sign_ups: Counter,
    sign_ins: Counter,
    plays: Counter,
    cash_outs: Counter,
    purchases: Counter,
    writes: Counter,
    reads: Counter,
    code_checks: Counter,
    forbidden: Counter,
}

struct Counter {
    limiter: DefaultKeyedRateLimiter<String>,
    checks: AtomicU32,
}

impl Local {
    pub(super) fn new(settings: &LimitSettings, times: u32) -> Self {
        let counter = |limit: Limit| Counter::new(limit.quota(settings).saturating_mul(times));
        Self {
            times,
            sign_ups: counter(Limit::SignUp),
            sign_ins: counter(Limit::SignIn),
            plays: counter(Limit::Play),
            cash_outs: counter(Limit::CashOut),
            purchases: counter(Limit::Purchase),
            writes: counter(Limit::Write),
            reads: counter(Limit::Read),
            code_checks: counter(Limit::CodeCheck),
            forbidden: counter(Limit::Forbidden),
        }
    }

    /// Counts one request, or says how long to wait.
    pub(super) fn check(&self, limit: Limit, subject: String) -> Result<(), Duration> {
        let counter = match limit {
            Limit::SignUp => &self.sign_ups,
            Limit::SignIn => &self.sign_ins,
            Limit::Play => &self.plays,
            Limit::CashOut => &self.cash_outs,
            Limit::Purchase => &self.purchases,
            Limit::Write => &self.writes,
            Limit::Read => &self.reads,
            Limit::CodeCheck => &self.code_checks,
            Limit::Forbidden => &self.forbidden,
        };
        counter.check(subject)
    }
}

impl Counter {
    fn new(per_minute: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        Self {
            limiter: RateLimiter::keyed(quota),
            checks: AtomicU32::new(0),
        }
    }

    fn check(&self, subject: String) -> Result<(), Duration> {
        if self
            .checks
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(CHECKS_PER_SWEEP)
        {
            self.sweep();
        }
        let refused = self.limiter.check_key(&subject);
        refused.map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }

    fn sweep(&self) {
        if self.limiter.len() > SUBJECTS_MAX {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_over_the_quota_waits() {
        let counter = Counter::new(3);
        for _ in 0..3 {
            assert_eq!(counter.check("ann".to_owned()), Ok(()));
        }
        assert!(counter.check("ann".to_owned()).unwrap_err() > Duration::ZERO);
        assert_eq!(counter.check("ben".to_owned()), Ok(()));
    }

    #[test]
    fn subjects_whose_quota_is_full_again_are_forgotten() {
        // A quota so large that it is full again at once.
        let counter = Counter::new(u32::MAX);
        for subject in 0..4 * SUBJECTS_MAX {
            counter.check(subject.to_string()).unwrap();
        }
        assert!(
            counter.limiter.len() <= 2 * SUBJECTS_MAX,
            "{}",
            counter.limiter.len()
        );
    }
}
