//! Whoever goes away: a hand that waits is not played, and one that is under way is told by its key.

use std::sync::{Arc, Mutex};

use backend::{Backend, Clock, SystemEntropy};
use economy::Timestamp;
use futures::poll;
use testkit::inputs::START;
use testkit::{Club, apply, both_engines};
use tokio::sync::oneshot;

use super::seated;
use crate::crash::verbs::number;
use crate::table::{holds_all, key, spin, spins};

#[apply(both_engines)]
async fn a_hand_that_nobody_waits_for_any_more_is_not_played(club: Club) {
    let ann = &seated(&club, 1).await[0];
    let (release, holder) = holds_all(&club).await;
    // No hand of hers can be played meanwhile: this one is, or waits for its transaction.
    let mut first = Box::pin(spins(&club, ann, spin(10, 1), None));
    assert!(poll!(&mut first).is_pending());
    let mut second = Box::pin(spins(&club, ann, spin(20, 1), key("gone")));
    assert!(poll!(&mut second).is_pending(), "it was asked for");
    drop(second);
    release.send(()).unwrap();
    holder.await.unwrap();
    first.await.unwrap();
    // Whatever waited is done by then, and her key is free.
    spins(&club, ann, spin(30, 1), key("gone")).await.unwrap();
    let staked = "SELECT staked FROM play_sessions";
    assert_eq!(number(&club, staked).await, 10 + 10 + 30);
}

/// A clock that stands still; whoever reads it next does this first.
#[derive(Default)]
struct Alarm(Mutex<Option<Box<dyn FnOnce() + Send>>>);

impl Alarm {
    fn rings(&self, work: impl FnOnce() + Send + 'static) {
        *self.0.lock().unwrap() = Some(Box::new(work));
    }
}

impl Clock for Alarm {
    fn now(&self) -> Timestamp {
        let work = self.0.lock().unwrap().take();
        if let Some(work) = work {
            work();
        }
        START
    }
}

/// The same club, by another clock.
fn with_clock(club: &Club, clock: Arc<Alarm>) -> Club {
    let settings = Club::settings(&club.database);
    let opened = Backend::open(settings, clock, Arc::new(SystemEntropy), None);
    // The future of the migrations cannot be shown to be `Send`, which a test's must be.
    let opened = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opened));
    Club {
        backend: opened.unwrap(),
        ..club.clone()
    }
}

#[apply(both_engines)]
async fn a_hand_that_is_under_way_when_its_caller_goes_away_is_told_by_its_key(club: Club) {
    let ann = &seated(&club, 1).await[0];
    let clock = Arc::new(Alarm::default());
    let club = with_clock(&club, clock.clone());
    let (release, holder) = holds_all(&club).await;
    let asks = {
        let (club, ann) = (club.clone(), ann.clone());
        async move { spins(&club, &ann, spin(20, 1), key("gone")).await }
    };
    let mut asks = Box::pin(asks);
    assert!(poll!(&mut asks).is_pending());
    // Nobody but the croupier reads the clock now: once the batch is fixed and its transaction begins.
    let (goes, gone) = oneshot::channel();
    clock.rings(move || {
        drop(asks);
        goes.send(()).unwrap();
    });
    release.send(()).unwrap();
    holder.await.unwrap();
    gone.await.unwrap();
    // Her next hand waits until what was under way is done.
    spins(&club, ann, spin(30, 1), None).await.unwrap();
    let hands = "SELECT COUNT(*) FROM hands";
    assert_eq!(number(&club, hands).await, 3);
    let told = spins(&club, ann, spin(20, 1), key("gone")).await.unwrap();
    let its_own = format!("{hands} WHERE id = '{}' AND stake = 20", told.hand_id);
    assert_eq!(number(&club, &its_own).await, 1);
    assert_eq!(number(&club, hands).await, 3, "it was played once");
}
