//! The record of play.

use leptos::prelude::*;
use wire::{Page, play::HandSummary};

use crate::error::PageError;

/// The member's hands, newest first.
#[server]
pub async fn list_hands(
    limit: i64,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<HandSummary>, PageError> {
    use crate::ssr;
    use wire::play::HistoryRequest;
    let (backend, member) = ssr::member().await?;
    let request = HistoryRequest {
        limit: Some(limit),
        cursor,
        ..HistoryRequest::default()
    };
    backend
        .play
        .history(member.user_id, request)
        .await
        .map_err(ssr::fail)
}
