//! The record of play.

use games::Game;
use leptos::prelude::*;
use wire::{Page, play::HandSummary};

use crate::{error::PageError, protocol::Post};

/// The member's hands, newest first; of one game, or of all.
#[server(protocol = Post)]
pub async fn list_hands(
    limit: i64,
    #[server(default)] cursor: Option<String>,
    #[server(default)] game: Option<Game>,
) -> Result<Page<HandSummary>, PageError> {
    use crate::ssr;
    use wire::play::HistoryRequest;
    let (backend, member) = ssr::reader().await?;
    let request = HistoryRequest {
        game_type: game.map(|game| game.as_str().to_owned()),
        limit: Some(limit),
        cursor,
        since: None,
        until: None,
    };
    backend
        .play
        .history(member.user_id, request)
        .await
        .map_err(ssr::fail)
}
