//! The settings of the services. The server's `Config` fills them in; nothing here reads the environment.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use economy::Tokens;
use secrecy::SecretString;

/// How long a write waits for those before it: less than the 10 s that a request may take.
pub const LOCK_WAIT: Duration = Duration::from_secs(8);

/// How long a request waits for a connection before it is told to come back.
pub const ACQUIRE_WAIT: Duration = Duration::from_secs(5);
/// How long a request waits for Redis before it goes on without.
pub const REDIS_WAIT: Duration = Duration::from_millis(250);

/// Argon2id's memory in KiB, as the crate recommends.
pub const ARGON2_MEMORY_KIB: u32 = 19 * 1024;
/// Argon2id's passes over it, as the crate recommends.
pub const ARGON2_PASSES: u32 = 2;

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
    /// Whether staff have to say why they do what needs a reason, and act in a session that was opened at
    /// their door, with a second factor, confirmed where that is asked for.
    pub is_strict: bool,
    /// From when on what staff do needs a second pair of eyes.
    pub approvals: ApprovalSettings,
}

/// How much one member of staff does alone in one UTC day; beyond it somebody else has to grant it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ApprovalSettings {
    /// To how many members; to any number when zero.
    pub members_max: i64,
    /// How many tokens they move; any number when zero.
    pub tokens_max: i64,
}

impl ApprovalSettings {
    /// Whether anything has to be granted at all.
    pub(crate) const fn is_on(self) -> bool {
        self.members_max > 0 || self.tokens_max > 0
    }
}

/// The database.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `sqlite://path` (created if missing) or `postgres://..`.
    pub url: SecretString,
    /// The most connections: readers on SQLite; on PostgreSQL all but the croupiers' two. The job that
    /// settles rounds has its own beside them, two on PostgreSQL and a reader on SQLite, and whether the
    /// database answers is asked by one more.
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
    /// The secret before it: what it signed still counts, and nothing is signed with it any more.
    pub previous_secret: Option<SecretString>,
    /// Seals the secrets of second factors; without one a key is derived from `secret`, which whoever
    /// changes that would lose.
    pub secrets_key: Option<SecretsKey>,
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
    /// Argon2id's memory in KiB; less than [`ARGON2_MEMORY_KIB`] only in tests.
    pub argon2_memory_kib: u32,
    /// Argon2id's passes over the memory.
    pub argon2_passes: u32,
    /// How many passwords are hashed at once; each takes the memory above.
    pub hashes_at_once: usize,
}

/// What secrets of members are sealed with: 32 bytes, which are in no row.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretsKey([u8; 32]);

impl SecretsKey {
    /// Reads 32 bytes in base64 (RFC 4648, padded).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SecretsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
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
    /// Other changes by member: of seeds, profile, what is worn, notifications, codes that they made.
    pub writes_per_minute: u32,
    /// What is read by member: by REST, as a page, and for a page.
    pub reads_per_minute: u32,
    /// Invite and promo codes that are tried, by address; and calls of staff's by other members.
    pub code_checks_per_minute: u32,
}

#[cfg(test)]
mod tests {
    use super::SecretsKey;

    #[test]
    fn a_key_is_32_bytes_in_base64_and_is_not_shown() {
        let key = SecretsKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        assert_eq!(key.bytes()[..3], [0, 1, 2]);
        assert_eq!(format!("{key:?}"), "***");
        let short = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==";
        for odd in ["", "not base64, not at all", short, &"k".repeat(32)] {
            assert_eq!(SecretsKey::parse(odd), None, "{odd}");
        }
    }
}
