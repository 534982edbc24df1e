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

/// What is sealed. It opens as that alone, so that nothing takes the place of another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sealed {
    /// The secret of a member's second factor.
    Factor(UserId),
    /// What tells whether the key is the club's.
    Check,
}

impl Sealed {
    /// What is authenticated beside it.
    fn name(self) -> Vec<u8> {
        match self {
            Self::Factor(user) => [b"totp ".as_slice(), user.0.to_be_bytes().as_slice()].concat(),
            Self::Check => b"check".to_vec(),
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Factor(_) => "second_factors.secret",
            Self::Check => "club_values.value of secrets_check",
        }
    }
}

/// Seals secrets and opens them (XChaCha20-Poly1305), each as what it is.
pub(in crate::accounts) struct Seal(XChaCha20Poly1305);

impl Seal {
    pub(in crate::accounts) fn new(settings: &AuthSettings) -> Self {
        let key = match &settings.secrets_key {
            Some(key) => *key.bytes(),
            None => keyed(settings.secret.expose_secret().as_bytes(), &[KEY_LABEL]),
        };
        Self(XChaCha20Poly1305::new(&Key::from(key)))
    }

    /// Seals a secret as that.
    pub(super) fn close(
        &self,
        entropy: &dyn Entropy,
        what: Sealed,
        secret: &[u8],
    ) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let name = what.name();
        let payload = Payload {
            msg: secret,
            aad: &name,
        };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed =
            sealed.map_err(|_| Error::Internal("a secret that is not sealed".to_owned()))?;
        Ok([nonce.as_slice(), sealed.as_slice()].concat())
    }

    /// Opens what was sealed as that, under this key.
    pub(super) fn open(&self, what: Sealed, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || corrupt(what.column());
        let (nonce, sealed) = sealed.split_first_chunk().ok_or_else(broken)?;
        let nonce: [u8; NONCE_BYTES] = *nonce;
        let name = what.name();
        let payload = Payload {
            msg: sealed,
            aad: &name,
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
    fn what_is_sealed_opens_as_what_it_is_under_its_key_and_whole() {
        let (what, secret) = (Sealed::Factor(UserId(1)), b"a secret of twenty b");
        let sealed = seal(1).close(&Same, what, secret).unwrap();
        assert!(
            !sealed
                .windows(4)
                .any(|part| secret.windows(4).any(|it| it == part))
        );
        assert_eq!(seal(1).open(what, &sealed).unwrap(), secret);
        assert!(seal(2).open(what, &sealed).is_err(), "another key");
        for other in [Sealed::Factor(UserId(2)), Sealed::Check] {
            assert!(seal(1).open(other, &sealed).is_err(), "{other:?}");
        }
        // What stands beside it names what it is, and not the member alone.
        assert_eq!(what.name(), b"totp \0\0\0\0\0\0\0\x01");
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(seal(1).open(what, &other).is_err(), "byte {at}");
            assert!(seal(1).open(what, &sealed[..at]).is_err(), "{at} bytes");
        }
    }
}
