//! Secrets of members, sealed: whoever reads the rows alone learns none of them.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use secrecy::ExposeSecret;
use wire::UserId;

use super::super::corrupt;
use super::super::keys::keyed;
use crate::settings::AuthSettings;
use crate::{Entropy, Error, Result};

/// Separates the key that is derived from the signing secret from all others that are.
const KEY_LABEL: &[u8] = b"casino-club secrets key v1";
/// Bytes of a nonce, which stands before what is sealed: of so many that are drawn no two are the same.
const NONCE_BYTES: usize = 24;

/// Seals secrets and opens them (XChaCha20-Poly1305), each for its member.
pub(in crate::accounts) struct Seal(XChaCha20Poly1305);

impl Seal {
    pub(in crate::accounts) fn new(settings: &AuthSettings) -> Self {
        let key = match &settings.secrets_key {
            Some(key) => *key.bytes(),
            None => keyed(settings.secret.expose_secret().as_bytes(), &[KEY_LABEL]),
        };
        Self(XChaCha20Poly1305::new(&Key::from(key)))
    }

    /// Seals a secret of the member's.
    pub(super) fn close(
        &self,
        entropy: &dyn Entropy,
        user: UserId,
        secret: &[u8],
    ) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let of = user.0.to_be_bytes();
        let payload = Payload {
            msg: secret,
            aad: &of,
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed =
            sealed.map_err(|_| Error::Internal("a secret that is not sealed".to_owned()))?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    /// Opens what was sealed for the member, under this key.
    pub(super) fn open(&self, user: UserId, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || corrupt("second_factors.secret");
        let (nonce, sealed) = sealed.split_first_chunk().ok_or_else(broken)?;
        let nonce: [u8; NONCE_BYTES] = *nonce;
        let of = user.0.to_be_bytes();
        let payload = Payload {
            msg: sealed,
            aad: &of,
        };
        let opened = self.0.decrypt(&XNonce::from(nonce), payload);
        opened.map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chance that is always the same.
    struct Same;

    impl Entropy for Same {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn seal(key: u8) -> Seal {
        Seal(XChaCha20Poly1305::new(&Key::from([key; 32])))
    }

    #[test]
    fn what_is_sealed_opens_for_its_member_under_its_key_and_whole() {
        let (user, secret) = (UserId(1), b"a secret of twenty b");
        let sealed = seal(1).close(&Same, user, secret).unwrap();
        assert!(
            !sealed
                .windows(4)
                .any(|part| secret.windows(4).any(|it| it == part))
        );
        assert_eq!(seal(1).open(user, &sealed).unwrap(), secret);
        assert!(seal(2).open(user, &sealed).is_err(), "another key");
        assert!(seal(1).open(UserId(2), &sealed).is_err(), "another member");
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(seal(1).open(user, &other).is_err(), "byte {at}");
            assert!(seal(1).open(user, &sealed[..at]).is_err(), "{at} bytes");
        }
    }
}
