//! Argon2id, off the async workers and only so many at once: each takes its memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use secrecy::{ExposeSecret, SecretString};

use super::corrupt;
use super::fields::{Password, ShownPassword};
use super::turns::Turns;
use crate::{Core, Entropy, Error, Result};

/// How long a request waits for its turn at hashing before it is told to come back.
const TURN_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of a salt, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

/// What a hash is worked out in. Taken anew for each hash, it would stay with whichever thread came
/// by; so the seats keep it, and use it again.
type Memory = Vec<Block>;

/// How a password that matches was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In NFC, as all are now.
    InNfc,
    /// As it was typed, before that.
    AsTyped,
}

/// Hashes and checks passwords.
pub(crate) struct Passwords {
    entropy: Arc<dyn Entropy>,
    argon2: Params,
    turns: Turns,
    /// The memory of the seats that nobody sits on.
    free: Arc<Mutex<Vec<Memory>>>,
}

impl Passwords {
    pub(crate) fn new(core: &Core) -> Result<Self> {
        let settings = &core.settings.auth;
        let (memory, passes) = (settings.argon2_memory_kib, settings.argon2_passes);
        let argon2 = Params::new(memory, passes, Params::DEFAULT_P_COST, None)
            .map_err(|error| Error::Internal(format!("argon2 settings: {error}")))?;
        Ok(Self {
            entropy: core.entropy.clone(),
            argon2,
            turns: Turns::new(settings.hashes_at_once),
            free: Arc::default(),
        })
    }

    /// The hash to store, in PHC format, for somebody of this network.
    pub(crate) async fn hash(&self, network: &str, password: Password) -> Result<String> {
        let params = self.argon2.clone();
        let mut salt = [0; SALT_BYTES];
        self.entropy.fill(&mut salt);
        let work = move |memory: &mut Memory| hash(params, &password.0, &salt, memory);
        self.in_turn(network, work).await
    }

    /// In which form the password is the one of the hash, if it is. One that differs from its NFC is
    /// tried in both, in one turn. Without a hash it is not, after the same work, so that the time does
    /// not tell which site ids exist.
    pub(crate) async fn matches(
        &self,
        network: &str,
        password: ShownPassword,
        stored: Option<String>,
    ) -> Result<Option<Form>> {
        let params = self.argon2.clone();
        self.in_turn(network, move |memory| {
            let stored = stored.as_deref();
            if is_it(&params, &password.in_nfc, stored, memory)? {
                return Ok(Some(Form::InNfc));
            }
            let Some(typed) = &password.typed else {
                return Ok(None);
            };
            let matches = is_it(&params, typed, stored, memory)?;
            Ok(matches.then_some(Form::AsTyped))
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        network: &str,
        work: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = tokio::time::timeout(TURN_TIMEOUT, self.turns.line_up(network)).await;
        let Ok(Ok(seat)) = turn else {
            return Err(Error::Unavailable("too many passwords to hash".to_owned()));
        };
        let free = self.free.clone();
        // The seat goes along: a request that is dropped leaves its hashing behind.
        let working = tokio::task::spawn_blocking(move || {
            let mut memory = locked(&free).pop().unwrap_or_default();
            let result = work(&mut memory);
            locked(&free).push(memory);
            drop(seat);
            result
        });
        working
            .await
            .map_err(|error| Error::Internal(format!("hashing: {error}")))?
    }
}

/// A panic elsewhere leaves whole seats.
fn locked(free: &Mutex<Vec<Memory>>) -> MutexGuard<'_, Vec<Memory>> {
    free.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the password is the one of the hash; without one, a hash is worked out for nothing.
fn is_it(
    params: &Params,
    password: &SecretString,
    stored: Option<&str>,
    memory: &mut Memory,
) -> Result<bool> {
    match stored {
        Some(stored) => verify(password, stored, memory),
        None => hash(params.clone(), password, &[0; SALT_BYTES], memory).map(|_| false),
    }
}

fn hash(
    params: Params,
    password: &SecretString,
    salt: &[u8],
    memory: &mut Memory,
) -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(format!("hashing: {error}"));
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    work_out(&argon2, password, salt, &mut output, memory).map_err(|error| failed(&error))?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).map_err(|error| failed(&error))?,
        salt: Some(Salt::new(salt).map_err(|error| failed(&error))?),
        hash: Some(Output::new(&output).map_err(|error| failed(&error))?),
    };
    Ok(hash.to_string())
}

/// Works the hash out anew, as the stored one says how, and compares both in constant time.
fn verify(password: &SecretString, stored: &str, memory: &mut Memory) -> Result<bool> {
    let broken = || corrupt("users.password_hash");
    let stored = PasswordHash::new(stored).map_err(|_| broken())?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|_| broken())?;
    let version = stored.version.ok_or_else(broken)?;
    let version = Version::try_from(version).map_err(|_| broken())?;
    let params = Params::try_from(&stored).map_err(|_| broken())?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
        return Err(broken());
    };
    let argon2 = Argon2::new(algorithm, version, params);
    let mut output = vec![0; expected.len()];
    work_out(&argon2, password, salt, &mut output, memory).map_err(|_| broken())?;
    Ok(Output::new(&output).is_ok_and(|output| output == *expected))
}

fn work_out(
    argon2: &Argon2<'_>,
    password: &SecretString,
    salt: &[u8],
    output: &mut [u8],
    memory: &mut Memory,
) -> argon2::Result<()> {
    memory.resize(argon2.params().block_count(), Block::new());
    let password = password.expose_secret().as_bytes();
    argon2.hash_password_into_with_memory(password, salt, output, memory)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher, PasswordVerifier};

    use super::*;

    const SALT: [u8; SALT_BYTES] = [7; SALT_BYTES];

    fn params() -> Params {
        Params::new(64, 1, 1, None).unwrap()
    }

    fn argon2() -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
    }

    #[test]
    fn hashes_are_those_of_the_crate() {
        let mut memory = Memory::new();
        let password: SecretString = "correct horse".into();
        let own = hash(params(), &password, &SALT, &mut memory).unwrap();
        let of_crate = argon2().hash_password_with_salt(b"correct horse", &SALT);
        assert_eq!(own, of_crate.unwrap().to_string());
        let parsed = PasswordHash::new(&own).unwrap();
        argon2().verify_password(b"correct horse", &parsed).unwrap();
    }

    #[test]
    fn memory_that_was_used_gives_the_same_results() {
        let mut memory = Memory::new();
        let (right, wrong) = ("right".into(), "wrong".into());
        let stored = hash(params(), &right, &SALT, &mut memory).unwrap();
        for _ in 0..3 {
            assert!(verify(&right, &stored, &mut memory).unwrap());
            assert!(!verify(&wrong, &stored, &mut memory).unwrap());
        }
        let harder = Params::new(128, 2, 1, None).unwrap();
        let stored = hash(harder, &right, &SALT, &mut memory).unwrap();
        assert!(verify(&right, &stored, &mut memory).unwrap());
        assert_eq!(memory.len(), 128, "as much as the last hash took");
        for broken in [
            "",
            "$argon2id$v=19$m=64,t=1,p=1",
            "$scrypt$ln=1$c2FsdA$aGFzaA",
        ] {
            assert!(verify(&right, broken, &mut memory).is_err(), "{broken}");
        }
    }
}
