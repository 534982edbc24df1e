//! How long the head of a request may take. hyper counts from when it waits for one, and between
//! requests a connection may be idle for longer than a head may take; so it is given a timer that
//! knows when the first byte has come.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Sleep, Timer};
use tokio::time::Instant;

/// How long a head may take from its first byte on.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// Whether anything has come since a head is waited for; whoever reads the connection says so.
#[derive(Clone, Default)]
pub(super) struct Coming(Arc<AtomicBool>);

impl Coming {
    pub(super) fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The timer of one connection. hyper asks it for one thing only: to be woken when a head, which it
/// begins to wait for, has not come by a time.
pub(super) struct HeadTimer(pub(super) Coming);

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn Sleep>> {
        self.0.0.store(false, Ordering::Relaxed);
        Box::pin(Wait {
            coming: self.0.clone(),
            has_begun: false,
            sleep: Box::pin(tokio::time::sleep_until(deadline.into())),
        })
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

/// Waits for a head: for its first byte until the connection was idle for too long, for the rest as
/// long as a head may take.
struct Wait {
    coming: Coming,
    has_begun: bool,
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl Future for Wait {
    type Output = ();

    /// hyper reads the connection first and asks this then, so that now is when the byte came.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_begun && self.coming.0.load(Ordering::Relaxed) {
            self.has_begun = true;
            self.sleep.as_mut().reset(Instant::now() + HEAD_TIME_MAX);
        }
        self.sleep.as_mut().poll(context)
    }
}

impl Sleep for Wait {}
