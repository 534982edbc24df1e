//! Why the process ends badly: one line for whoever started it, and an exit code of its own.

use std::net::SocketAddr;
use std::process::ExitCode;

use backend::db::dialect::trouble;
use backend::error::Trouble;

/// Why the process ends badly.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Settings are wrong; all of them are named.
    #[error("the settings are wrong:{}", .0.iter().map(|mistake| format!("\n  {mistake}")).collect::<String>())]
    Settings(Vec<String>),
    /// The database cannot be opened or reached.
    #[error("the database cannot be opened: {0}")]
    Database(String),
    /// The database refuses writes.
    #[error("the database is read-only: {0}; let this user write to the file and its folder")]
    ReadOnly(String),
    /// A newer build has migrated the database.
    #[error(
        "the database is newer than this build: it has migration {0}, which this build does not know"
    )]
    Newer(i64),
    /// Somebody else listens there.
    #[error("{0} is in use; stop what listens there or set LEPTOS_SITE_ADDR to another address")]
    AddressInUse(SocketAddr),
    /// A check found a fault, or the server is not healthy.
    #[error("{0}")]
    Check(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// What the process ends with.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Check(_) | Self::Other(_) => 1,
            Self::Settings(_) => 2,
            Self::Database(_) => 3,
            Self::ReadOnly(_) => 4,
            Self::Newer(_) => 5,
            Self::AddressInUse(_) => 6,
        }
    }

    /// What went wrong when the backend was opened.
    #[must_use]
    pub fn opening(error: backend::Error) -> Self {
        match error {
            backend::Error::Migration(sqlx::migrate::MigrateError::VersionMissing(version)) => {
                Self::Newer(version)
            }
            backend::Error::Migration(sqlx::migrate::MigrateError::Execute(error)) => {
                Self::of_database(trouble(&error), &error)
            }
            backend::Error::Database(trouble, error) => Self::of_database(trouble, &error),
            other => Self::Database(other.to_string()),
        }
    }

    fn of_database(trouble: Trouble, error: &sqlx::Error) -> Self {
        match trouble {
            Trouble::ReadOnly => Self::ReadOnly(error.to_string()),
            _ => Self::Database(error.to_string()),
        }
    }
}

impl From<Failure> for ExitCode {
    fn from(failure: Failure) -> Self {
        Self::from(failure.code())
    }
}

impl From<backend::Error> for Failure {
    fn from(error: backend::Error) -> Self {
        Self::Other(error.to_string())
    }
}
