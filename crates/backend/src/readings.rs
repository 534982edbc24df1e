//! What took long to read is kept for a while, so that however many ask, the database works on it a small part of
//! its time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Turn;
use tokio::time::Instant;

use crate::Result;

/// What takes less than this is asked for each time: a small club sees every hand at once.
const QUICK: Duration = Duration::from_millis(100);
/// How much longer something is kept than it took.
const TIMES: u32 = 20;
/// The longest that it is kept for having taken long, and with it somebody who was banned meanwhile.
const KEPT_MAX: Duration = Duration::from_secs(60);
/// How many are kept: the rankings of one day are 60, and yesterday's are let go.
const READINGS_MAX: usize = 120;

type Slot<V> = Arc<Turn<Option<(V, Instant)>>>;

/// What was read, each by what it answers; cheap to clone.
pub(crate) struct Readings<K, V>(Arc<Mutex<HashMap<K, Slot<V>>>>);

impl<K, V> Clone for Readings<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Default for Readings<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Readings<K, V> {
    /// The answer as it is kept, or as `read` gives it, which is kept for `at_least` as long; whoever asks meanwhile
    /// waits for it.
    ///
    /// # Errors
    /// What `read` gives.
    pub(crate) async fn get(
        &self,
        key: K,
        at_least: Duration,
        read: impl Future<Output = Result<V>>,
    ) -> Result<V> {
        let slot = self.slot(key);
        let mut kept = slot.lock().await;
        // Only measures what the database takes; what an answer says comes from the clock.
        let began = Instant::now();
        if let Some((value, until)) = &*kept
            && began < *until
        {
            return Ok(value.clone());
        }
        let value = read.await?;
        let took = began.elapsed();
        let stays = if took < QUICK {
            Duration::ZERO
        } else {
            (took * TIMES).min(KEPT_MAX)
        };
        *kept = Some((value.clone(), Instant::now() + stays.max(at_least)));
        Ok(value)
    }

    fn slot(&self, key: K) -> Slot<V> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= READINGS_MAX && !slots.contains_key(&key) {
            slots.clear();
        }
        slots.entry(key).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "a question";

    async fn reads(readings: &Readings<&str, i64>, takes: Duration, value: i64) -> i64 {
        reads_for(readings, Duration::ZERO, takes, value).await
    }

    async fn reads_for(
        readings: &Readings<&str, i64>,
        at_least: Duration,
        takes: Duration,
        value: i64,
    ) -> i64 {
        let read = async {
            tokio::time::sleep(takes).await;
            Ok(value)
        };
        readings.get(KEY, at_least, read).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_took_long_is_kept() {
        let readings = Readings::default();
        assert_eq!(reads(&readings, Duration::ZERO, 1).await, 1);
        assert_eq!(
            reads(&readings, QUICK, 2).await,
            2,
            "what was quick was not kept"
        );
        assert_eq!(
            reads(&readings, Duration::ZERO, 3).await,
            2,
            "what was slow is"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_does_not_change_is_kept_though_it_was_quick() {
        let (readings, hour) = (Readings::default(), Duration::from_secs(3_600));
        let first = reads_for(&readings, hour, Duration::ZERO, 1).await;
        tokio::time::advance(hour - Duration::from_secs(1)).await;
        let second = reads_for(&readings, hour, Duration::ZERO, 2).await;
        tokio::time::advance(Duration::from_secs(1)).await;
        let third = reads_for(&readings, hour, Duration::ZERO, 3).await;
        assert_eq!((first, second, third), (1, 1, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn of_many_at_once_one_reads() {
        let readings = Readings::default();
        let racers = (0..20).map(|value| {
            let readings = readings.clone();
            tokio::spawn(async move { reads(&readings, QUICK, value).await })
        });
        let racers: Vec<_> = racers.collect();
        let mut heard = Vec::new();
        for racer in racers {
            heard.push(racer.await.unwrap());
        }
        assert!(heard.iter().all(|value| *value == heard[0]), "{heard:?}");
    }
}
