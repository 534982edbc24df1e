//! Time as an input. This file is the only reader of the system clock.

use std::sync::atomic::{AtomicI64, Ordering};

use economy::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// Lets that many seconds pass, on a clock that a test moves; whether this is one.
    fn advance_secs(&self, _secs: i64) -> bool {
        false
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this file owns the system clock")]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The machine's clock, moved on by a test; a server has it only in `ENVIRONMENT=test`.
#[derive(Debug, Default)]
pub struct MovableClock {
    ahead_millis: AtomicI64,
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        let ahead = self.ahead_millis.load(Ordering::SeqCst);
        SystemClock.now().plus_millis(ahead)
    }

    fn advance_secs(&self, secs: i64) -> bool {
        let millis = secs.saturating_mul(1_000);
        self.ahead_millis.fetch_add(millis, Ordering::SeqCst);
        true
    }
}
