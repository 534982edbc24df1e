//! The language in force, as a context.
//!
//! The words and the macro that reads them are `leptos_i18n`'s; its own context brings cookies,
//! memos and a codec into the page that a choice of two languages does not need.

#[cfg(feature = "ssr")]
mod asked;

#[cfg(feature = "ssr")]
use http::request::Parts;
use leptos::prelude::*;
use leptos_i18n::Locale as _;

pub use crate::locales::i18n::{Locale, td_string};
#[cfg(feature = "ssr")]
pub(crate) use asked::asked_for;

/// The cookie that keeps the language a visitor chose.
pub const LANGUAGE_COOKIE: &str = "casino_language";

/// The language in force.
#[derive(Clone, Copy)]
pub struct I18n(RwSignal<Locale>);

impl I18n {
    /// The language, followed.
    pub fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// The language now.
    #[must_use]
    pub fn get_locale_untracked(self) -> Locale {
        self.0.try_get_untracked().unwrap_or_default()
    }

    /// Changes the language of the page.
    pub fn set_locale(self, locale: Locale) {
        self.0.set(locale);
    }
}

/// Provides the language to everything below, and keeps it on `<html lang>`.
///
/// The server alone decides it first: the cookie, else the header; the page reads what it decided.
pub fn provide_i18n() {
    let i18n = I18n(RwSignal::new(initial()));
    provide_context(i18n);
    Effect::new(move || {
        if let Some(html) = document().document_element() {
            _ = html.set_attribute("lang", i18n.get_locale().as_str());
        }
    });
}

/// The language in force.
#[must_use]
pub fn use_i18n() -> I18n {
    expect_context()
}

/// The language of the request.
#[cfg(feature = "ssr")]
pub(crate) fn initial() -> Locale {
    let jar = crate::ssr::PageSettings::current().jar;
    let asked = use_context::<Parts>().map(|parts| asked_for(&parts.headers, jar));
    asked.unwrap_or_default()
}

/// The language that the server wrote the page in.
#[cfg(not(feature = "ssr"))]
pub(crate) fn initial() -> Locale {
    let html = document().document_element();
    html.and_then(|html| html.get_attribute("lang"))
        .and_then(|lang| lang.parse().ok())
        .unwrap_or_default()
}
