//! What makes codes for a member, as a phone in their hand does.

use economy::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// An authenticator that was told a secret.
#[derive(Clone)]
pub struct Authenticator(Totp);

impl Authenticator {
    /// One that was told this secret, in base32.
    #[must_use]
    pub fn of(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// The code that it shows then.
    #[must_use]
    pub fn code(&self, at: Timestamp) -> String {
        let secs = u64::try_from(at.millis() / 1_000).unwrap();
        self.0.generate(secs).to_string()
    }
}
