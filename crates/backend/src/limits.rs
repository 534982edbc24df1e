//! Rate limits: how often an address or a member may ask.

mod local;
mod shared;

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use wire::{AppError, Code};

use self::local::Local;
use self::shared::Shared;
use crate::caller::{BLOCK_TIMES, block_of, network_of};
use crate::settings::LimitSettings;
use crate::{Error, Result, Settings};

/// What the limits are counted over.
const WINDOW: Duration = Duration::from_secs(60);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Sign-ups, by address.
    SignUp,
    /// Sign-ins and refreshes, by address.
    SignIn,
    /// Hands, by member.
    Play,
    /// Cash-outs, by member: counted apart, so that bets never use up what takes a win. As many as
    /// hands, because each needs a bet.
    CashOut,
    /// Purchases, by member.
    Purchase,
    /// Other changes, by member; but signing out is never kept from anybody.
    Write,
    /// What is read, by member.
    Read,
    /// Invite and promo codes that are tried, by address.
    CodeCheck,
    /// Calls of staff's that were refused, by whoever made them: those of staff are rows for good.
    Forbidden,
}

impl Limit {
    /// The most requests of a window.
    fn quota(self, settings: &LimitSettings) -> u32 {
        match self {
            Self::SignUp => settings.sign_ups_per_minute,
            Self::SignIn => settings.sign_ins_per_minute,
            Self::Play | Self::CashOut => settings.plays_per_minute,
            Self::Purchase => settings.purchases_per_minute,
            Self::Write => settings.writes_per_minute,
            Self::Read => settings.reads_per_minute,
            Self::CodeCheck | Self::Forbidden => settings.code_checks_per_minute,
        }
    }

    /// The name in keys that processes share.
    const fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::SignIn => "sign-in",
            Self::Play => "play",
            Self::CashOut => "cash-out",
            Self::Purchase => "purchase",
            Self::Write => "write",
            Self::Read => "read",
            Self::CodeCheck => "code-check",
            Self::Forbidden => "forbidden",
        }
    }

    /// What is counted for `who`: for an address all that one subscriber has, and the block that it is of.
    fn subjects(self, who: &str) -> (String, Option<String>) {
        match self {
            Self::SignUp | Self::SignIn | Self::CodeCheck => (network_of(who), block_of(who)),
            Self::Play
            | Self::CashOut
            | Self::Purchase
            | Self::Write
            | Self::Read
            | Self::Forbidden => (who.to_owned(), None),
        }
    }
}

/// Counts requests, in process or in Redis; cheap to clone.
#[derive(Clone)]
pub struct Limits {
    settings: LimitSettings,
    local: Arc<Local>,
    blocks: Arc<Local>,
    shared: Option<Arc<Shared>>,
}

impl Limits {
    /// Makes what counts. Redis is connected to when it is first asked, so that it may come later.
    ///
    /// # Errors
    /// When the Redis address is not understood.
    #[expect(
        clippy::unused_async,
        reason = "the connection needs the runtime that calls this"
    )]
    pub async fn open(settings: &Settings) -> Result<Self> {
        let shared = settings
            .redis_url
            .as_ref()
            .map(|url| Shared::open(url.expose_secret(), settings.redis_wait));
        Ok(Self {
            settings: settings.limits,
            local: Arc::new(Local::new(&settings.limits, 1)),
            blocks: Arc::new(Local::new(&settings.limits, BLOCK_TIMES)),
            shared: shared.transpose()?.map(Arc::new),
        })
    }

    /// Counts one request of `who` against the limit. While Redis cannot be reached, each process
    /// counts for itself: nobody is kept out because of it.
    ///
    /// # Errors
    /// `rate_limited` with when to come back.
    pub async fn check(&self, limit: Limit, who: &str) -> Result<()> {
        let (subject, block) = limit.subjects(who);
        self.count(limit, subject, &self.local).await?;
        // What the network is refused, its block does not pay for.
        match block {
            Some(block) => self.count(limit, block, &self.blocks).await,
            None => Ok(()),
        }
    }

    async fn count(&self, limit: Limit, subject: String, local: &Local) -> Result<()> {
        let quota = limit.quota(&self.settings).saturating_mul(local.times);
        if let Some(shared) = &self.shared
            && let Some(answer) = shared.check(limit, quota, &subject).await
        {
            return answer.map_err(refused);
        }
        local.check(limit, subject).map_err(refused)
    }

    /// `in-process` or `redis`, for `/health`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        if self.shared.is_some() {
            "redis"
        } else {
            "in-process"
        }
    }
}

fn refused(wait: Duration) -> Error {
    let secs = wait.as_millis().div_ceil(1_000).max(1);
    AppError::new(Code::RateLimited)
        .retry_after(i64::try_from(secs).unwrap_or(i64::MAX))
        .into()
}
