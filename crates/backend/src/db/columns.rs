//! Reads the club's types out of a row. Rows hold integers, text and bytes only; whatever does not
//! fit the model is [`Error::Corrupt`] and names the column.

use economy::{Hash, Timestamp, Tokens};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Error, Result};

/// Typed access to the columns of a row.
pub trait Columns {
    /// An integer.
    ///
    /// # Errors
    /// Like all here, when the column is missing, of another type, or breaks the model.
    fn int(&self, column: &str) -> Result<i64>;
    /// An integer or nothing.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn int_opt(&self, column: &str) -> Result<Option<i64>>;
    /// Text.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn text(&self, column: &str) -> Result<String>;
    /// Text or nothing.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn text_opt(&self, column: &str) -> Result<Option<String>>;
    /// Bytes.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn bytes(&self, column: &str) -> Result<Vec<u8>>;

    /// A flag, stored as 0 or 1.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// An amount.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn tokens(&self, column: &str) -> Result<Tokens> {
        Tokens::new(self.int(column)?).map_err(|_| corrupt(column))
    }

    /// An instant, stored in milliseconds since the epoch.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn instant(&self, column: &str) -> Result<Timestamp> {
        Ok(Timestamp::from_millis(self.int(column)?))
    }

    /// An instant or nothing.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn instant_opt(&self, column: &str) -> Result<Option<Timestamp>> {
        Ok(self.int_opt(column)?.map(Timestamp::from_millis))
    }

    /// 32 bytes.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn array(&self, column: &str) -> Result<[u8; 32]> {
        self.bytes(column)?.try_into().map_err(|_| corrupt(column))
    }

    /// A SHA-256.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn hash(&self, column: &str) -> Result<Hash> {
        self.array(column).map(Hash)
    }

    /// JSON, stored as text.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|_| corrupt(column))
    }

    /// A value that `parse` reads from text.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn parsed<T>(&self, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        parse(&self.text(column)?).ok_or_else(|| corrupt(column))
    }
}

fn corrupt(column: &str) -> Error {
    Error::Corrupt(format!("column {column}"))
}

impl Columns for AnyRow {
    fn int(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(column)?)
    }
    fn int_opt(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(column)?)
    }
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(column)?)
    }
    fn text_opt(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(column)?)
    }
    fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        Ok(self.try_get(column)?)
    }
}
