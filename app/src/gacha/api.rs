//! Pulling, and where a member stands with the machine.

use leptos::prelude::*;
use wire::{
    Page,
    gacha::{self, PastRound, PullResult},
};

use crate::{error::PageError, protocol::Post};

/// Pulls once per key; the same key answers the same round.
#[server(protocol = Post)]
pub async fn pull(pull_count: i64, key: String) -> Result<PullResult, PageError> {
    use crate::ssr;
    use wire::gacha::{PullRequest, STANDARD};
    let (backend, member) = ssr::member().await?;
    let (key, device) = (ssr::key(&key)?, ssr::device().await?);
    let request = PullRequest {
        pull_count,
        gacha_id: STANDARD.to_owned(),
        use_premium_currency: false,
    };
    backend
        .gacha
        .pull(member.user_id, request, Some(key), &device)
        .await
        .map_err(ssr::fail)
}

/// Where the member stands: pity and collection.
#[server(protocol = Post)]
pub async fn gacha_stats() -> Result<gacha::GachaStats, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    backend.gacha.stats(member.user_id).await.map_err(ssr::fail)
}

/// The member's rounds, newest first.
#[server(protocol = Post)]
pub async fn gacha_history(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<PastRound>, PageError> {
    use crate::ssr;
    use wire::gacha::PastRoundsRequest;
    let (backend, member) = ssr::reader().await?;
    let request = PastRoundsRequest {
        limit: Some(limit),
        cursor,
    };
    backend
        .gacha
        .history(member.user_id, request)
        .await
        .map_err(ssr::fail)
}
