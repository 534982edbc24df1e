//! Live sessions in Redis, for all processes.

use std::time::Duration;

use redis::{AsyncCommands, ExistenceCheck, RedisResult, Script, SetExpiry, SetOptions};
use wire::{GameId, UserId};

use super::{Answer, Claim, KEPT, SessionStore};
use crate::shared::Redis;
use crate::{Error, Result};

/// Forgets a session if it is this one, in one step.
const RELEASE: &str = "
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
";

pub(super) struct Shared {
    redis: Redis,
    release: Script,
}

impl Shared {
    pub(super) fn open(url: &str, wait: Duration) -> Result<Self> {
        Ok(Self {
            redis: Redis::open(url, wait, "bets of crash are refused, cash-outs are not")?,
            release: Script::new(RELEASE),
        })
    }

    async fn ask<T>(&self, question: impl Future<Output = RedisResult<T>>) -> Result<T> {
        let answer = self.redis.ask(question).await;
        answer.ok_or_else(|| Error::Unavailable("the live sessions in Redis".to_owned()))
    }

    async fn set(
        &self,
        user: UserId,
        game: &GameId,
        options: SetOptions,
    ) -> RedisResult<Option<String>> {
        let expiry = SetExpiry::PX(u64::try_from(KEPT.as_millis()).unwrap_or(u64::MAX));
        let mut connection = self.redis.connection();
        connection
            .set_options(key(user), game.as_str(), options.with_expiration(expiry))
            .await
    }

    async fn forget(&self, user: UserId, game: &GameId) -> RedisResult<i64> {
        let mut connection = self.redis.connection();
        self.release
            .key(key(user))
            .arg(game.as_str())
            .invoke_async(&mut connection)
            .await
    }
}

fn key(user: UserId) -> String {
    format!("casino-club:crash:{user}")
}

impl SessionStore for Shared {
    fn claim<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<Claim>> {
        Box::pin(async move {
            let options = SetOptions::default().conditional_set(ExistenceCheck::NX);
            let set = self.ask(self.set(user, game, options)).await?;
            Ok(set.map_or(Claim::Occupied, |_| Claim::Taken))
        })
    }

    fn keep<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>> {
        Box::pin(async move {
            let set = self.ask(self.set(user, game, SetOptions::default())).await;
            set.map(|_| ())
        })
    }

    fn release<'a>(&'a self, user: UserId, game: &'a GameId) -> Answer<'a, Result<()>> {
        Box::pin(async move { self.ask(self.forget(user, game)).await.map(|_| ()) })
    }

    fn ping(&self) -> Answer<'_, Result<()>> {
        Box::pin(async move {
            let mut connection = self.redis.connection();
            let ping = async move { connection.ping::<String>().await };
            self.ask(ping).await.map(|_| ())
        })
    }
}
