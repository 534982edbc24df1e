//! The live sessions: who is in which round, in process or in Redis.
//!
//! Rows decide whether a member may bet; what is kept here may be lost and is put back from them. It
//! is asked before a bet moves a token, so that a deployment which lost its Redis takes no new
//! rounds.

mod local;
mod shared;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use wire::{GameId, UserId};

use crate::{Clock, Result, Settings};

/// How long a session is kept: as long as a round can be settled.
const KEPT: Duration = Duration::from_millis(games::crash::REFUND_AFTER_MS.unsigned_abs());

/// An answer that is on its way; boxed, so that the store can be chosen at run time.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a claim found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing; it is the member's session now.
    Taken,
    /// Another round of the member, which may be over.
    Occupied,
}

/// Keeps at most one live session of each member.
///
/// # Errors
/// Each, [`Unavailable`](crate::Error::Unavailable) when the store does not answer in time.
pub trait SessionStore: Send + Sync + 'static {
    /// Makes the round the member's session unless there is one.
    fn claim<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<Claim>>;
    /// Makes the round the member's session, whatever was there: the rows say so.
    fn keep<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>>;
    /// Forgets the member's session if it is this round.
    fn release<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>>;
    /// Whether it answers.
    fn ping(&self) -> Answer<'_, Result<()>>;
}

/// The store that the settings name. Redis is connected to when it is first asked.
pub(super) fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Arc<dyn SessionStore>> {
    Ok(match &settings.redis_url {
        Some(url) => Arc::new(shared::Shared::open(
            url.expose_secret(),
            settings.redis_wait,
        )?),
        None => Arc::new(local::Local::new(clock)),
    })
}
