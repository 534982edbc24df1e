//! What is sent and shown to nobody.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password or a code on its way: a text like any other when it is sent, and nothing when it is debugged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl Secret {
    /// What it says, for whoever has to know.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
