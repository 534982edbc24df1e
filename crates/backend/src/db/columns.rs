//! Reads the club's types out of a row. Rows hold integers, text and bytes only; whatever does not
//! fit the model is [`Error::Corrupt`] and names table and column.
//!
//! A row does not know its table, so a column that may break the model is asked for with it:
//! `users.rank`; also where the statement calls it otherwise: `items.kind AS item_kind`.

use economy::{Hash, Timestamp, Tokens};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Error, Result};

/// Between a column and what a statement calls it.
const CALLED: &str = " AS ";

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
    /// Bytes or nothing.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn bytes_opt(&self, column: &str) -> Result<Option<Vec<u8>>>;

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

    /// A SHA-256 or nothing.
    ///
    /// # Errors
    /// See [`Columns::int`].
    fn hash_opt(&self, column: &str) -> Result<Option<Hash>> {
        let bytes = self.bytes_opt(column)?;
        let hash = bytes.map(|bytes| bytes.try_into().map(Hash));
        hash.transpose().map_err(|_| corrupt(column))
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
    let real = column.split(CALLED).next().unwrap_or_default();
    Error::Corrupt(real.to_owned())
}

/// The column as the row names it: as the statement calls it, else without its table.
fn in_row(column: &str) -> &str {
    match column.split_once(CALLED) {
        Some((_, called)) => called,
        None => column.rsplit_once('.').map_or(column, |(_, name)| name),
    }
}

impl Columns for AnyRow {
    fn int(&self, column: &str) -> Result<i64> {
        Ok(self.try_get(in_row(column))?)
    }
    fn int_opt(&self, column: &str) -> Result<Option<i64>> {
        Ok(self.try_get(in_row(column))?)
    }
    fn text(&self, column: &str) -> Result<String> {
        Ok(self.try_get(in_row(column))?)
    }
    fn text_opt(&self, column: &str) -> Result<Option<String>> {
        Ok(self.try_get(in_row(column))?)
    }
    fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        Ok(self.try_get(in_row(column))?)
    }
    fn bytes_opt(&self, column: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.try_get(in_row(column))?)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use sqlx::{AnyConnection, Connection};

    use super::*;
    use crate::db::plans::migrated;

    /// What may break the model.
    const FALLIBLE: [&str; 6] = [
        ".tokens(\"",
        ".array(\"",
        ".hash(\"",
        ".hash_opt(\"",
        ".json(\"",
        ".parsed(\"",
    ];

    #[tokio::test]
    async fn what_breaks_the_model_names_table_and_column() {
        sqlx::any::install_default_drivers();
        let mut conn = AnyConnection::connect("sqlite::memory:").await.unwrap();
        let row = "SELECT -1 AS balance, 'no' AS rank, '{' AS play, x'00' AS hash, 7 AS seq, 'no' AS item_kind";
        let row = sqlx::query(row).fetch_one(&mut conn).await.unwrap();
        let said = [
            row.tokens("accounts.balance").map(|_| ()),
            row.parsed("users.rank", |_| None::<()>),
            row.json::<i64>("hands.play").map(|_| ()),
            row.hash("transfers.hash").map(|_| ()),
            row.parsed("items.kind AS item_kind", |_| None::<()>),
        ];
        let said = said.map(|it| it.unwrap_err().to_string());
        let columns = [
            "accounts.balance",
            "users.rank",
            "hands.play",
            "transfers.hash",
            "items.kind",
        ];
        assert_eq!(
            said,
            columns.map(|it| format!("a row breaks the model: {it}"))
        );
        assert_eq!(row.int("accounts.seq").unwrap(), row.int("seq").unwrap());
    }

    #[tokio::test]
    async fn every_column_that_may_break_the_model_is_asked_for_as_its_table_has_it() {
        let columns = columns(&mut migrated().await).await;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut strangers = Vec::new();
        for file in files(&root) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            let code: String = code.split_whitespace().collect();
            for asked in FALLIBLE.iter().flat_map(|call| code.split(call).skip(1)) {
                let asked = asked.split('"').next().unwrap();
                // Of what is written without blanks.
                let column = asked.split(CALLED.trim()).next().unwrap();
                if !columns.contains(column) {
                    strangers.push((file.clone(), column.to_owned()));
                }
            }
        }
        assert!(strangers.is_empty(), "{strangers:#?}");
    }

    /// The columns of the club, each with its table.
    async fn columns(conn: &mut AnyConnection) -> BTreeSet<String> {
        let sql = "SELECT m.name || '.' || c.name AS place FROM sqlite_master m, pragma_table_info(m.name) c";
        let rows = sqlx::query(sql).fetch_all(conn).await.unwrap();
        let places = rows.iter().map(|row| row.text("place").unwrap());
        places.collect()
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let found = paths.map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        });
        found.flatten().collect()
    }
}
