//! Why a service refuses or fails.

use wire::{AppError, Code};

/// The result of a service call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a service refuses or fails. A refusal moved nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule, a limit or a state says no; shown to the caller.
    #[error(transparent)]
    Refused(#[from] AppError),
    /// The database failed; what that means for whoever asked, and why.
    #[error("database: {1}")]
    Database(Trouble, #[source] sqlx::Error),
    /// The migrations failed.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row breaks the model; names table and column.
    #[error("a row breaks the model: {0}")]
    Corrupt(String),
    /// Something that is needed cannot be reached.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Anything else that is not the caller's doing.
    #[error("internal: {0}")]
    Internal(String),
}

/// What a failure of the database means for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Another transaction got in the way, so that trying again is right.
    Collision,
    /// A row stayed locked for longer than a write may wait.
    Locked,
    /// The engine did not answer in time, or not at all.
    Away,
    /// Nothing can be written.
    ReadOnly,
    /// Anything else.
    Other,
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(AppError::new(code))
    }
}

impl Error {
    /// Somebody else's write is under way, or was, for as long as this one could wait.
    pub(crate) fn in_progress() -> Self {
        Self::Refused(AppError::new(Code::InProgress).retry_after(1))
    }

    /// What the caller is told; the cause stays inside.
    #[must_use]
    pub fn public(&self) -> AppError {
        match self {
            Self::Refused(error) => error.clone(),
            Self::Unavailable(_) => AppError::new(Code::Unavailable).retry_after(1),
            Self::Database(Trouble::Locked, _) => AppError::new(Code::InProgress).retry_after(1),
            Self::Database(Trouble::Away, _) => AppError::new(Code::Unavailable).retry_after(1),
            Self::Database(..) | Self::Migration(_) | Self::Corrupt(_) | Self::Internal(_) => {
                AppError::new(Code::Internal)
            }
        }
    }

    /// The code that the caller is told.
    #[must_use]
    pub fn code(&self) -> Code {
        self.public().code
    }
}
