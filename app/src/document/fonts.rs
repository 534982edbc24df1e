//! Made by `style/glyphs.mjs`: the fonts that a page needs at once.

/// What every page says.
pub(super) const CLUB: &str = "/fonts/Club.woff2?v=c198a877";
/// What a Korean page says besides.
pub(super) const HANGUL: &str = "/fonts/ClubHangul.woff2?v=590e9f82";
/// The style sheet of all other glyphs, for what members write.
pub(crate) const WRITTEN: &str = "/fonts/written.css?v=e18a946e";
