//! Each page keeps to the context of its own request.

use std::future::poll_fn;
use std::pin::pin;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::Owner;

/// Runs what makes a page with the owner that it made itself. Leptos sets that for the thread and goes
/// on without it after waiting: where another page was made on the thread meanwhile, it would name the
/// files of the wing to that one.
pub(crate) async fn own(request: Request, next: Next) -> Response {
    let mut page = pin!(next.run(request));
    let mut own = None;
    let page = poll_fn(move |context| {
        let other = Owner::current();
        set(own.take());
        let polled = page.as_mut().poll(context);
        own = Owner::current();
        set(other);
        polled
    });
    page.await
}

fn set(owner: Option<Owner>) {
    match (owner, Owner::current()) {
        (Some(owner), _) => owner.set(),
        (None, Some(current)) => current.unset(),
        (None, None) => {}
    }
}
