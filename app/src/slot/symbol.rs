//! The symbols' names, in drawings and in words.

use games::slot::Symbol;

use crate::{
    i18n::{Locale, td_string},
    words::fill,
};

/// The drawing of a symbol.
#[must_use]
pub fn art(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Cherry => "cherry",
        Symbol::Lemon => "lemon",
        Symbol::Orange => "orange",
        Symbol::Grape => "grape",
        Symbol::Diamond => "diamond",
        Symbol::Seven => "seven",
        Symbol::Wild => "wild",
        Symbol::Scatter => "scatter",
    }
}

/// The name of a symbol.
pub(crate) fn name(locale: Locale, symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Cherry => td_string!(locale, symbol.cherry),
        Symbol::Lemon => td_string!(locale, symbol.lemon),
        Symbol::Orange => td_string!(locale, symbol.orange),
        Symbol::Grape => td_string!(locale, symbol.grape),
        Symbol::Diamond => td_string!(locale, symbol.diamond),
        Symbol::Seven => td_string!(locale, symbol.seven),
        Symbol::Wild => td_string!(locale, symbol.wild),
        Symbol::Scatter => td_string!(locale, symbol.scatter),
    }
}

/// What the reels show, in a sentence, each reel from the top.
pub(crate) fn reels_text(locale: Locale, reels: &[[Symbol; 3]; 3]) -> String {
    let [first, second, third] =
        reels.map(|reel| reel.map(|symbol| name(locale, symbol)).join(" "));
    fill(
        td_string!(locale, slot.twin),
        &[("first", &first), ("second", &second), ("third", &third)],
    )
}
