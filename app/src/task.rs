//! Tasks belong to the part of a page that began them, and end with it.

use std::{future::Future, task::Poll};

use futures::future::{AbortHandle, LocalBoxFuture, abortable, poll_fn};
use leptos::{prelude::*, task::spawn_local};

/// Ends a task once nobody holds it.
struct Leash(AbortHandle);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs a task until it is done or the part of the page that began it is gone: it may read that
/// part's signals, and whatever it begins in turn belongs to the same part.
///
/// The part is the reactive owner of whoever calls: in an event handler what made its view, in an
/// effect that run of it. A listener of the window and a timer have none of their own: see [`bound`].
///
/// Leptos' own `spawn_local_scoped_with_cancellation` keeps its owner alive for as long as the task
/// runs, so what goes by being dropped would never end it.
pub(crate) fn spawn_owned(task: impl Future<Output = ()> + 'static) {
    run_owned(Box::pin(task));
}

fn run_owned(mut task: LocalBoxFuture<'static, ()>) {
    let part = Owner::current().map(|owner| owner.downgrade());
    let (task, handle) = abortable(poll_fn(move |context| {
        let mut poll = || task.as_mut().poll(context);
        let Some(part) = &part else { return poll() };
        part.upgrade()
            .map_or(Poll::Ready(()), |part| part.with(poll))
    }));
    // Not `on_cleanup`, which a page that is played on for hours would fill.
    let leash = ArenaItem::new(Leash(handle));
    spawn_local(async move {
        _ = task.await;
        leash.dispose();
    });
}

/// Runs a task to its end although its page is left: only for what must be heard of even then, as a
/// posting that the wallet shows. Of the page it may use nothing but by `try_`.
pub(crate) fn spawn_detached(task: impl Future<Output = ()> + 'static) {
    spawn_local(task);
}

/// A callback for a listener of the window or a timer: it runs as what makes it here would, and not
/// at all once that is gone.
pub(crate) fn bound<E>(callback: impl Fn(E)) -> impl Fn(E) {
    let part = Owner::current().map(|owner| owner.downgrade());
    move |event| match &part {
        None => callback(event),
        Some(part) => {
            if let Some(part) = part.upgrade() {
                part.with(|| callback(event));
            }
        }
    }
}
