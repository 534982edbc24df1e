//! Counts in Redis, for all processes: a fixed window per subject that begins with its first
//! request and ends by Redis's own clock.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisResult, Script};

use super::{Limit, WINDOW};
use crate::{Error, Result};

/// How long a request waits for Redis before its process counts for itself.
const TIMEOUT: Duration = Duration::from_millis(250);

/// Counts and answers the count and the milliseconds that are left of the window, in one step.
const COUNT: &str = "
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {count, left}
";

pub(super) struct Shared {
    connection: ConnectionManager,
    script: Script,
    is_down: AtomicBool,
    /// Who may ask a Redis that is down: one request a second, so that the others do not wait.
    probes: DefaultDirectRateLimiter,
    /// How often its being down is logged.
    complaints: DefaultDirectRateLimiter,
}

impl Shared {
    /// Makes a connection that begins when it is first used.
    pub(super) fn open(url: &str) -> Result<Self> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let manager = Client::open(url)
            .and_then(|client| ConnectionManager::new_lazy_with_config(client, config));
        Ok(Self {
            connection: manager.map_err(|error| Error::Internal(format!("REDIS_URL: {error}")))?,
            script: Script::new(COUNT),
            is_down: AtomicBool::new(false),
            probes: RateLimiter::direct(Quota::per_second(NonZeroU32::MIN)),
            complaints: RateLimiter::direct(Quota::per_minute(NonZeroU32::MIN)),
        })
    }

    /// Counts one request, or says how long to wait; nothing when Redis does not answer.
    pub(super) async fn check(
        &self,
        limit: Limit,
        quota: u32,
        subject: &str,
    ) -> Option<Result<(), Duration>> {
        if self.is_down.load(Ordering::Relaxed) && self.probes.check().is_err() {
            return None;
        }
        match tokio::time::timeout(TIMEOUT, self.count(limit, subject)).await {
            Ok(Ok((count, left))) => {
                self.is_down.store(false, Ordering::Relaxed);
                let is_within = count <= i64::from(quota.max(1));
                Some(if is_within {
                    Ok(())
                } else {
                    Err(Duration::from_millis(left))
                })
            }
            Ok(Err(error)) => self.give_up(&error.to_string()),
            Err(_) => self.give_up("no answer in time"),
        }
    }

    async fn count(&self, limit: Limit, subject: &str) -> RedisResult<(i64, u64)> {
        let key = format!("casino-club:limit:{}:{subject}", limit.name());
        let window_millis = WINDOW.as_secs() * 1_000;
        let mut connection = self.connection.clone();
        self.script
            .key(key)
            .arg(window_millis)
            .invoke_async(&mut connection)
            .await
    }

    fn give_up<T>(&self, cause: &str) -> Option<T> {
        self.is_down.store(true, Ordering::Relaxed);
        if self.complaints.check().is_ok() {
            tracing::warn!(
                cause,
                "Redis cannot be reached; this process counts its requests alone"
            );
        }
        None
    }
}
