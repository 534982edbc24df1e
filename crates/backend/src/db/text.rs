//! The texts of statements. Each is written once, because one over many rows is long.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::Dialect;
use super::rows::Rows;

/// How many texts are kept; there are about a dozen shapes, each for a few counts of rows.
const KEPT_MAX: usize = 1_000;

/// A statement as it stands in the code: its parameters are `$1` and on, and `{rows}` is where its
/// rows are written, if it has some.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Statement {
    pub(super) sql: &'static str,
    pub(super) rows: Option<Rows>,
}

type Texts = HashMap<(Dialect, Vec<Statement>), Arc<str>>;

/// The text of these statements as one.
pub(super) fn of(dialect: Dialect, statements: Vec<Statement>) -> Arc<str> {
    static TEXTS: LazyLock<RwLock<Texts>> = LazyLock::new(RwLock::default);
    let key = (dialect, statements);
    let texts = TEXTS.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = texts.get(&key) {
        return text.clone();
    }
    drop(texts);
    let text: Arc<str> = written(dialect, &key.1).into();
    let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
    if texts.len() < KEPT_MAX {
        texts.insert(key, text.clone());
    }
    text
}

fn written(dialect: Dialect, statements: &[Statement]) -> String {
    let mut before = 0;
    let texts = statements.iter().map(|statement| {
        let text = match &statement.rows {
            Some(rows) => statement.sql.replace("{rows}", &rows.table()),
            None => statement.sql.to_owned(),
        };
        let (text, last) = shifted(&text, before);
        before = last;
        text
    });
    let text = joined(dialect, texts.collect());
    // SQLite looks for the name of each parameter through all of them; `?` has none.
    if dialect == Dialect::Sqlite && is_in_order(&text) {
        return unnumbered(&text);
    }
    text
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

/// What stands between the parameters, and their numbers: each is followed by its text.
fn parameters(sql: &str) -> (&str, impl Iterator<Item = (usize, &str)>) {
    let mut parts = sql.split('$');
    let first = parts.next().unwrap_or_default();
    let numbered = parts.map(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        (number.parse().unwrap_or_default(), rest)
    });
    (first, numbered)
}

/// The statement with its parameters counted from after `before`, and the number of its last one.
fn shifted(sql: &str, before: usize) -> (String, usize) {
    let (first, numbered) = parameters(sql);
    let (mut shifted, mut last) = (first.to_owned(), before);
    for (number, rest) in numbered {
        last = last.max(number + before);
        shifted.push_str(&format!("${}{rest}", number + before));
    }
    (shifted, last)
}

/// Whether each parameter stands once, in the order of their numbers.
fn is_in_order(sql: &str) -> bool {
    let numbers = parameters(sql).1.map(|(number, _)| number);
    numbers.zip(1..).all(|(number, place)| number == place)
}

fn unnumbered(sql: &str) -> String {
    let (first, numbered) = parameters(sql);
    let rest: Vec<&str> = numbered.map(|(_, rest)| rest).collect();
    [&[first], &rest[..]].concat().join("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(sql: &'static str) -> Statement {
        Statement { sql, rows: None }
    }

    #[test]
    fn parameters_count_through() {
        let of = |sql| shifted(sql, 9);
        assert_eq!(of("$1 + $2 FROM t"), ("$10 + $11 FROM t".to_owned(), 11));
        assert_eq!(of("SELECT $1, $12, $1").1, 21);
        assert_eq!(of("DELETE FROM t"), ("DELETE FROM t".to_owned(), 9));
    }

    #[test]
    fn each_engine_gets_one_text() {
        let statements = [plain("A $1"), plain("B"), plain("C $1 $1")];
        let text = |dialect| of(dialect, statements.to_vec());
        assert_eq!(&*text(Dialect::Sqlite), "A $1; B; C $2 $2");
        let carried = "WITH step0 AS (A $1), step1 AS (B) C $2 $2";
        assert_eq!(&*text(Dialect::Postgres), carried);
        let again = text(Dialect::Postgres);
        assert!(Arc::ptr_eq(&text(Dialect::Postgres), &again), "kept");
    }

    #[test]
    fn parameters_in_order_have_no_number_on_sqlite() {
        let statements = [plain("A $1, $2 B"), plain("C $1")];
        let text = |dialect| of(dialect, statements.to_vec());
        assert_eq!(&*text(Dialect::Sqlite), "A ?, ? B; C ?");
        let carried = "WITH step0 AS (A $1, $2 B) C $3";
        assert_eq!(&*text(Dialect::Postgres), carried);
    }
}
