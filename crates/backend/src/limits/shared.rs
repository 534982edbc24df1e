//! Counts in Redis, for all processes: a fixed window per subject that begins with its first
//! request and ends by Redis's own clock.

use std::time::Duration;

use redis::{RedisResult, Script};

use super::{Limit, WINDOW};
use crate::Result;
use crate::shared::Redis;

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
    redis: Redis,
    script: Script,
}

impl Shared {
    /// Makes a connection that begins when it is first used.
    pub(super) fn open(url: &str, wait: Duration) -> Result<Self> {
        Ok(Self {
            redis: Redis::open(url, wait, "this process counts its requests alone")?,
            script: Script::new(COUNT),
        })
    }

    /// Counts one request, or says how long to wait; nothing when Redis does not answer.
    pub(super) async fn check(
        &self,
        limit: Limit,
        quota: u32,
        subject: &str,
    ) -> Option<Result<(), Duration>> {
        let (count, left) = self.redis.ask(self.count(limit, subject)).await?;
        let is_within = count <= i64::from(quota.max(1));
        Some(if is_within {
            Ok(())
        } else {
            Err(Duration::from_millis(left))
        })
    }

    async fn count(&self, limit: Limit, subject: &str) -> RedisResult<(i64, u64)> {
        let key = format!("casino-club:limit:{}:{subject}", limit.name());
        let window_millis = WINDOW.as_secs() * 1_000;
        let mut connection = self.redis.connection();
        self.script
            .key(key)
            .arg(window_millis)
            .invoke_async(&mut connection)
            .await
    }
}
