//! What a receipt's signature says, and whether it holds. Signing is the server's; checking is
//! anybody's.

use std::fmt::Write;

use ed25519_dalek::{Signature, VerifyingKey};

/// The first line of what is signed; another layout would be another version.
const VERSION: &str = "casino-club receipt v1";

/// The text that a signature is over: one line a fact, in order, as `name value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement(String);

impl Default for Statement {
    fn default() -> Self {
        Self(VERSION.to_owned())
    }
}

impl Statement {
    /// A statement without facts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact. Line breaks and everything else that is not plain ASCII are written as Rust
    /// escapes, so that no value can pose as another line.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        let value = value.to_string();
        // Writing into a string does not fail.
        _ = write!(self.0, "\n{name} {}", value.escape_default());
        self
    }

    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the statement was signed (Ed25519, RFC 8032) with that key; both in lower-case hex.
#[must_use]
pub fn is_signed(statement: &Statement, signature: &str, public_key: &str) -> bool {
    let check = || {
        let key: [u8; 32] = hex::decode(public_key).ok()?.try_into().ok()?;
        let signature: [u8; 64] = hex::decode(signature).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&key)
            .ok()?
            .verify_strict(statement.0.as_bytes(), &Signature::from_bytes(&signature))
            .ok()
    };
    check().is_some()
}
