//! Ids that sort in the order in which a process made them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use economy::Timestamp;

/// How many bits after the milliseconds count the ids of one millisecond (RFC 9562, method 1).
const COUNTER_BITS: u32 = 12;

/// Makes UUIDs of version 7: each sorts after every one before it, also within a millisecond and
/// when the clock goes back. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Ids {
    /// Milliseconds and counter of the newest one.
    newest: Arc<AtomicU64>,
}

impl Ids {
    /// The next id; `random` makes it unguessable.
    pub(crate) fn next(&self, now: Timestamp, mut random: [u8; 10]) -> String {
        let millis = u64::try_from(now.millis()).unwrap_or_default();
        let after = |newest: u64| (newest + 1).max(millis << COUNTER_BITS);
        let place = |newest: u64| Some(after(newest));
        let next = match self
            .newest
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, place)
        {
            Ok(newest) | Err(newest) => after(newest),
        };
        let [.., high, low] = next.to_be_bytes();
        // The version takes the upper four bits of the first byte.
        [random[0], random[1]] = [high, low];
        uuid::Builder::from_unix_timestamp_millis(next >> COUNTER_BITS, &random)
            .into_uuid()
            .simple()
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_they_were_made_whatever_the_clock_does() {
        let ids = Ids::default();
        let clock = [5, 5, 5, 6, 3, 3, 9].map(|n| Timestamp::from_millis(1_750_000_000_000 + n));
        let made = clock.map(|now| ids.next(now, [0xff; 10]));
        assert!(made.is_sorted_by(|a, b| a < b), "{made:?}");
    }

    #[test]
    fn a_full_millisecond_runs_into_the_next() {
        let ids = Ids::default();
        let now = Timestamp::from_millis(1_750_000_000_000);
        let made: Vec<String> = (0..10_000).map(|_| ids.next(now, [0; 10])).collect();
        assert!(made.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn an_id_tells_its_millisecond_and_its_version() {
        let id = Ids::default().next(Timestamp::from_millis(0x0123_4567_89ab), [0xff; 10]);
        assert_eq!(&id[..13], "0123456789ab7", "{id}");
    }
}
