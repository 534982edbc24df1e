//! What the services are told.

use backend::Settings;
use backend::settings::{
    ACQUIRE_WAIT, ARGON2_MEMORY_KIB, ARGON2_PASSES, ApprovalSettings, AuthSettings,
    DatabaseSettings, LOCK_WAIT, LimitSettings, REDIS_WAIT, SecretsKey,
};
use economy::Tokens;
use secrecy::{ExposeSecret, SecretString};

use super::http::flag;
use super::reader::Reader;
use super::{Environment, table};

/// HS256 wants a key at least as long as its hash; what is guessed is no shorter elsewhere.
const SECRET_BYTES_MIN: usize = 32;

/// Whether a secret is one.
pub(super) fn long_enough(text: &str) -> Result<(), String> {
    if text.len() < SECRET_BYTES_MIN {
        return Err(format!(
            "has at least {SECRET_BYTES_MIN} bytes; make one with: openssl rand -hex 32"
        ));
    }
    Ok(())
}

pub(super) fn services(reader: &mut Reader<'_>) -> Option<Settings> {
    let database = database(reader);
    let redis_url = reader.optional_url(&table::REDIS_URL, &["redis", "rediss"]);
    let auth = auth(reader);
    let limits = limits(reader);
    let payment = super::payment::payment(reader);
    let initial_tokens = reader.int(&table::INITIAL_CYBER_TOKENS, 0..=Tokens::MAX.get());
    let invite = reader.explicit(&table::UNLIMITED_INVITE_CODE);
    let is_strict = is_strict(reader);
    let approvals = approvals(reader);
    Some(Settings {
        database: database?,
        redis_url: redis_url?,
        redis_wait: REDIS_WAIT,
        auth: auth?,
        limits: limits?,
        payment: payment?,
        initial_tokens: Tokens::new(initial_tokens?).ok()?,
        unlimited_invite_code: invite,
        is_strict: is_strict?,
        // Where the club is not strict, nothing has to be granted.
        approvals: match is_strict? {
            true => approvals?,
            false => ApprovalSettings::default(),
        },
    })
}

fn approvals(reader: &mut Reader<'_>) -> Option<ApprovalSettings> {
    let members_max = reader.int(&table::APPROVAL_MEMBERS, 0..=1_000_000);
    let tokens_max = reader.int(&table::APPROVAL_TOKENS, 0..=Tokens::MAX.get());
    Some(ApprovalSettings {
        members_max: members_max?,
        tokens_max: tokens_max?,
    })
}

/// In production there is no other way.
fn is_strict(reader: &mut Reader<'_>) -> Option<bool> {
    let is_strict = reader.parse(&table::STAFF_STRICT, flag)?;
    if reader.environment == Environment::Production && !is_strict {
        reader.mistake(&table::STAFF_STRICT, "is true in production");
        return None;
    }
    Some(is_strict)
}

fn database(reader: &mut Reader<'_>) -> Option<DatabaseSettings> {
    let url = reader.url(&table::DATABASE_URL, &["sqlite", "postgres", "postgresql"]);
    let connections_max = reader.int(&table::DATABASE_CONNECTIONS_MAX, 2..=1_000);
    Some(DatabaseSettings {
        url: url?,
        connections_max: u32::try_from(connections_max?).ok()?,
        lock_wait: LOCK_WAIT,
        acquire_wait: ACQUIRE_WAIT,
    })
}

fn auth(reader: &mut Reader<'_>) -> Option<AuthSettings> {
    let previous_secret = reader.secret(&table::JWT_SECRET_KEY_PREVIOUS, long_enough);
    let secrets_key = secrets_key(reader);
    let access_minutes = reader.int(&table::ACCESS_TOKEN_MINUTES, 1..=24 * 60);
    let refresh_days = reader.int(&table::REFRESH_TOKEN_DAYS, 1..=365);
    let failures_max = reader.int(&table::LOGIN_MAX_FAILED_ATTEMPTS, 1..=1_000);
    let address_failures_max =
        reader.int(&table::LOGIN_MAX_FAILED_ATTEMPTS_PER_ADDRESS, 1..=100_000);
    let lockout_minutes = reader.int(&table::LOGIN_LOCKOUT_MINUTES, 1..=24 * 60);
    let hashes_at_once = reader.int(&table::PASSWORD_HASHES_AT_ONCE, 1..=1_024);
    Some(AuthSettings {
        secret: SecretString::from(String::new()),
        previous_secret,
        secrets_key,
        access_ttl_secs: access_minutes?.saturating_mul(60),
        refresh_ttl_secs: refresh_days?.saturating_mul(24 * 60 * 60),
        failures_max: failures_max?,
        address_failures_max: address_failures_max?,
        lockout_minutes: lockout_minutes?,
        argon2_memory_kib: ARGON2_MEMORY_KIB,
        argon2_passes: ARGON2_PASSES,
        hashes_at_once: usize::try_from(hashes_at_once?).ok()?,
    })
}

fn limits(reader: &mut Reader<'_>) -> Option<LimitSettings> {
    let mut rate = |setting| {
        reader
            .int(setting, 1..=10_000_000)
            .and_then(|rate| u32::try_from(rate).ok())
    };
    let sign_ups = rate(&table::SIGN_UPS_PER_MINUTE);
    let sign_ins = rate(&table::SIGN_INS_PER_MINUTE);
    let plays = rate(&table::PLAYS_PER_MINUTE);
    let purchases = rate(&table::PURCHASES_PER_MINUTE);
    let writes = rate(&table::WRITES_PER_MINUTE);
    let reads = rate(&table::READS_PER_MINUTE);
    let code_checks = rate(&table::CODE_CHECKS_PER_MINUTE);
    Some(LimitSettings {
        sign_ups_per_minute: sign_ups?,
        sign_ins_per_minute: sign_ins?,
        plays_per_minute: plays?,
        purchases_per_minute: purchases?,
        writes_per_minute: writes?,
        reads_per_minute: reads?,
        code_checks_per_minute: code_checks?,
    })
}

pub(super) fn jwt_secret(reader: &mut Reader<'_>) -> Option<SecretString> {
    let is_needed = reader.environment == Environment::Production;
    let secret = reader.secret(&table::JWT_SECRET_KEY, long_enough);
    if secret.is_none() && is_needed && !reader.is_given(&table::JWT_SECRET_KEY) {
        reader.mistake(
            &table::JWT_SECRET_KEY,
            "is required in production; make one with: openssl rand -hex 32",
        );
    }
    secret
}

fn secrets_key(reader: &mut Reader<'_>) -> Option<SecretsKey> {
    let is_needed = reader.environment == Environment::Production;
    if is_needed && !reader.is_given(&table::SECRETS_KEY) {
        reader.mistake(
            &table::SECRETS_KEY,
            "is required in production; make one with: openssl rand -base64 32",
        );
    }
    let key = reader.secret(&table::SECRETS_KEY, |text| match SecretsKey::parse(text) {
        Some(_) => Ok(()),
        None => Err("is 32 bytes in base64; make one with: openssl rand -base64 32".to_owned()),
    })?;
    SecretsKey::parse(key.expose_secret())
}
