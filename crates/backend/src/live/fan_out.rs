//! Passing wakes between the processes of one deployment, by Redis. What is lost here the sweep finds.

use std::time::Duration;

use futures::StreamExt;
use redis::AsyncCommands;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use wire::UserId;

use super::Live;
use crate::shared::Redis;
use crate::wake::Changed;
use crate::{Core, Error, Result};

const CHANNEL: &str = "casino-club:live";
/// How many members one telegram names.
const NAMED_MAX: usize = 1_024;
/// How long to wait before Redis is asked again.
const PAUSE: Duration = Duration::from_secs(1);

/// What one process tells the others.
#[derive(Serialize, Deserialize)]
struct Telegram {
    /// Who says so; it knows already.
    from: String,
    changed: Vec<(UserId, Changed)>,
}

/// The way to the other processes.
pub(super) struct FanOut {
    /// Who this process is.
    name: String,
    redis: Redis,
    client: redis::Client,
}

impl FanOut {
    /// Reads the settings; connects when it is first needed.
    pub(super) fn open(core: &Core) -> Result<Option<Self>> {
        let Some(url) = &core.settings.redis_url else {
            return Ok(None);
        };
        let url = url.expose_secret();
        let client = redis::Client::open(url)
            .map_err(|error| Error::Internal(format!("REDIS_URL: {error}")))?;
        Ok(Some(Self {
            name: core.fresh_id(),
            redis: Redis::open(url, core.settings.redis_wait, "other processes hear later")?,
            client,
        }))
    }
}

impl Live {
    /// Tells the other processes what changed in this one, for as long as it is run.
    pub async fn pass_on(&self) {
        let Some(out) = &self.fan_out else { return };
        loop {
            let changed = self.hub.outgoing().await;
            for some in changed.chunks(NAMED_MAX) {
                let telegram = Telegram {
                    from: out.name.clone(),
                    changed: some.to_vec(),
                };
                let Ok(text) = serde_json::to_string(&telegram) else {
                    continue;
                };
                let mut connection = out.redis.connection();
                // What Redis does not take is found by the sweep of the others.
                _ = out
                    .redis
                    .ask(connection.publish::<_, _, ()>(CHANNEL, text))
                    .await;
            }
        }
    }

    /// Hears what changed in the other processes, for as long as it is run.
    pub async fn take_in(&self) {
        let Some(out) = &self.fan_out else { return };
        loop {
            // A Redis that cannot be reached is logged by those who ask it something.
            _ = self.hear(out).await;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn hear(&self, out: &FanOut) -> redis::RedisResult<()> {
        let mut telegrams = out.client.get_async_pubsub().await?;
        telegrams.subscribe(CHANNEL).await?;
        let mut telegrams = telegrams.into_on_message();
        while let Some(message) = telegrams.next().await {
            let telegram = serde_json::from_slice::<Telegram>(message.get_payload_bytes());
            let Some(telegram) = telegram.ok().filter(|it| it.from != out.name) else {
                continue;
            };
            for (user, changed) in telegram.changed {
                self.hub.wake_here(user, changed);
            }
        }
        Ok(())
    }
}
