//! What a plain form leaves for its page: a cookie that is read once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::request::Parts;
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{PageSettings, cookies};
use crate::error::{PageError, Refusal};

const COOKIE: &str = "casino_flash";
/// Long enough for the redirect, short enough not to be found later.
const TTL_SECS: i64 = 60;
/// A cookie holds 4 kB: as much of what was typed fits in base64, beside what was wrong with it.
const VALUES_BYTES_MAX: usize = 2_000;

/// A refused form: which, why, and what had been typed but the passwords.
#[derive(Serialize, Deserialize)]
pub struct Flash {
    form: String,
    refusal: Refusal,
}

impl Flash {
    /// What a refused form leaves behind.
    #[must_use]
    pub fn refused(form: &str, error: &PageError, values: &[(&str, &str)]) -> Self {
        Self {
            form: form.to_owned(),
            refusal: Refusal {
                error: error.clone(),
                values: fitting(values),
            },
        }
    }

    /// Puts it into the answer.
    pub fn send(&self) {
        put(self);
    }
}

/// An accepted form: which, and what its page is to show once.
#[derive(Serialize, Deserialize)]
struct Told {
    form: String,
    told: String,
}

/// Leaves what an accepted form was answered with.
pub fn tell(form: &str, told: &str) {
    let (form, told) = (form.to_owned(), told.to_owned());
    put(&Told { form, told });
}

/// Takes what a refused form left for this page, if that is what happened last. What another left stays for its own.
#[must_use]
pub fn take(form: &str) -> Option<Refusal> {
    let flash = left::<Flash>().filter(|flash| flash.form == form)?;
    clear();
    Some(flash.refusal)
}

/// Takes what an accepted form left for this page, if that is what happened last. The same holds.
#[must_use]
pub fn take_told(form: &str) -> Option<String> {
    let told = left::<Told>().filter(|told| told.form == form)?;
    clear();
    Some(told.told)
}

/// Puts it into the answer.
fn put(left: &impl Serialize) {
    let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(left).unwrap_or_default());
    cookies::append([cookies::cookie(
        COOKIE,
        &text,
        TTL_SECS,
        true,
        &PageSettings::current(),
    )]);
}

/// What was left.
fn left<T: DeserializeOwned>() -> Option<T> {
    let jar = PageSettings::current().jar;
    let text = cookies::value(&use_context::<Parts>()?.headers, COOKIE, jar)?;
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// From then on nothing is left.
fn clear() {
    let settings = PageSettings::current();
    cookies::append([cookies::cookie(COOKIE, "", 0, true, &settings)]);
}

/// As much of each value as fits beside the others: what the short ones leave, the long ones have.
fn fitting(values: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut shortest_first = values.to_vec();
    shortest_first.sort_by_key(|(_, value)| value.len());
    let (mut left, mut others) = (VALUES_BYTES_MAX, shortest_first.len());
    let kept = shortest_first.into_iter().map(|(name, value)| {
        let value = cut(value, left / others);
        left -= value.len();
        others -= 1;
        (name.to_owned(), value)
    });
    kept.collect()
}

/// The beginning of a text that has at most so many bytes.
fn cut(text: &str, bytes_max: usize) -> String {
    let ends = text.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let end = ends.take_while(|end| *end <= bytes_max).last();
    text[..end.unwrap_or_default()].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_has_what_the_short_ones_leave() {
        let long = "가".repeat(500);
        let kept = fitting(&[("reason", &long), ("roles", "owner games")]);
        let roles = ("roles".to_owned(), "owner games".to_owned());
        assert_eq!(kept, [roles, ("reason".to_owned(), long)]);
    }

    #[test]
    fn no_value_takes_the_room_of_another() {
        let long = "가".repeat(5_000);
        let kept = fitting(&[("one", &long), ("other", &long)]);
        assert_eq!(kept.len(), 2);
        for (name, value) in kept {
            assert!(
                (900..=1_000).contains(&value.len()),
                "{name}: {}",
                value.len()
            );
        }
        assert!(fitting(&[]).is_empty());
    }
}
