//! Which language a request asks for.

use std::cmp::Reverse;

use http::{HeaderMap, header};
use leptos_i18n::Locale as _;

use super::{LANGUAGE_COOKIE, Locale};
use crate::{jar::Jar, ssr::cookies};

/// What the club speaks; the first to whoever asks for none of them.
const SPOKEN: [Locale; 2] = [Locale::ko, Locale::en];
/// The weight of a wish that says none, in thousandths.
const WHOLE: u16 = 1_000;

/// The language that a request asks for: by cookie, else by the `Accept-Language` header.
pub(crate) fn asked_for(headers: &HeaderMap, jar: Jar) -> Locale {
    if let Some(chosen) = cookies::value(headers, LANGUAGE_COOKIE, jar) {
        return best(&chosen);
    }
    let lines = headers.get_all(header::ACCEPT_LANGUAGE).into_iter();
    let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
    best(&lines.join(","))
}

/// The language that is wished for most, of those wished for alike the first; else the first that
/// nobody keeps out (RFC 9110, 12.5.4).
fn best(wishes: &str) -> Locale {
    let wishes: Vec<Wish> = wishes.split(',').filter_map(Wish::parse).collect();
    let spoken = SPOKEN.map(|locale| (locale, wish_for(&wishes, locale)));
    let wished = spoken.iter().filter_map(|(locale, wish)| {
        let wish = wish.filter(|(Reverse(weight), _)| *weight > 0)?;
        Some((wish, *locale))
    });
    let unsaid = spoken.iter().find(|(_, wish)| wish.is_none());
    let most = wished.min_by_key(|(wish, _)| *wish);
    most.map(|(_, locale)| locale)
        .or(unsaid.map(|(locale, _)| *locale))
        .unwrap_or(SPOKEN[0])
}

/// A language, or `*` for all that are not named, and how much it is wished for; not at all when that
/// is nothing.
struct Wish<'a> {
    language: &'a str,
    weight: u16,
}

impl<'a> Wish<'a> {
    /// A wish whose weight is none is none.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let tag = parts.next().filter(|tag| !tag.is_empty())?;
        let weight = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.eq_ignore_ascii_case("q").then_some(value)
        });
        Some(Self {
            // Of a language of some region the club speaks the language.
            language: tag.split('-').next().unwrap_or(tag),
            weight: weight.map_or(Some(WHOLE), thousandths)?,
        })
    }
}

fn thousandths(weight: &str) -> Option<u16> {
    let weight: f32 = weight.parse().ok()?;
    let is_weight = (0.0..=1.0).contains(&weight);
    is_weight.then(|| (weight * f32::from(WHOLE)).round() as u16)
}

/// How much a language is wished for, the most first, and where that stands; nothing when the wishes do
/// not speak of it.
fn wish_for(wishes: &[Wish<'_>], locale: Locale) -> Option<(Reverse<u16>, usize)> {
    let named = |language: &str| {
        let places = wishes.iter().enumerate();
        let named = places.filter(|(_, wish)| wish.language.eq_ignore_ascii_case(language));
        named
            .map(|(place, wish)| (Reverse(wish.weight), place))
            .min()
    };
    named(locale.as_str()).or_else(|| named("*"))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_language_that_is_wished_for_most_is_spoken() {
        for (asked, spoken) in [
            ("ko;q=0.1,en;q=0.9", Locale::en),
            ("en;q=0.1, ko;q=0.9", Locale::ko),
            ("en;q=0.5,ko;q=0.5", Locale::en),
            ("ko,en", Locale::ko),
            ("EN-us;Q=0.8,ko;q=0.7", Locale::en),
            ("de,en;q=0.001", Locale::en),
            ("en-GB;q=0.2,en;q=0.8,ko;q=0.5", Locale::en),
        ] {
            assert_eq!(best(asked), spoken, "{asked}");
        }
    }

    #[test]
    fn a_language_of_no_weight_is_not_spoken() {
        for (asked, spoken) in [
            ("en;q=0,ko", Locale::ko),
            ("en;q=0", Locale::ko),
            ("ko;q=0", Locale::en),
            ("ko;q=0.0,*;q=0.5", Locale::en),
            ("en;q=0,*", Locale::ko),
            ("en;q=0,en-US", Locale::en),
            ("*;q=0", Locale::ko),
        ] {
            assert_eq!(best(asked), spoken, "{asked}");
        }
    }

    #[test]
    fn korean_is_spoken_to_whoever_asks_for_nothing_that_is_known() {
        for asked in [
            "",
            "*",
            "de",
            "de-DE,fr;q=0.5",
            ",;,",
            "en;q=much",
            "en;q=7",
            "english",
        ] {
            assert_eq!(best(asked), Locale::ko, "{asked}");
        }
    }

    #[test]
    fn a_choice_counts_before_the_header_and_its_lines_are_one_list() {
        let mut headers = HeaderMap::new();
        for line in ["en;q=0.3", "ko;q=0.2"] {
            headers.append(header::ACCEPT_LANGUAGE, HeaderValue::from_static(line));
        }
        assert_eq!(asked_for(&headers, Jar::Plain), Locale::en);
        let chosen = HeaderValue::from_static("casino_language=ko");
        headers.insert(header::COOKIE, chosen);
        assert_eq!(asked_for(&headers, Jar::Plain), Locale::ko);
        assert_eq!(asked_for(&headers, Jar::Host), Locale::en);
    }
}
