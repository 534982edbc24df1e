//! Time and chance that a test drives.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use backend::{Clock, Entropy};
use economy::Timestamp;
use sha2::{Digest, Sha256};

/// 2026-01-01T00:00:00Z, where every test's clock starts.
pub const START: Timestamp = Timestamp::from_millis(1_767_225_600_000);

/// A clock that stands still until it is told otherwise.
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        Self(AtomicI64::new(START.millis()))
    }
}

impl FakeClock {
    /// Lets time pass.
    pub fn advance_secs(&self, secs: i64) {
        self.advance_millis(secs * 1_000);
    }

    /// Lets a little time pass.
    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that look random and are the same in every run.
#[derive(Debug, Default)]
pub struct SeededEntropy(Mutex<u64>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let mut counter = self.0.lock().unwrap();
        for chunk in bytes.chunks_mut(32) {
            *counter += 1;
            let block = Sha256::digest(counter.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
