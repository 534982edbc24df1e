//! Made by `style/glyphs.mjs`: the fonts that every page needs at once.

/// The club's own glyphs.
pub(super) const CLUB: &str = "/fonts/Club.woff2?v=e219c4a5";
