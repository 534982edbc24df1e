//! One key a gesture: the same key until an answer comes.

use std::future::Future;

use crate::{browser, error::PageError, session::call_as_member, ui::Toasts};

/// How long to wait before each further try, in milliseconds.
const RETRY_MS: [i32; 5] = [400, 800, 1_600, 3_000, 5_000];

/// Sends what a gesture asks for with its key; while it is not known whether it was heard, says
/// `offline` and sends it again with the same key.
///
/// # Errors
/// What the last try gave.
pub(crate) async fn send<T, F>(
    key: &str,
    toasts: Toasts,
    offline: &str,
    request: impl Fn(String) -> F,
) -> Result<T, PageError>
where
    F: Future<Output = Result<T, PageError>>,
{
    let mut answer = call_as_member(|| request(key.to_owned())).await;
    for pause in RETRY_MS {
        let Err(error) = &answer else { break };
        if !error.is_passing() {
            break;
        }
        toasts.warn(offline.to_owned());
        browser::sleep(pause).await;
        answer = call_as_member(|| request(key.to_owned())).await;
    }
    answer
}
