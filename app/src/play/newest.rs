//! The newest hands of a game: those of this page, and those that were there before.

use games::Game;
use leptos::prelude::*;
use wire::play::HandSummary;

use crate::{
    error::PageError,
    hands::list_hands,
    session::{call, is_visitor},
};

/// How many hands are looked back at.
pub(crate) const RECENT: usize = 10;

/// The hands that a member had played before this page was opened.
pub(crate) type Earlier = Resource<Result<Vec<HandSummary>, PageError>>;

/// Loads the newest hands of a game; a visitor has none, and is not asked to sign in for that.
pub(crate) fn earlier_hands(game: Game) -> Earlier {
    Resource::new_blocking(
        || (),
        move |()| async move {
            if is_visitor().await {
                return Ok(Vec::new());
            }
            let limit = i64::try_from(RECENT).unwrap_or_default();
            call(move || list_hands(limit, None, Some(game)))
                .await
                .map(|page| page.items)
        },
    )
}

/// The newest hands, newest first, each once.
pub(crate) fn newest(
    played: &[HandSummary],
    earlier: &[HandSummary],
    count: usize,
) -> Vec<HandSummary> {
    let fresh = |hand: &&HandSummary| played.iter().all(|other| other.hand_id != hand.hand_id);
    played
        .iter()
        .chain(earlier.iter().filter(fresh))
        .take(count)
        .cloned()
        .collect()
}
