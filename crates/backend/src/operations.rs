//! Idempotency: what a request with a key did, kept for ever.

mod store;

pub(crate) use store::STATUS_OK;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;
use wire::{AppError, Code, UserId};

use crate::db::Tx;
use crate::{Error, Result};

/// The most characters of a key.
const KEY_CHARS_MAX: usize = 128;

/// A caller's name for one request: 1 to 128 visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key.
    ///
    /// # Errors
    /// `invalid` unless it has 1 to 128 visible ASCII characters.
    pub fn parse(text: &str) -> Result<Self> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.is_empty() || text.len() > KEY_CHARS_MAX || !visible {
            let message = "Idempotency-Key has 1 to 128 visible characters";
            return Err(AppError::field("Idempotency-Key", "characters", message).into());
        }
        Ok(Self(text.to_owned()))
    }

    /// A key of the club's own, which no caller can name: it holds a blank.
    pub(crate) fn of_club(words: &str) -> Self {
        Self(words.to_owned())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request that may have been made before: its name, its key and what it asks.
#[derive(Clone)]
pub(crate) struct Operation {
    user: UserId,
    name: &'static str,
    key: IdempotencyKey,
    request_hash: [u8; 32],
}

impl Operation {
    /// Names a request. Two requests are the same when they parse to the same.
    pub(crate) fn new(
        user: UserId,
        name: &'static str,
        key: IdempotencyKey,
        request: &impl Serialize,
    ) -> Result<Self> {
        Ok(Self::of_json(user, name, key, &json_of(request)?))
    }

    /// The same, of a request that is written already.
    pub(crate) fn of_json(
        user: UserId,
        name: &'static str,
        key: IdempotencyKey,
        request: &str,
    ) -> Self {
        Self {
            user,
            name,
            key,
            request_hash: Sha256::digest(request).into(),
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn key(&self) -> &str {
        self.key.as_str()
    }

    pub(crate) const fn request_hash(&self) -> &[u8; 32] {
        &self.request_hash
    }

    /// What it answered, if it was made before. Once the member's account is locked, a twin in flight
    /// has ended.
    ///
    /// # Errors
    /// `idempotency_mismatch` when the key was used for another request.
    pub(crate) async fn answered<T: DeserializeOwned>(
        &self,
        conn: &mut AnyConnection,
    ) -> Result<Option<T>> {
        let Some(row) = store::find(conn, self.user, self.name, self.key.as_str()).await? else {
            return Ok(None);
        };
        if row.request_hash != self.request_hash {
            return Err(Code::IdempotencyMismatch.into());
        }
        answer_of(&row.answer).map(Some)
    }

    /// Keeps what it answers, in the transaction of its effect.
    pub(crate) async fn keep(&self, tx: &mut Tx, answer: &impl Serialize) -> Result<()> {
        let answer = json_of(answer)?;
        let row = store::Row {
            request_hash: self.request_hash,
            answer,
        };
        let now = tx.now();
        store::insert(tx, self.user, self.name, self.key.as_str(), &row, now).await
    }
}

/// An answer as it is kept.
pub(crate) fn json_of(answer: &impl Serialize) -> Result<String> {
    serde_json::to_string(answer).map_err(|error| Error::Internal(error.to_string()))
}

/// An answer that was kept.
pub(crate) fn answer_of<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| Error::Corrupt("operations.answer".to_owned()))
}

/// Lets a key go whose request came to nothing after all, so that it can be tried again.
pub(crate) async fn release(
    conn: &mut AnyConnection,
    user: UserId,
    name: &str,
    key: &str,
) -> Result<()> {
    store::delete(conn, user, name, key).await
}
