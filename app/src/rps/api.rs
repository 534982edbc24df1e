//! Throwing.

use games::rps::Shape;
use leptos::prelude::*;
use wire::rps::ThrowResult;

use crate::error::PageError;

/// Throws once per key; the same key answers the same throw.
#[server]
pub async fn throw(choice: Shape, bet_amount: i64, key: String) -> Result<ThrowResult, PageError> {
    use crate::ssr;
    use wire::{AppError, rps::ThrowRequest};
    let (backend, member) = ssr::member().await?;
    let key = backend::IdempotencyKey::parse(&key)
        .map_err(|_| ssr::refuse(AppError::field("key", "characters", "not a key")))?;
    let device = ssr::device().await?;
    let request = ThrowRequest {
        choice: choice.as_str().to_owned(),
        bet_amount,
    };
    backend
        .rps
        .play(member.user_id, request, Some(key), &device)
        .await
        .map_err(ssr::fail)
}
