//! What the club does by itself: idempotent passes, one runner for all. Any number of processes may
//! run them at once.

use std::future::{Future, pending};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use backend::{Backend, Error, Result};
use futures::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long what is under way may take once the club is to stop.
const CLOSE_TIME_MAX: Duration = Duration::from_secs(2);

/// What runs beside the requests.
pub(crate) struct Jobs {
    backend: Backend,
    stopped: watch::Receiver<bool>,
    passes: JoinSet<()>,
    /// What goes on until the last request is done.
    always: JoinSet<()>,
}

/// How a pass went.
struct Pass {
    /// How long nothing more is to be done, as far as it knows.
    rest: Duration,
    /// The first of what it could not do; it is tried again.
    trouble: Option<Error>,
}

impl Pass {
    /// One that knows nothing of the next.
    fn of<T>(done: Result<T>) -> Self {
        Self {
            rest: Duration::MAX,
            trouble: done.err(),
        }
    }
}

impl Jobs {
    /// Starts everything that the club does by itself, until `stopped` says so.
    pub(crate) fn start(backend: &Backend, stopped: watch::Receiver<bool>) -> Self {
        let mut jobs = Self {
            backend: backend.clone(),
            stopped,
            passes: JoinSet::new(),
            always: JoinSet::new(),
        };
        let secs = Duration::from_secs;
        // A round that began in another process is seen within the second.
        jobs.every("rounds", secs(1), settle_rounds, |club| async move {
            club.crash.bet_made().await;
        });
        jobs.every("payments", secs(5), settle_payments, |club| async move {
            club.shop.payment_waits().await;
        });
        // What was said to everyone in another process waits here no longer.
        jobs.every("announcements", secs(1), announce, |club| async move {
            club.live.announced().await;
        });
        // What is asked for in between is told right without it.
        jobs.every("idle sessions", secs(60), end_idle_sessions, never);
        jobs.every("live logs", secs(2), look_for_logs, never);
        jobs.every("departures", secs(2), note_departures, never);
        jobs.every("old events", secs(60 * 60), forget_events, never);
        jobs.every("approvals", secs(60), end_approvals, never);
        jobs.every("audit log", secs(60 * 60), keep_audit_log, never);
        jobs.every("gateway messages", secs(10 * 60), forget_messages, never);
        jobs.always(|club| async move { club.live.pass_on().await });
        jobs.always(|club| async move { club.live.take_in().await });
        jobs
    }

    /// Runs a pass now, and again after `wait` or what the pass says, or when something wakes it. A
    /// pass that is under way is finished.
    fn every<P, W>(
        &mut self,
        name: &'static str,
        wait: Duration,
        pass: impl Fn(Backend) -> P + Send + 'static,
        woken: impl Fn(Backend) -> W + Send + 'static,
    ) where
        P: Future<Output = Pass> + Send,
        W: Future<Output = ()> + Send,
    {
        let (backend, mut stopped) = (self.backend.clone(), self.stopped.clone());
        self.passes.spawn(async move {
            let mut was_well = true;
            loop {
                // One that panics is tried again like one that fails.
                let pass = AssertUnwindSafe(pass(backend.clone())).catch_unwind();
                let panicked = |_| Pass::of::<()>(Err(Error::Internal("a panic".to_owned())));
                let Pass { rest, trouble } = pass.await.unwrap_or_else(panicked);
                note(name, trouble.as_ref(), was_well);
                was_well = trouble.is_none();
                tokio::select! {
                    () = tokio::time::sleep(rest.min(wait)) => {}
                    () = woken(backend.clone()) => {}
                    _ = stopped.wait_for(|stopped| *stopped) => return,
                }
            }
        });
    }

    /// Runs something that never ends by itself: the last requests still wake other processes by it.
    fn always<W>(&mut self, work: impl Fn(Backend) -> W)
    where
        W: Future<Output = ()> + Send + 'static,
    {
        self.always.spawn(work(self.backend.clone()));
    }

    /// Waits for the passes that are under way. What takes too long is undone, and done after the next
    /// start. Called when the last request is done.
    pub(crate) async fn end(mut self) {
        let all = async { while self.passes.join_next().await.is_some() {} };
        _ = tokio::time::timeout(CLOSE_TIME_MAX, all).await;
    }
}

/// Counts a pass, and logs a trouble once, until it is over.
fn note(job: &'static str, trouble: Option<&Error>, was_well: bool) {
    let outcome = if trouble.is_none() { "ok" } else { "failed" };
    metrics::counter!("job_passes_total", "job" => job, "outcome" => outcome).increment(1);
    if let Some(error) = trouble.filter(|_| was_well) {
        tracing::error!(job, %error, "a job could not do all; trying again");
    }
}

/// Nothing wakes it.
fn never(_: Backend) -> impl Future<Output = ()> + Send {
    pending()
}

/// Settles the rounds of crash that are due.
async fn settle_rounds(club: Backend) -> Pass {
    // One instant for both, or a round that comes due between them is seen by neither.
    let now = club.clock().now();
    let settled = async {
        let pass = club.crash.settle_due(now).await?;
        let next = club.crash.next_due(now).await?;
        Ok::<_, Error>((pass, next))
    };
    let (pass, next) = match settled.await {
        Ok(settled) => settled,
        Err(error) => return Pass::of::<()>(Err(error)),
    };
    let rest = next.map_or(Duration::MAX, |next| {
        let millis = next.millis_since(club.clock().now()).max(0);
        Duration::from_millis(millis.unsigned_abs())
    });
    let cause = pass.cause;
    let trouble = cause.map(|(game, error)| Error::Internal(format!("round {game}: {error}")));
    Pass { rest, trouble }
}

/// Ends payments that wait, and has money given back that is owed.
async fn settle_payments(club: Backend) -> Pass {
    let settled = club.shop.settle_waiting().await;
    Pass::of(settled.and_then(|pass| pass.cause.map_or(Ok(()), Err)))
}

async fn announce(club: Backend) -> Pass {
    Pass::of(club.live.tell_everyone().await)
}

async fn end_idle_sessions(club: Backend) -> Pass {
    Pass::of(club.play.close_idle_sessions().await)
}

/// Finds what no wake told.
async fn look_for_logs(club: Backend) -> Pass {
    Pass::of(club.live.sweep().await)
}

async fn note_departures(club: Backend) -> Pass {
    Pass::of(club.live.note_departures().await)
}

/// The head is kept with the log, so that `verify-audit --head` finds an audit log cut short since.
async fn keep_audit_log(club: Backend) -> Pass {
    let kept = async {
        club.audit.tidy().await?;
        let (seq, hash) = club.audit.head().await?;
        tracing::info!(seq, hash, "the audit log stands");
        Ok::<_, Error>(())
    };
    Pass::of(kept.await)
}

/// Ends what waits for a second pair of eyes, where it is time.
async fn end_approvals(club: Backend) -> Pass {
    Pass::of(club.desk.end_approvals().await)
}

async fn forget_messages(club: Backend) -> Pass {
    Pass::of(club.shop.forget_messages().await)
}

/// Forgets some of the events that are old; at once more, while there are any.
async fn forget_events(club: Backend) -> Pass {
    match club.live.forget_old().await {
        Ok(1..) => Pass {
            rest: Duration::ZERO,
            trouble: None,
        },
        done => Pass::of(done),
    }
}
