//! Asking for a hand: one key a gesture, the same key until an answer comes.
//!
//! Whoever asks may leave: the club settles what it was asked for all the same, so it is asked to the
//! end, and the wallet hears of it. Only what is shown of it ends with the page.

use std::future::Future;

use futures::channel::oneshot;
use wire::Tokens;

use super::Table;
use crate::{browser, error::PageError, gesture, session::Held, task::spawn_detached};

/// The balance after a hand, and the transfer that it stands after.
pub(crate) type Balance = (Tokens, i64);

impl Table {
    /// Asks for a hand with a fresh key; while it is not known whether it was heard, says `offline`
    /// and asks again with the same key.
    ///
    /// # Errors
    /// What the last try gave.
    pub(crate) async fn ask<T, F>(
        self,
        offline: &'static str,
        request: impl Fn(String) -> F + 'static,
        balance: impl Fn(&T) -> Option<Balance> + 'static,
    ) -> Result<T, PageError>
    where
        T: 'static,
        F: Future<Output = Result<T, PageError>> + 'static,
    {
        let (tell, answer) = oneshot::channel();
        spawn_detached(async move {
            let answer = gesture::send(&browser::fresh_key(), self.toasts, offline, request).await;
            let heard = answer.as_ref().ok().and_then(balance);
            if let Some((balance, seq)) = heard {
                self.wallet.hear(balance, seq);
            }
            if let Err(Err(error)) = tell.send(answer) {
                // The page is gone, and nothing else would say that nothing came of it.
                self.say_failure(&error);
            }
        });
        answer.await.unwrap_or(Err(PageError::Offline))
    }

    /// Asks for a hand with this stake, and holds it back from the balance shown until the answer was
    /// shown too: for as long as what comes with it is kept.
    ///
    /// # Errors
    /// What the last try gave.
    pub(crate) async fn play<T, F>(
        self,
        stake: Tokens,
        offline: &'static str,
        request: impl Fn(String) -> F + 'static,
        balance: impl Fn(&T) -> Option<Balance> + 'static,
    ) -> Result<(T, Held), PageError>
    where
        T: 'static,
        F: Future<Output = Result<T, PageError>> + 'static,
    {
        let held = self.wallet.hold(stake);
        let answer = self.ask(offline, request, balance).await?;
        Ok((answer, held))
    }
}
