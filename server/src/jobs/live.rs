//! Keeps the live channel going: tells everyone what is said to everyone, finds what no wake told,
//! talks to the other processes, forgets what is old. Any number of processes may do so at once.

use std::time::Duration;

use backend::{Backend, Result};
use tokio::task::JoinSet;

/// The longest that something said to everyone in another process waits here.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// How often the logs that grew are looked for, and who left is noted.
const SWEEP_EVERY: Duration = Duration::from_secs(2);
/// How often old events are forgotten, when there are none left to forget.
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);

/// Starts it; it ends when what this gives is dropped.
pub(crate) fn start(backend: &Backend) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(tell(backend.clone()));
    tasks.spawn(sweep(backend.clone()));
    tasks.spawn(forget(backend.clone()));
    let live = backend.live.clone();
    tasks.spawn(async move { live.pass_on().await });
    let live = backend.live.clone();
    tasks.spawn(async move { live.take_in().await });
    tasks
}

async fn tell(backend: Backend) {
    let mut trouble = Trouble::new("what is said to everyone cannot be told; trying again");
    loop {
        trouble.note(backend.live.tell_everyone().await);
        tokio::select! {
            () = tokio::time::sleep(TELL_EVERY) => {}
            () = backend.live.announced() => {}
        }
    }
}

async fn sweep(backend: Backend) {
    let mut trouble = Trouble::new("logs that grew cannot be looked for; trying again");
    let mut gone = Trouble::new("who left cannot be noted; trying again");
    loop {
        tokio::time::sleep(SWEEP_EVERY).await;
        trouble.note(backend.live.sweep().await);
        gone.note(backend.live.note_departures().await);
    }
}

async fn forget(backend: Backend) {
    let mut trouble = Trouble::new("old events cannot be forgotten; trying again");
    loop {
        match backend.live.forget_old().await {
            Ok(1..) => {}
            other => {
                trouble.note(other.map(|_| ()));
                tokio::time::sleep(FORGET_EVERY).await;
            }
        }
    }
}

/// Logs a trouble once, until it is over.
struct Trouble {
    what: &'static str,
    is_known: bool,
}

impl Trouble {
    const fn new(what: &'static str) -> Self {
        let is_known = false;
        Self { what, is_known }
    }

    fn note(&mut self, done: Result<()>) {
        match done {
            Ok(()) => self.is_known = false,
            Err(error) => {
                if !self.is_known {
                    tracing::error!(%error, "{}", self.what);
                }
                self.is_known = true;
            }
        }
    }
}
