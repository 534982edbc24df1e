//! How the gateway signs what it says: its messages, and its answers.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// What a signature begins with.
const SCHEME: &str = "sha256=";

/// The signature of what is said: `sha256=` and HMAC-SHA256 over `timestamp.nonce.body`, in hex.
#[must_use]
pub fn sign(secret: &SecretString, timestamp: &str, nonce: &str, body: &[u8]) -> String {
    let mac = mac(secret, timestamp, nonce, body);
    format!("{SCHEME}{}", hex::encode(mac.finalize().into_bytes()))
}

/// What was said, with what shows who said it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// `X-Signature`.
    pub signature: &'a str,
    /// `X-Timestamp`, in seconds since the epoch.
    pub timestamp: &'a str,
    /// `X-Nonce`.
    pub nonce: &'a str,
    /// The body, byte by byte.
    pub body: &'a [u8],
}

impl Message<'_> {
    /// Whether it was signed with this secret. How long that takes tells nothing of the signature.
    #[must_use]
    pub fn is_genuine(&self, secret: &SecretString) -> bool {
        let given = self.signature.strip_prefix(SCHEME);
        let given = given.and_then(|it| hex::decode(it).ok());
        let mac = mac(secret, self.timestamp, self.nonce, self.body);
        given.is_some_and(|given| mac.verify_slice(&given).is_ok())
    }
}

#[expect(
    clippy::expect_used,
    reason = "HMAC takes a key of any length (RFC 2104)"
)]
fn mac(secret: &SecretString, timestamp: &str, nonce: &str, body: &[u8]) -> Hmac<Sha256> {
    let key = secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in [timestamp.as_bytes(), b".", nonce.as_bytes(), b".", body] {
        mac.update(part);
    }
    mac
}
