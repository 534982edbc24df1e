//! Rankings that took long are kept for a while, so that however many ask, the database works on them
//! a small part of its time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Turn;
use tokio::time::Instant;

use crate::Result;
use crate::play::store::board::{Board, Ranked};

/// What takes less than this is asked for each time: a small club sees every hand at once.
const QUICK: Duration = Duration::from_millis(100);
/// How much longer a ranking is kept than it took.
const TIMES: u32 = 20;
/// The longest that one is kept, and with it somebody who was banned meanwhile.
const KEPT_MAX: Duration = Duration::from_secs(60);
/// How many rankings there are: those of one day are 60, and yesterday's are let go.
const RANKINGS_MAX: usize = 120;

/// A ranking, shared by whoever reads it.
pub(super) type Ranking = Arc<[Ranked]>;
type Slot = Arc<Turn<Option<(Ranking, Instant)>>>;

/// The rankings that are kept.
#[derive(Clone, Default)]
pub(in crate::play) struct Rankings(Arc<Mutex<HashMap<Board, Slot>>>);

impl Rankings {
    /// The ranking as it is kept, or as `read` gives it; whoever asks meanwhile waits for it.
    pub(super) async fn get(
        &self,
        board: Board,
        read: impl Future<Output = Result<Vec<Ranked>>>,
    ) -> Result<Ranking> {
        let slot = self.slot(board);
        let mut kept = slot.lock().await;
        // Only measures what the database takes; what a ranking says comes from the clock.
        let began = Instant::now();
        if let Some((ranking, until)) = &*kept
            && began < *until
        {
            return Ok(ranking.clone());
        }
        let ranking: Ranking = read.await?.into();
        let took = began.elapsed();
        let stays = if took < QUICK {
            Duration::ZERO
        } else {
            (took * TIMES).min(KEPT_MAX)
        };
        *kept = Some((ranking.clone(), Instant::now() + stays));
        Ok(ranking)
    }

    fn slot(&self, board: Board) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= RANKINGS_MAX && !slots.contains_key(&board) {
            slots.clear();
        }
        slots.entry(board).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::UserId;
    use wire::stats::Metric;

    const BOARD: Board = Board {
        game: None,
        metric: Metric::Net,
        first_day: None,
    };

    async fn reads(rankings: &Rankings, takes: Duration, value: i64) -> i64 {
        let read = async {
            tokio::time::sleep(takes).await;
            let nickname = String::new();
            let user = UserId(1);
            Ok(vec![Ranked {
                user,
                nickname,
                value,
            }])
        };
        rankings.get(BOARD, read).await.unwrap()[0].value
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_took_long_is_kept() {
        let rankings = Rankings::default();
        assert_eq!(reads(&rankings, Duration::ZERO, 1).await, 1);
        assert_eq!(
            reads(&rankings, QUICK, 2).await,
            2,
            "what was quick was not kept"
        );
        assert_eq!(
            reads(&rankings, Duration::ZERO, 3).await,
            2,
            "what was slow is"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn of_many_at_once_one_reads() {
        let rankings = Rankings::default();
        let racers = (0..20).map(|value| {
            let rankings = rankings.clone();
            tokio::spawn(async move { reads(&rankings, QUICK, value).await })
        });
        let racers: Vec<_> = racers.collect();
        let mut heard = Vec::new();
        for racer in racers {
            heard.push(racer.await.unwrap());
        }
        assert!(heard.iter().all(|value| *value == heard[0]), "{heard:?}");
    }
}
