//! How long things took.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

/// How long each took, and how long all of them took together.
#[derive(Default)]
pub(crate) struct Measured {
    latencies: Vec<Duration>,
    elapsed: Duration,
}

impl Measured {
    pub(crate) fn new(mut latencies: Vec<Duration>, elapsed: Duration) -> Self {
        latencies.sort_unstable();
        Self { latencies, elapsed }
    }

    /// Waits for tasks that each measured their own since `start`.
    pub(crate) async fn gather(start: Instant, tasks: Vec<JoinHandle<Vec<Duration>>>) -> Self {
        let mut latencies = Vec::new();
        for task in tasks {
            latencies.extend(task.await.unwrap());
        }
        Self::new(latencies, start.elapsed())
    }

    /// Both, one after the other.
    pub(crate) fn merge(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.latencies.sort_unstable();
        self.elapsed += other.elapsed;
    }

    pub(crate) const fn count(&self) -> usize {
        self.latencies.len()
    }

    pub(crate) const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// So many in a hundred took no longer, in milliseconds.
    fn percentile(&self, percent: usize) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies[last * percent / 100].as_secs_f64() * 1_000.0
    }

    /// How many a second, and how long they took.
    pub(crate) fn rate(&self, what: &str) {
        let (rate, delays) = (self.per_second(), self.delays());
        println!("{what:<52} {rate:>9.0}/s   {delays}");
    }

    /// How long they took.
    pub(crate) fn times(&self, what: &str) {
        let (count, delays) = (self.latencies.len(), self.delays());
        println!("{what:<52} {count:>9}     {delays}");
    }

    fn delays(&self) -> String {
        let [p50, p99, most] = [50, 99, 100].map(|percent| self.percentile(percent));
        format!("p50 {p50:>8.2} ms   p99 {p99:>8.2} ms   most {most:>8.2} ms")
    }
}

/// A figure of another kind.
pub(crate) fn say(what: &str, figure: &str) {
    println!("{what:<52} {figure}");
}
