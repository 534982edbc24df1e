//! Redis, which the processes of one deployment share. It holds only what may be lost.

use std::future::Future;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisResult};

use crate::{Error, Result};

/// A connection that is made when it is first used, and again when it was lost.
pub(crate) struct Redis {
    connection: ConnectionManager,
    wait: Duration,
    /// What happens while it is down, for the log.
    meanwhile: &'static str,
    is_down: AtomicBool,
    /// Who may ask a Redis that is down: one request a second, so that the others do not wait.
    probes: DefaultDirectRateLimiter,
    /// How often its being down is logged.
    complaints: DefaultDirectRateLimiter,
}

impl Redis {
    /// Reads the address; connects when it is first asked.
    pub(crate) fn open(url: &str, wait: Duration, meanwhile: &'static str) -> Result<Self> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(wait))
            .set_response_timeout(Some(wait));
        let manager = Client::open(url)
            .and_then(|client| ConnectionManager::new_lazy_with_config(client, config));
        Ok(Self {
            connection: manager.map_err(|error| Error::Internal(format!("REDIS_URL: {error}")))?,
            wait,
            meanwhile,
            is_down: AtomicBool::new(false),
            probes: RateLimiter::direct(Quota::per_second(NonZeroU32::MIN)),
            complaints: RateLimiter::direct(Quota::per_minute(NonZeroU32::MIN)),
        })
    }

    /// What a question is put on.
    pub(crate) fn connection(&self) -> ConnectionManager {
        self.connection.clone()
    }

    /// The answer to a question, or nothing when it does not come in time.
    pub(crate) async fn ask<T>(&self, question: impl Future<Output = RedisResult<T>>) -> Option<T> {
        if self.is_down.load(Ordering::Relaxed) && self.probes.check().is_err() {
            return None;
        }
        match tokio::time::timeout(self.wait, question).await {
            Ok(Ok(answer)) => {
                self.is_down.store(false, Ordering::Relaxed);
                Some(answer)
            }
            Ok(Err(error)) => self.give_up(&error.to_string()),
            Err(_) => self.give_up("no answer in time"),
        }
    }

    fn give_up<T>(&self, cause: &str) -> Option<T> {
        self.is_down.store(true, Ordering::Relaxed);
        if self.complaints.check().is_ok() {
            tracing::warn!(cause, "Redis cannot be reached; {}", self.meanwhile);
        }
        None
    }
}
