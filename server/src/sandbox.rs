//! A payment gateway to develop and test against: an HTTP service of its own, which takes nobody's
//! money.
//!
//! It keeps charges in memory, answers as its [`Mode`] says, and tells the club by webhook how each
//! charge stands. A payment method can choose for one charge: `card_declined`, `card_pending`,
//! `card_ok`. `POST /charges/{reference}/settle` ends a pending charge at once. Whoever calls shows a
//! key, and what it says is signed: see [`Seal`].

mod charges;
mod mode;
mod routes;
mod seal;
mod webhook;

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;

use charges::Book;
pub use mode::Mode;
pub use seal::{Seal, sealed};

/// How long a pending charge takes when nobody settles it.
pub const PENDING_TIME: Duration = Duration::from_secs(2);

/// How a sandbox is set up.
#[derive(Clone)]
pub struct Sandbox {
    /// How it answers.
    pub mode: Mode,
    /// Where it tells the club: the whole address of the webhook.
    pub webhook: Option<String>,
    /// What it wants to be shown, and signs with.
    pub seal: Seal,
    /// When a pending charge succeeds by itself; never without one.
    pub settles_after: Option<Duration>,
}

#[derive(Clone)]
struct State {
    sandbox: Arc<Sandbox>,
    book: Arc<Mutex<Book>>,
    client: reqwest::Client,
}

impl State {
    fn book(&self) -> MutexGuard<'_, Book> {
        // A panic elsewhere leaves whole charges.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes payments until `shutdown` comes.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    sandbox: Sandbox,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let webhook = sandbox.webhook.as_deref().unwrap_or_default();
    let client = backend::tls::client(webhook).build();
    let state = State {
        book: Arc::new(Mutex::new(Book::new(sandbox.mode))),
        client: client.map_err(std::io::Error::other)?,
        sandbox: Arc::new(sandbox),
    };
    let seal = state.sandbox.seal.clone();
    axum::serve(listener, sealed(routes::router(state), seal))
        .with_graceful_shutdown(shutdown)
        .await
}
