//! The few places where the engines differ.

use std::net::IpAddr;
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::any::AnyConnectOptions;

use super::files;
use crate::error::Trouble;
use crate::{Error, Result};

/// Which engine holds the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// A file beside the binary.
    Sqlite,
    /// A server.
    Postgres,
}

impl Dialect {
    /// What the one writer of a SQLite file needs. WAL is a property of the file; FULL makes a
    /// commit durable; recursive triggers make REPLACE run the append-only triggers; what a savepoint
    /// keeps for undoing is larger than SQLite holds in memory by itself, and would go to a file. 64 MiB
    /// of pages are kept, so that hands read none again; the log is folded into the file every 16 MiB:
    /// more seldom is a little quicker, and makes those wait longer who meet it.
    pub(super) const SQLITE_WRITER_SETUP: &[&str] = &[
        "PRAGMA busy_timeout = 5000",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -65536",
        "PRAGMA wal_autocheckpoint = 4000",
    ];

    /// The engine that an address names.
    ///
    /// # Errors
    /// When it is neither `sqlite:` nor `postgres:`.
    pub fn of(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            Err(Error::Internal(
                "DATABASE_URL must begin with sqlite: or postgres:".to_owned(),
            ))
        }
    }

    /// The engine that a connection is to.
    pub(crate) fn of_connection(conn: &AnyConnection) -> Self {
        match conn.backend_name() {
            "SQLite" => Self::Sqlite,
            _ => Self::Postgres,
        }
    }

    /// The name in `/health`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// The connect options; a SQLite file is created when missing, with its folder.
    pub(super) fn options(self, url: &str) -> Result<AnyConnectOptions> {
        let url = match self {
            Self::Sqlite => sqlite_url(url)?,
            Self::Postgres => url.to_owned(),
        };
        let options = url.parse();
        let mut options: AnyConnectOptions =
            options.map_err(|error| Error::Internal(format!("DATABASE_URL: {error}")))?;
        if self == Self::Postgres && is_on_this_machine(&options) && !says_how(&options) {
            let mut query = options.database_url.query_pairs_mut();
            query.append_pair(SSL_MODE, "disable");
        }
        Ok(options)
    }

    /// Begins a transaction in which every read sees the same rows.
    pub(crate) const fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// What each pooled connection runs first. On SQLite the pool only reads.
    pub(super) fn session_setup(self, lock_wait: Duration) -> Vec<String> {
        match self {
            Self::Sqlite => vec![
                "PRAGMA busy_timeout = 5000".to_owned(),
                "PRAGMA query_only = ON".to_owned(),
            ],
            Self::Postgres => vec![
                format!("SET lock_timeout = {}", lock_wait.as_millis()),
                "SET statement_timeout = '9s'".to_owned(),
                "SET idle_in_transaction_session_timeout = '30s'".to_owned(),
            ],
        }
    }
}

/// How a server is spoken to: what a parameter of its address says.
const SSL_MODE: &str = "sslmode";

/// Whether an address says itself how its server is spoken to.
fn says_how(options: &AnyConnectOptions) -> bool {
    let mut pairs = options.database_url.query_pairs();
    pairs.any(|(name, _)| matches!(&*name, SSL_MODE | "ssl-mode"))
}

/// Whether what is said to a server leaves this machine. Where it does not, nobody listens, and TLS would
/// cost time for nothing; without a word about it sqlx asks for TLS.
fn is_on_this_machine(options: &AnyConnectOptions) -> bool {
    let host = options.database_url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

fn sqlite_url(url: &str) -> Result<String> {
    let url = if url.contains('?') {
        url.to_owned()
    } else {
        format!("{url}?mode=rwc")
    };
    files::make(&url)?;
    Ok(url)
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(trouble(&error), error)
    }
}

/// What an error of the engine means.
#[must_use]
pub fn trouble(error: &sqlx::Error) -> Trouble {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut};
    if matches!(error, PoolTimedOut | PoolClosed | Io(_)) {
        return Trouble::Away;
    }
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    let code = code.as_deref().unwrap_or_default();
    // SQLITE_READONLY stands in the lowest byte, under what it is about; a SQLSTATE has five letters.
    let is_read_only = |number: u32| number < 10_000 && number & 0xff == 8;
    match code {
        // PostgreSQL: serialization_failure, deadlock_detected.
        "40001" | "40P01" => Trouble::Collision,
        // PostgreSQL: lock_not_available.
        "55P03" => Trouble::Locked,
        // SQLite: BUSY with its extended forms. PostgreSQL: shutting down, too many clients, class 08.
        "5" | "261" | "517" | "57014" | "57P01" | "57P03" | "53300" => Trouble::Away,
        // PostgreSQL: read_only_sql_transaction.
        "25006" => Trouble::ReadOnly,
        sqlite if sqlite.parse().is_ok_and(is_read_only) => Trouble::ReadOnly,
        class_08 if class_08.starts_with("08") => Trouble::Away,
        _ => Trouble::Other,
    }
}

/// The name of the constraint that an error violates, if it violates one.
///
/// PostgreSQL names it; SQLite names CHECK constraints, and for a UNIQUE one the columns, as
/// `table.column, table.column`, which is given as `table_column_column_key`.
#[must_use]
pub fn constraint(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    if let Some(name) = error.constraint() {
        return Some(name.to_owned());
    }
    let message = error.message();
    if let Some((_, name)) = message.split_once("CHECK constraint failed: ") {
        return Some(name.trim().to_owned());
    }
    let (_, columns) = message.split_once("UNIQUE constraint failed: ")?;
    let mut parts = columns
        .split(", ")
        .filter_map(|column| column.trim().split_once('.'));
    let (table, first) = parts.next()?;
    let rest: String = parts.map(|(_, column)| format!("_{column}")).collect();
    Some(format!("{table}_{first}{rest}_key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(address: &str) -> String {
        let options = Dialect::Postgres.options(address).unwrap();
        let query = options.database_url.query().unwrap_or_default();
        query.to_owned()
    }

    #[test]
    fn a_server_on_this_machine_is_spoken_to_without_tls_unless_somebody_says_otherwise() {
        for here in [
            "127.0.0.1:5432",
            "127.0.0.9",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(
                asks(&format!("postgres://me@{here}/club")),
                "sslmode=disable"
            );
            let told = format!("postgres://me@{here}/club?sslmode=require");
            assert_eq!(asks(&told), "sslmode=require");
            let told = format!("postgres://me@{here}/club?ssl-mode=prefer");
            assert_eq!(asks(&told), "ssl-mode=prefer");
        }
        for elsewhere in ["db", "192.0.2.7", "[2001:db8::1]", "localhost.example"] {
            assert_eq!(asks(&format!("postgres://me@{elsewhere}/club")), "");
        }
    }
}
