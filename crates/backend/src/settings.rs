//! The settings of the services. The server's `Config` fills them in; nothing here reads the environment.

use std::time::Duration;

use economy::Tokens;
use secrecy::SecretString;

/// How long a write waits for those before it: less than the 10 s that a request may take.
pub const LOCK_WAIT: Duration = Duration::from_secs(8);

/// How long a request waits for a connection before it is told to come back.
pub const ACQUIRE_WAIT: Duration = Duration::from_secs(5);
/// How long a request waits for Redis before it goes on without.
pub const REDIS_WAIT: Duration = Duration::from_millis(250);

/// How the services behave.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where rows live: `sqlite://path` or `postgres://..`.
    pub database: DatabaseSettings,
    /// `redis://..`, where rate limits and live sessions are shared between processes; in process
    /// when absent.
    pub redis_url: Option<SecretString>,
    /// How long a request waits for Redis before it goes on without.
    pub redis_wait: Duration,
    /// Signing in.
    pub auth: AuthSettings,
    /// Requests per minute.
    pub limits: LimitSettings,
    /// Paying in the shop.
    pub payment: PaymentSettings,
    /// Tokens of a new member.
    pub initial_tokens: Tokens,
    /// An invite code that never runs out, if there is one.
    pub unlimited_invite_code: Option<String>,
}

/// The database.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `sqlite://path` (created if missing) or `postgres://..`.
    pub url: SecretString,
    /// The most connections: readers on SQLite, all on PostgreSQL.
    pub connections_max: u32,
    /// How long a write waits for those before it, then `in_progress`; shorter than a request may
    /// take, so that the caller is told.
    pub lock_wait: Duration,
    /// How long a request waits for a connection.
    pub acquire_wait: Duration,
}

/// Signing in.
#[derive(Clone, Debug)]
pub struct AuthSettings {
    /// Signs access tokens (HS256) and derives refresh tokens.
    pub secret: SecretString,
    /// How long an access token lasts, in seconds.
    pub access_ttl_secs: i64,
    /// How long a refresh token lasts, in seconds.
    pub refresh_ttl_secs: i64,
    /// Failures of one site id that lock it.
    pub failures_max: i64,
    /// Failures from one address that lock it.
    pub address_failures_max: i64,
    /// The window in which failures count, and how long a lock lasts, in minutes.
    pub lockout_minutes: i64,
    /// Argon2id passes, memory in KiB; the crate's recommendation by default, less in tests.
    pub argon2_memory_kib: u32,
    /// Argon2id passes over the memory.
    pub argon2_passes: u32,
    /// How many passwords are hashed at once; each takes the memory above.
    pub hashes_at_once: usize,
}

/// Paying in the shop.
#[derive(Clone, Debug)]
pub struct PaymentSettings {
    /// What the gateway signs its messages with; without one, none is believed.
    pub webhook_secret: Option<SecretString>,
    /// Purchases of a member, within the window, that stop further ones; none do when zero.
    pub purchases_max: i64,
    /// That window, in seconds.
    pub purchases_window_secs: i64,
    /// Declined cards of a member, within the window, that stop further purchases; none do when zero.
    pub declines_max: i64,
    /// That window, in seconds.
    pub declines_window_secs: i64,
}

/// Requests per minute.
#[derive(Clone, Copy, Debug)]
pub struct LimitSettings {
    /// Sign-ups by address.
    pub sign_ups_per_minute: u32,
    /// Sign-ins and refreshes by address.
    pub sign_ins_per_minute: u32,
    /// Hands by member.
    pub plays_per_minute: u32,
    /// Purchases by member.
    pub purchases_per_minute: u32,
    /// Invite and promo codes that are tried, by address; and calls of staff's by other members.
    pub code_checks_per_minute: u32,
}

impl Settings {
    /// The defaults of development: generous limits, invite code 5858, 1,000 tokens.
    #[must_use]
    pub fn development(url: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            database: DatabaseSettings {
                url: SecretString::from(url.into()),
                connections_max: 16,
                lock_wait: LOCK_WAIT,
                acquire_wait: ACQUIRE_WAIT,
            },
            redis_url: None,
            redis_wait: REDIS_WAIT,
            auth: AuthSettings {
                secret: SecretString::from(secret.into()),
                access_ttl_secs: 30 * 60,
                refresh_ttl_secs: 30 * 24 * 60 * 60,
                failures_max: 5,
                address_failures_max: 20,
                lockout_minutes: 10,
                argon2_memory_kib: 19 * 1024,
                argon2_passes: 2,
                hashes_at_once: 2,
            },
            limits: LimitSettings {
                sign_ups_per_minute: 600,
                sign_ins_per_minute: 600,
                plays_per_minute: 1_000_000,
                purchases_per_minute: 100_000,
                code_checks_per_minute: 600,
            },
            payment: PaymentSettings {
                webhook_secret: None,
                purchases_max: 20,
                purchases_window_secs: 5 * 60,
                declines_max: 3,
                declines_window_secs: 60 * 60,
            },
            initial_tokens: Tokens::from_u32(1_000),
            unlimited_invite_code: Some("5858".to_owned()),
        }
    }
}
