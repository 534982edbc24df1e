//! Made by `style/glyphs.mjs`: the fonts that a page needs at once.

/// What every page says.
pub(crate) const CLUB: &str = "/fonts/Club.woff2?v=7ba9a800";
/// What a Korean page says besides.
pub(crate) const HANGUL: &str = "/fonts/ClubHangul.woff2?v=c68be2fb";
/// The style sheet of all other glyphs, for what members write.
pub(crate) const WRITTEN: &str = "/fonts/written.css?v=c75c8093";
