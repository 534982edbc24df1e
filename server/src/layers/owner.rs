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
    keeping_owner(next.run(request)).await
}

async fn keeping_owner<F: Future>(page: F) -> F::Output {
    let mut page = pin!(page);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes an owner, as Leptos does, and says whether it is still there after waiting.
    async fn page() -> bool {
        let owner = Owner::new_root(None);
        tokio::task::yield_now().await;
        Owner::current() == Some(owner)
    }

    #[tokio::test]
    async fn pages_that_are_made_in_turn_on_a_thread_keep_their_owners() {
        let (one, other) = tokio::join!(page(), page());
        assert!(!(one && other), "Leptos keeps them by itself by now");
        let before = Owner::current();
        let (one, other) = tokio::join!(keeping_owner(page()), keeping_owner(page()));
        assert!(one && other);
        assert!(Owner::current() == before);
    }
}
