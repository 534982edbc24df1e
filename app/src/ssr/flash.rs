//! What a refused plain form leaves for its page: a cookie that is read once.

use std::fmt::Write;

use http::{HeaderValue, request::Parts};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use super::{PageSettings, cookies};
use crate::error::{PageError, Refusal};

const COOKIE: &str = "casino_flash";
/// Long enough for the redirect, short enough not to be found later.
const TTL_SECS: i64 = 60;
/// A cookie holds 4 kB; five values of this length fit, also as UTF-8 in hex.
const VALUE_CHARS_MAX: usize = 64;

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
        let cut = |value: &str| value.chars().take(VALUE_CHARS_MAX).collect();
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), cut(value)))
            .collect();
        Self {
            form: form.to_owned(),
            refusal: Refusal {
                error: error.clone(),
                values,
            },
        }
    }

    /// Puts it into the answer.
    pub fn send(&self) {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let text = json.iter().fold(String::new(), |mut text, byte| {
            _ = write!(text, "{byte:02x}");
            text
        });
        cookies::append([cookies::cookie(
            COOKIE,
            &text,
            TTL_SECS,
            true,
            &PageSettings::current(),
        )]);
    }
}

/// Takes what a refused form left for this page, if that is what happened last.
#[must_use]
pub fn take(form: &str) -> Option<Refusal> {
    let settings = PageSettings::current();
    let text = cookies::value(&use_context::<Parts>()?.headers, COOKIE, settings.jar)?;
    let cleared: HeaderValue = cookies::cookie(COOKIE, "", 0, true, &settings);
    cookies::append([cleared]);
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    let flash: Flash = serde_json::from_slice(&bytes?).ok()?;
    (flash.form == form).then_some(flash.refusal)
}
