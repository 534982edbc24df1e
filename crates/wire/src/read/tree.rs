//! What was sent, before anything is made of it.

use serde::de::Unexpected;

use super::number::Number;

/// A value of any shape.
#[derive(Debug)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A field of a form. What it is meant for, whoever reads it says; empty it may be none.
    Field(String),
    /// A parameter of an address: the same, but an empty one is what it is.
    Parameter(String),
    List(Vec<Tree>),
    /// In the order in which they stand; each name once.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// What was typed, as what it is meant for if it can be; anything else as it is.
    pub(super) fn meant(self, read: impl Fn(&str) -> Option<Self>) -> Self {
        match self {
            Self::Field(text) | Self::Parameter(text) => read(&text).unwrap_or(Self::Text(text)),
            other => other,
        }
    }

    /// What it is, for whoever expected something else.
    pub(super) fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Number(number) => number.unexpected(),
            Self::Text(text) | Self::Field(text) | Self::Parameter(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        }
    }
}
