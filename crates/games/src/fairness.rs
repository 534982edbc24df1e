//! The fair stream: everything random in a hand comes from a committed server seed, the member's
//! own seed and a nonce.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The most characters of a client seed.
pub const CLIENT_SEED_CHARS_MAX: usize = 64;

/// The house's half of the randomness: 32 secret bytes until the pair is rotated.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerSeed(#[serde(with = "hex::serde")] pub [u8; 32]);

impl ServerSeed {
    /// What is shown before the seed is used: SHA-256 of its raw bytes, in lower-case hex.
    #[must_use]
    pub fn commitment(&self) -> String {
        hex::encode(Sha256::digest(self.0))
    }

    /// The seed in lower-case hex.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The seed that 64 hex digits name.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

/// Never shows the secret, so that no log can.
impl fmt::Debug for ServerSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSeed(..)")
    }
}

/// The member's half: 1 to 64 visible characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientSeed(String);

/// A client seed is empty, too long, or has an invisible character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a client seed has 1 to {CLIENT_SEED_CHARS_MAX} visible characters")]
pub struct BadClientSeed;

impl ClientSeed {
    /// A client seed.
    ///
    /// # Errors
    /// [`BadClientSeed`] unless it has 1 to 64 characters, none of them white space, control or
    /// format characters.
    pub fn parse(text: impl Into<String>) -> Result<Self, BadClientSeed> {
        let text = text.into();
        let chars = text.chars().count();
        let visible = text.chars().all(is_visible);
        if chars == 0 || chars > CLIENT_SEED_CHARS_MAX || !visible {
            return Err(BadClientSeed);
        }
        Ok(Self(text))
    }

    /// The seed as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a reader sees it. The standard library does not know the format characters, which hide
/// in a copied seed or turn its direction, so the common ones are named here.
fn is_visible(c: char) -> bool {
    let formats = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !c.is_whitespace() && !c.is_control() && !formats
}

impl TryFrom<String> for ClientSeed {
    type Error = BadClientSeed;
    fn try_from(text: String) -> Result<Self, BadClientSeed> {
        Self::parse(text)
    }
}

impl From<ClientSeed> for String {
    fn from(seed: ClientSeed) -> Self {
        seed.0
    }
}

/// The random stream of one hand, read from its start.
///
/// Block b is `HMAC-SHA256(server seed, "{client seed}:{nonce}:{b}")`, b = 0, 1, 2, ..
pub struct Draws {
    server_seed: ServerSeed,
    prefix: String,
    block: u64,
    bytes: [u8; 32],
    used: usize,
}

impl Draws {
    /// The stream of the hand with that nonce.
    #[must_use]
    pub fn new(server_seed: &ServerSeed, client_seed: &ClientSeed, nonce: i64) -> Self {
        Self {
            server_seed: server_seed.clone(),
            prefix: format!("{}:{nonce}:", client_seed.as_str()),
            block: 0,
            bytes: [0; 32],
            used: 32,
        }
    }

    fn next_block(&mut self) {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.server_seed.0)
            .expect("HMAC takes a key of any length");
        mac.update(self.prefix.as_bytes());
        mac.update(self.block.to_string().as_bytes());
        self.bytes = mac.finalize().into_bytes().into();
        self.block = self.block.wrapping_add(1);
        self.used = 0;
    }

    fn next_byte(&mut self) -> u8 {
        if self.used >= self.bytes.len() {
            self.next_block();
        }
        let byte = self.bytes.get(self.used).copied().unwrap_or_default();
        self.used = self.used.saturating_add(1);
        byte
    }

    fn next_u32(&mut self) -> u32 {
        u32::from_be_bytes([
            self.next_byte(),
            self.next_byte(),
            self.next_byte(),
            self.next_byte(),
        ])
    }

    fn next_u64(&mut self) -> u64 {
        u64::from(self.next_u32()) << 32 | u64::from(self.next_u32())
    }

    /// A whole number from 0 to n - 1, each equally likely.
    ///
    /// By rejection on a big-endian u32 (u64 above 2^32): a draw at or above the largest multiple
    /// of n is thrown away. For n = 0 the answer is 0, and nothing is read.
    pub fn below(&mut self, n: u64) -> u64 {
        let wide = n > 1 << 32;
        let range: u128 = if wide { 1 << 64 } else { 1 << 32 };
        let Some(uneven) = range.checked_rem(u128::from(n)) else {
            return 0;
        };
        let fair = range.saturating_sub(uneven);
        loop {
            let draw = if wide {
                self.next_u64()
            } else {
                u64::from(self.next_u32())
            };
            if u128::from(draw) < fair {
                return draw.checked_rem(n).unwrap_or_default();
            }
        }
    }
}
