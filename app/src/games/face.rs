//! How each game shows itself: a new game is one more entry here.

use games::{Game, crash, rps, slot};

use crate::i18n::{Locale, td_string};

/// What a game is called, where it is, and what it gives back.
#[derive(Clone, Copy)]
pub(crate) struct Face {
    pub(crate) game: Game,
    pub(crate) path: &'static str,
    /// Its picture, in `public/art`.
    pub(super) cover: &'static str,
    /// Its small drawing; see [`crate::ui::Art`].
    pub(crate) sign: &'static str,
    pub(crate) name: fn(Locale) -> &'static str,
    pub(super) text: fn(Locale) -> &'static str,
    /// The exact return to player, above and below the line.
    pub(super) returns: fn() -> Option<(u64, u64)>,
}

/// The games in the order of the lobby.
#[rustfmt::skip]
pub(super) const FACES: [Face; 4] = [
    Face { game: Game::Slot, path: "/games/slot", cover: "/art/cover-slot.svg", sign: "seven", name: |to| td_string!(to, slot.name), text: |to| td_string!(to, games.slot), returns: slot_return },
    Face { game: Game::Rps, path: "/games/rps", cover: "/art/cover-rps.svg", sign: "scissors", name: |to| td_string!(to, rps.name), text: |to| td_string!(to, games.rps), returns: || Some((rps::RETURN_NUMERATOR, rps::RETURN_DENOMINATOR)) },
    Face { game: Game::Gacha, path: "/games/gacha", cover: "/art/gacha-cover.svg", sign: "scatter", name: |to| td_string!(to, gacha.name), text: |to| td_string!(to, gacha.card), returns: || None },
    Face { game: Game::Crash, path: "/games/crash", cover: "/art/cover-crash.svg", sign: "curve", name: |to| td_string!(to, crash.name), text: |to| td_string!(to, crash.card), returns: || Some((crash::RETURN_PERCENT, 100)) },
];

/// The face of a game, once it has one.
pub(crate) fn face(game: Game) -> Option<&'static Face> {
    FACES.iter().find(|face| face.game == game)
}

/// A game's name.
pub(crate) fn name(locale: Locale, game: Game) -> &'static str {
    face(game).map_or("", |face| (face.name)(locale))
}

/// The slot's return at the five lines that it opens with.
fn slot_return() -> Option<(u64, u64)> {
    let exact = slot::exact_return(slot::Lines::new(i64::from(slot::LINES_MAX)).ok()?);
    Some((exact.numerator, exact.denominator))
}
