//! What a hand shows, in drawings and in words.

use games::rps::{Shape, Verdict};

use crate::i18n::{Locale, td_string};

/// The shapes in the order in which Korean counts them, which is also that of the keys 1, 2 and 3.
pub(super) const ORDER: [Shape; 3] = [Shape::Scissors, Shape::Rock, Shape::Paper];

/// The drawing of a shape.
pub(crate) fn art(shape: Shape) -> &'static str {
    shape.as_str()
}

/// The name of a shape.
pub(crate) fn name(locale: Locale, shape: Shape) -> &'static str {
    match shape {
        Shape::Rock => td_string!(locale, rps.rock),
        Shape::Paper => td_string!(locale, rps.paper),
        Shape::Scissors => td_string!(locale, rps.scissors),
    }
}

/// Who won, in a word, seen from the member.
pub(crate) fn verdict(locale: Locale, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Win => td_string!(locale, rps.win),
        Verdict::Draw => td_string!(locale, rps.draw),
        Verdict::Lose => td_string!(locale, rps.lose),
    }
}

/// Who won, as the browser tests read it.
pub(super) fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Win => "win",
        Verdict::Draw => "draw",
        Verdict::Lose => "lose",
    }
}
