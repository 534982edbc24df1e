//! Writes that nothing reads back, sent together.
//!
//! A transaction waits for each statement's answer, and on SQLite everybody waits with it. What is
//! only written is therefore collected, and goes to the engine in one piece with the last statement
//! whose rows are wanted.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::error::BoxDynError;
use sqlx::{Any, AnyConnection, Arguments, AssertSqlSafe, Encode, Type};

use super::Dialect;
use super::text::{self, Statement};
use crate::Result;

/// Statements with their arguments. No two of one batch may write the same row, because PostgreSQL
/// runs them side by side.
#[derive(Default)]
pub(crate) struct Batch {
    pub(super) statements: Vec<Statement>,
    arguments: AnyArguments,
    refused: Option<BoxDynError>,
}

impl Batch {
    /// The first of a transaction on a [`Dedicated`](super::dedicated::Dedicated) connection: on SQLite
    /// it begins it.
    pub(crate) fn first(conn: &AnyConnection) -> Self {
        let mut first = Self::default();
        if Dialect::of_connection(conn) == Dialect::Sqlite {
            first.push("BEGIN IMMEDIATE");
        }
        first
    }

    /// Adds a statement; `$1` in it is the first argument that is bound to it.
    pub(crate) fn push(&mut self, sql: &'static str) -> Bindings<'_> {
        self.statements.push(Statement { sql, rows: None });
        Bindings(self)
    }

    /// Binds the next argument of the newest statement.
    pub(super) fn bind<'q, T: Encode<'q, Any> + Type<Any>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.refused.get_or_insert(error);
        }
    }

    /// Runs them all and commits, on SQLite.
    ///
    /// # Errors
    /// When one fails, or the commit; which of them is not known.
    pub(super) async fn commit(mut self, conn: &mut AnyConnection) -> Result<()> {
        self.push("COMMIT");
        self.run(conn).await?;
        Ok(())
    }

    /// Runs them all; gives the rows of the last one, the only one that may have some.
    ///
    /// # Errors
    /// When one fails; then none of them was run, or the transaction cannot go on.
    pub(crate) async fn run(self, conn: &mut AnyConnection) -> Result<Vec<AnyRow>> {
        if let Some(error) = self.refused {
            return Err(sqlx::Error::Encode(error).into());
        }
        if self.statements.is_empty() {
            return Ok(Vec::new());
        }
        let sql = text::of(Dialect::of_connection(conn), self.statements);
        let query = sqlx::query_with(AssertSqlSafe(sql), self.arguments);
        Ok(query.fetch_all(conn).await?)
    }
}

/// Where the arguments of the newest statement go.
pub(crate) struct Bindings<'a>(&'a mut Batch);

impl Bindings<'_> {
    pub(crate) fn bind<'q, T: Encode<'q, Any> + Type<Any>>(self, value: T) -> Self {
        self.0.bind(value);
        self
    }
}
