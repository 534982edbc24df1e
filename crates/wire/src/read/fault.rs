//! What is wrong with a request, and where.

use std::fmt::Display;

use serde::de::{self, Expected, Unexpected};

use crate::AppError;

const REQUIRED: &str = "required";
const TYPE: &str = "type";
const CHARACTERS: &str = "characters";
/// The most characters of a path or a message: what was sent is not sent back whole.
const CHARS_MAX: usize = 500;

/// Why something cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {message}")]
pub(super) struct Fault {
    /// From the top, as `prices[0].amount`. It grows on the way out, so that nothing is kept while
    /// all goes well.
    path: String,
    code: &'static str,
    message: String,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            code,
            message: message.into(),
        }
    }

    /// Something of a type that is not meant here.
    pub(super) fn of_type(message: impl Into<String>) -> Self {
        Self::new(TYPE, message)
    }

    /// Characters that a text may not hold.
    pub(super) fn of_characters(message: impl Into<String>) -> Self {
        Self::new(CHARACTERS, message)
    }

    /// PostgreSQL cannot store U+0000, and no field has a use for it.
    pub(super) fn nul() -> Self {
        Self::of_characters("the character U+0000 is not allowed")
    }

    /// Readers differ in which of two they take.
    pub(super) fn twice() -> Self {
        Self::of_type("the field is there twice")
    }

    /// The same, seen from what holds it: a name, or a place as `[0]`.
    #[must_use]
    pub(super) fn under(mut self, step: &str) -> Self {
        let joint = match self.path.as_bytes().first() {
            None | Some(b'[') => "",
            Some(_) => ".",
        };
        self.path = format!("{step}{joint}{}", self.path);
        self
    }

    /// Whether a field is not there at all.
    pub(super) fn is_missing(&self) -> bool {
        self.code == REQUIRED
    }

    /// What the caller is told.
    pub(super) fn told(self) -> AppError {
        let path = match self.path.as_str() {
            "" => ".",
            path => path,
        };
        AppError::field(&clipped(path), self.code, &clipped(&self.message))
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(CHARS_MAX).collect()
}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::of_type(message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match unexpected {
            Unexpected::Unit => Self::of_type(format!("invalid type: null, expected {expected}")),
            other => Self::of_type(format!("invalid type: {other}, expected {expected}")),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(REQUIRED, "the field is missing").under(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::twice().under(field)
    }
}
