//! Which round this browser was watching, so that a page that was closed can say how it ended.

use wire::GameId;

use crate::browser;

/// Where it is kept.
const WATCHED: &str = "casino-crash";

/// Remembers the round that runs.
pub(super) fn keep(game: &GameId) {
    browser::remember(WATCHED, game.as_str());
}

/// The round was seen to its end.
pub(super) fn forget() {
    browser::remember(WATCHED, "");
}

/// The round that was not.
pub(super) fn watched() -> Option<GameId> {
    browser::remembered(WATCHED)
        .filter(|game| !game.is_empty())
        .map(GameId)
}
