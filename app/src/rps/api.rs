//! Throwing.

use games::rps::Shape;
use leptos::prelude::*;
use wire::rps::ThrowResult;

use crate::{error::PageError, protocol::Post};

/// Throws once per key; the same key answers the same throw.
#[server(protocol = Post)]
pub async fn throw(choice: Shape, bet_amount: i64, key: String) -> Result<ThrowResult, PageError> {
    use crate::ssr;
    use wire::rps::ThrowRequest;
    let (backend, member) = ssr::member().await?;
    let (key, device) = (ssr::key(&key)?, ssr::device().await?);
    let request = ThrowRequest {
        choice: choice.as_str().to_owned(),
        bet_amount,
    };
    backend
        .rps
        .play(&member.claimed(), request, Some(key), &device)
        .await
        .map_err(ssr::fail)
}
