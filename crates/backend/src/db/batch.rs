//! Writes that nothing reads back, sent together.
//!
//! A transaction waits for each statement's answer, and on SQLite everybody waits with it. What is
//! only written is therefore collected, and goes to the engine in one piece with the last statement
//! whose rows are wanted.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::error::BoxDynError;
use sqlx::{Any, AnyConnection, Arguments, AssertSqlSafe, Encode, Type};

use super::Dialect;
use crate::Result;

/// Statements with their arguments. No two of one batch may write the same row, because PostgreSQL
/// runs them side by side.
#[derive(Default)]
pub(crate) struct Batch {
    statements: Vec<String>,
    arguments: AnyArguments,
    refused: Option<BoxDynError>,
}

impl Batch {
    /// Adds a statement; `$1` in it is the first argument that is bound to it.
    pub(crate) fn push(&mut self, sql: &str) -> Bindings<'_> {
        self.statements
            .push(shifted(sql, Arguments::len(&self.arguments)));
        Bindings(self)
    }

    /// Binds the next argument of the newest statement.
    pub(super) fn bind<'q, T: Encode<'q, Any> + Type<Any>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.refused.get_or_insert(error);
        }
    }

    /// Runs them all; gives the rows of the last one.
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
        let sql = joined(Dialect::of_connection(conn), self.statements);
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

/// One statement of all. SQLite takes them one after another; PostgreSQL prepares only one at a time,
/// but that one may carry others.
fn joined(dialect: Dialect, mut statements: Vec<String>) -> String {
    let last = statements.pop().unwrap_or_default();
    if statements.is_empty() {
        return last;
    }
    match dialect {
        Dialect::Sqlite => format!("{}; {last}", statements.join("; ")),
        Dialect::Postgres => {
            let carried = statements.iter().enumerate();
            let carried: Vec<String> = carried
                .map(|(place, sql)| format!("step{place} AS ({sql})"))
                .collect();
            format!("WITH {} {last}", carried.join(", "))
        }
    }
}

/// The statement with its parameters counted from after `offset`.
fn shifted(sql: &str, offset: usize) -> String {
    let mut parts = sql.split('$');
    let mut shifted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number: usize = number.parse().unwrap_or_default();
        shifted.push_str(&format!("${}{rest}", number + offset));
    }
    shifted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_through() {
        assert_eq!(shifted("SELECT $1, $12, $1", 0), "SELECT $1, $12, $1");
        assert_eq!(shifted("$1 + $2 FROM t", 9), "$10 + $11 FROM t");
        assert_eq!(shifted("DELETE FROM t", 3), "DELETE FROM t");
    }

    #[test]
    fn each_engine_gets_one_text() {
        let statements = || vec!["A".to_owned(), "B".to_owned(), "C".to_owned()];
        assert_eq!(joined(Dialect::Sqlite, statements()), "A; B; C");
        let carried = "WITH step0 AS (A), step1 AS (B) C";
        assert_eq!(joined(Dialect::Postgres, statements()), carried);
        assert_eq!(joined(Dialect::Postgres, vec!["A".to_owned()]), "A");
    }
}
