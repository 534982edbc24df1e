//! What a device is told that puts the club beside its other apps.

use http::HeaderMap;
use leptos_i18n::Locale as _;
use serde_json::{Value, json};

use crate::{
    i18n::{self, td_string},
    jar::Jar,
};

/// The ground of every page.
const INK: &str = "#0b0a12";

/// The web manifest, in the language of whoever asks.
#[must_use]
pub fn manifest(headers: &HeaderMap, jar: Jar) -> Value {
    let locale = i18n::asked_for(headers, jar);
    json!({
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": locale.as_str(),
        "dir": "ltr",
        "name": td_string!(locale, club.name),
        "short_name": td_string!(locale, club.name),
        "description": td_string!(locale, club.tagline),
        "background_color": INK,
        "theme_color": INK,
        "icons": [
            icon("club.svg", "any", "image/svg+xml", "any"),
            icon("club-192.png", "192x192", "image/png", "any"),
            icon("club-512.png", "512x512", "image/png", "any"),
            icon("maskable-192.png", "192x192", "image/png", "maskable"),
            icon("maskable-512.png", "512x512", "image/png", "maskable"),
        ],
        "shortcuts": [
            {"name": td_string!(locale, nav.games), "url": "/games"},
            {"name": td_string!(locale, nav.shop), "url": "/shop"},
            {"name": td_string!(locale, nav.profile), "url": "/profile"},
        ],
    })
}

fn icon(file: &str, sizes: &str, kind: &str, purpose: &str) -> Value {
    json!({"src": format!("/icons/{file}"), "sizes": sizes, "type": kind, "purpose": purpose})
}
