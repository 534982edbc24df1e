//! Argon2id, off the async workers and only so many at once: each takes its memory.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as HashError, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::corrupt;
use super::fields::Password;
use crate::{Core, Entropy, Error, Result};

/// How long a request waits for its turn at hashing before it is told to come back.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of a salt, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

/// Hashes and checks passwords.
pub(crate) struct Passwords {
    entropy: Arc<dyn Entropy>,
    memory_kib: u32,
    passes: u32,
    seats: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(core: &Core) -> Self {
        let settings = &core.settings.auth;
        Self {
            entropy: core.entropy.clone(),
            memory_kib: settings.argon2_memory_kib,
            passes: settings.argon2_passes,
            seats: Arc::new(Semaphore::new(settings.hashes_at_once.max(1))),
        }
    }

    /// The hash to store, in PHC format.
    pub(crate) async fn hash(&self, password: Password) -> Result<String> {
        let argon2 = self.argon2()?;
        let mut salt = [0; SALT_BYTES];
        self.entropy.fill(&mut salt);
        self.in_turn(move || hash(&argon2, &password.0, &salt))
            .await
    }

    /// Whether the password is the one of the hash. Without a hash it is not, after the same work,
    /// so that the time does not tell which site ids exist.
    pub(crate) async fn matches(
        &self,
        password: SecretString,
        stored: Option<String>,
    ) -> Result<bool> {
        let argon2 = self.argon2()?;
        self.in_turn(move || match stored {
            Some(stored) => verify(&argon2, &password, &stored),
            None => hash(&argon2, &password, &[0; SALT_BYTES]).map(|_| false),
        })
        .await
    }

    fn argon2(&self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, Params::DEFAULT_P_COST, None)
            .map_err(|error| Error::Internal(format!("argon2 settings: {error}")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.seats.clone().acquire_owned()).await;
        let Ok(Ok(seat)) = turn else {
            return Err(Error::Unavailable("too many passwords to hash".to_owned()));
        };
        // The seat goes along: a request that is dropped leaves its hashing behind.
        let working = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(seat);
            result
        });
        working
            .await
            .map_err(|error| Error::Internal(format!("hashing: {error}")))?
    }
}

fn hash(argon2: &Argon2<'_>, password: &SecretString, salt: &[u8]) -> Result<String> {
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password.expose_secret().as_bytes(), salt)
        .map_err(|error| Error::Internal(format!("hashing: {error}")))?;
    Ok(hash.to_string())
}

fn verify(argon2: &Argon2<'_>, password: &SecretString, stored: &str) -> Result<bool> {
    let stored = PasswordHash::new(stored).map_err(|_| corrupt("users.password_hash"))?;
    match argon2.verify_password(password.expose_secret().as_bytes(), &stored) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(_) => Err(corrupt("users.password_hash")),
    }
}
