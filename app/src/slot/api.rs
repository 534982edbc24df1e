//! Spinning.

use leptos::prelude::*;
use wire::slot::SpinResult;

use crate::{error::PageError, protocol::Post};

/// Spins once per key; the same key answers the same spin.
#[server(protocol = Post)]
pub async fn spin(bet_amount: i64, lines: i64, key: String) -> Result<SpinResult, PageError> {
    use crate::ssr;
    use wire::slot::SpinRequest;
    let (backend, member) = ssr::member().await?;
    let (key, device) = (ssr::key(&key)?, ssr::device().await?);
    let request = SpinRequest { bet_amount, lines };
    backend
        .slot
        .spin(&member.claimed(), request, Some(key), &device)
        .await
        .map_err(ssr::fail)
}
