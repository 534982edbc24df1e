//! What members wrote, which may need glyphs that the club's own words do not.

use leptos::prelude::*;
use leptos_meta::Stylesheet;

use crate::fonts::WRITTEN;

/// The style sheet that brings the glyphs of these words, where they are not plain letters; a page
/// names it once, however often it is asked for.
pub fn glyphs<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<AnyView> {
    let is_plain = words.into_iter().all(str::is_ascii);
    (!is_plain).then(|| view! { <Stylesheet href=WRITTEN/> }.into_any())
}
