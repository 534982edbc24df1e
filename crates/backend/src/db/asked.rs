//! A question that is put together: it names only what is filtered by, so that the engine finds the
//! index.

use sqlx::any::AnyArguments;
use sqlx::{Any, Arguments, Encode, Type};

use crate::Result;

/// A question that is being written.
pub(crate) struct Asked {
    sql: String,
    arguments: AnyArguments,
}

impl Asked {
    /// One that begins with this SQL.
    pub(crate) fn new(sql: String) -> Self {
        Self {
            sql,
            arguments: AnyArguments::default(),
        }
    }

    /// Adds words of SQL and the argument behind them.
    pub(crate) fn put<'q, T: Encode<'q, Any> + Type<Any>>(
        &mut self,
        sql: &str,
        value: T,
    ) -> Result<()> {
        self.arguments.add(value).map_err(sqlx::Error::Encode)?;
        let number = Arguments::len(&self.arguments);
        self.sql.push_str(&format!("{sql}${number}"));
        Ok(())
    }

    /// Adds words of SQL without an argument.
    pub(crate) fn say(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// Adds a condition, if there is one.
    pub(crate) fn and<'q, T: Encode<'q, Any> + Type<Any>>(
        &mut self,
        sql: &str,
        value: Option<T>,
    ) -> Result<()> {
        match value {
            Some(value) => self.put(&format!(" AND {sql}"), value),
            None => Ok(()),
        }
    }

    /// The question with its arguments.
    pub(crate) fn into_parts(self) -> (String, AnyArguments) {
        (self.sql, self.arguments)
    }
}
