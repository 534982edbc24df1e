//! Asking for a hand: one key a gesture, the same key until an answer comes.

use std::future::Future;

use super::Table;
use crate::{browser, error::PageError, session::send};

impl Table {
    /// Asks for a hand with a fresh key; while it is not known whether it was heard, says `offline`
    /// and asks again with the same key.
    ///
    /// # Errors
    /// What the last try gave.
    pub(crate) async fn ask<T, F>(
        self,
        offline: &str,
        request: impl Fn(String) -> F,
    ) -> Result<T, PageError>
    where
        F: Future<Output = Result<T, PageError>>,
    {
        send(&browser::fresh_key(), self.toasts, offline, request).await
    }
}
