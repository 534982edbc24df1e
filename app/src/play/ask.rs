//! Asking for a hand: one key a gesture, the same key until an answer comes.

use std::future::Future;

use super::Table;
use crate::{browser, error::PageError, session::call_as_member};

/// How long to wait before each further try, in milliseconds.
const RETRY_MS: [i32; 5] = [400, 800, 1_600, 3_000, 5_000];

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
        let key = browser::fresh_key();
        let mut answer = call_as_member(|| request(key.clone())).await;
        for pause in RETRY_MS {
            let Err(error) = &answer else { break };
            if !error.is_passing() {
                break;
            }
            self.toasts.warn(offline.to_owned());
            browser::sleep(pause).await;
            answer = call_as_member(|| request(key.clone())).await;
        }
        answer
    }
}
