//! Tasks belong to the part of a page that began them, and end with it.

use std::{future::Future, task::Poll};

use futures::future::{AbortHandle, LocalBoxFuture, abortable, poll_fn};
use leptos::{prelude::*, task::spawn_local};

/// A part of a page, kept by what begins tasks in its name: they end when it goes.
#[derive(Clone, Copy)]
pub(crate) struct Part(ArenaItem<WeakOwner>);

impl Part {
    /// The part that is being made, or whose effect or event is being handled.
    pub(crate) fn here() -> Self {
        let owner = Owner::current().unwrap_or_default();
        Self(ArenaItem::new(owner.downgrade()))
    }

    /// Runs a task until it is done or the part is gone, so it may read whatever the part has.
    pub(crate) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        self.begin(Box::pin(task));
    }

    fn begin(self, task: LocalBoxFuture<'static, ()>) {
        if let Some(owner) = self.0.try_get_value().and_then(|owner| owner.upgrade()) {
            owner.with(|| run(task));
        }
    }
}

/// Runs a task until it is done or what runs now is gone: what made the view whose event is handled,
/// this run of an effect, or the part of the task that begins it.
///
/// That may be less than it looks: a button that is drawn anew when its task begins would end it, and
/// a listener of the window, a timer or a handler of `Effect::watch` is no part of any page. What
/// outlives its buttons, or is called from there, keeps a [`Part`].
pub(crate) fn spawn_owned(task: impl Future<Output = ()> + 'static) {
    run(Box::pin(task));
}

/// Runs a task to its end although its page is left: only for what must be heard of even then, as a
/// posting that the wallet shows. Of the page it may use nothing but by `try_`.
pub(crate) fn spawn_detached(task: impl Future<Output = ()> + 'static) {
    spawn_local(task);
}

/// Ends a task once nobody holds it.
struct Leash(AbortHandle);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Runs a task for the current owner.
///
/// Leptos' own `spawn_local_scoped_with_cancellation` keeps its owner alive for as long as the task
/// runs, so what goes by being dropped would never end it.
fn run(mut task: LocalBoxFuture<'static, ()>) {
    let part = Owner::current().map(|owner| owner.downgrade());
    let (task, handle) = abortable(poll_fn(move |context| {
        let mut poll = || task.as_mut().poll(context);
        let Some(part) = &part else { return poll() };
        let part = part.upgrade();
        part.map_or(Poll::Ready(()), |part| part.with(poll))
    }));
    // Not `on_cleanup`, which a page that is played on for hours would fill.
    let leash = ArenaItem::new(Leash(handle));
    spawn_local(async move {
        _ = task.await;
        leash.dispose();
    });
}
