//! Leaderboards.

use leptos::prelude::*;
use wire::stats::Leaderboard;

use super::choice::Choice;
use crate::{error::PageError, protocol::Post};

/// The places of one page.
#[cfg(feature = "ssr")]
const PLACES: i64 = 20;

/// The best of a leaderboard, and who is near the member.
#[server(protocol = Post)]
pub async fn load_leaderboard(choice: Choice) -> Result<Leaderboard, PageError> {
    use crate::ssr;
    use wire::stats::LeaderboardRequest;
    let (backend, member) = ssr::reader().await?;
    let request = LeaderboardRequest {
        game_type: choice.game.map(|game| game.as_str().to_owned()),
        period: Some(choice.period),
        metric: Some(choice.metric),
        limit: Some(PLACES),
    };
    let board = backend.play.leaderboard(member.user_id, &request).await;
    board.map_err(ssr::fail)
}
