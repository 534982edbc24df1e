//! How names and passwords are compared: by what they are, however a keyboard sends them.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointSetData;
use icu_properties::props::{DefaultIgnorableCodePoint, NoncharacterCodePoint};

/// What shows nothing, or ends a line, although Unicode does not call it ignorable: separators of
/// lines and paragraphs, the blanks of Braille and of hieroglyphs, annotations, a note without a head, a
/// filler of Khitan.
const BLANK: [char; 10] = [
    '\u{2028}',
    '\u{2029}',
    '\u{2800}',
    '\u{fff9}',
    '\u{fffa}',
    '\u{fffb}',
    '\u{16fe4}',
    '\u{1d159}',
    '\u{13441}',
    '\u{13442}',
];
/// What places hieroglyphs around one another.
const JOINERS: RangeInclusive<char> = '\u{13430}'..='\u{1343f}';

/// The same text in NFC, in which one letter is written in one way.
pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// What a name is unique by: its compatibility form without case (Unicode, D146), with every run of
/// white space as one space. It neither begins nor ends with one.
pub(super) fn key(name: &str) -> String {
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(name);
    // What the compatibility form brings may have a case of its own.
    let once = caseless(&decomposed);
    let twice = caseless(&nfkc.normalize(&once));
    let words = nfkc.normalize(&twice);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key that no name has, for a member whose name an older one has.
pub(super) fn key_apart(key: &str, user: wire::UserId) -> String {
    format!(" {user} {key}")
}

/// Whether a character shows, or is the white space between words.
pub(super) fn shows(character: char) -> bool {
    let is_ignored = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character);
    let is_none = CodePointSetData::new::<NoncharacterCodePoint>().contains(character);
    let is_blank = BLANK.contains(&character) || JOINERS.contains(&character);
    !(is_ignored || is_none || is_blank || character.is_control())
}

fn caseless(text: &str) -> String {
    CaseMapper::new().fold_string(text).into()
}

#[cfg(test)]
mod tests {
    use wire::UserId;

    use super::*;

    #[test]
    fn names_that_are_read_alike_have_one_key() {
        let alike = [
            ("admin", "ａｄｍｉｎ"),
            ("admin", "ADMIN"),
            ("élan", "E\u{301}LAN"),
            ("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
            ("ann b", " Ann\u{a0}\u{2009} \u{3000}B "),
            ("straße", "STRASSE"),
            ("straße", "STRAẞE"),
            ("σίσυφος", "ΣΊΣΥΦΟΣ"),
            ("finn", "ﬁnn"),
            ("kim", "\u{212a}im"),
        ];
        for (one, other) in alike {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        assert_ne!(key("ann"), key("añn"));
        assert_ne!(key("annb"), key("ann b"));
    }

    #[test]
    fn the_key_of_a_key_is_itself() {
        for name in [
            "Ann  B",
            "ŉ",
            "\u{130}",
            "ᾈ\u{345}",
            "¨¨",
            "㎏",
            "ﷺ",
            "ꭰᎠ",
            "\u{1e9b}\u{323}",
        ] {
            let key = key(name);
            assert_eq!(super::key(&key), key, "{name}");
            assert_eq!(key.trim(), key, "{name}");
        }
    }

    #[test]
    fn no_name_has_a_key_apart() {
        let apart = key_apart("ann", UserId(7));
        assert_ne!(key(&apart), apart);
        assert_ne!(apart, key_apart("ann", UserId(8)));
    }

    #[test]
    fn what_shows_nothing_is_told_from_what_shows() {
        for character in "\0\n\u{85}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{202e}\
                          \u{2028}\u{2029}\u{2060}\u{2800}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fffa}\u{fffe}\
                          \u{16fe4}\u{1d159}\u{e0041}\u{e0100}"
            .chars()
        {
            assert!(!shows(character), "{character:?}");
        }
        for character in "aé한봄\u{301} \u{a0}\u{3000}☂😀".chars() {
            assert!(shows(character), "{character:?}");
        }
    }
}
