//! What the browser keeps: cookies, what it remembers, what a tab notes.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use crate::jar::Jar;

/// The value of a cookie that scripts may read.
#[must_use]
pub fn cookie(name: &str) -> Option<String> {
    jar().read(&html_document().cookie().ok()?, name)
}

/// Keeps a choice for a year.
pub fn keep_cookie(name: &str, value: &str) {
    _ = html_document().set_cookie(&jar().written(name, value, Jar::KEPT_SECS));
}

/// As the server says.
fn jar() -> Jar {
    let root = document().document_element();
    let told = root.and_then(|root| root.get_attribute(Jar::ATTRIBUTE));
    Jar::told(told.as_deref())
}

/// What this browser remembers under a name.
#[must_use]
pub fn remembered(name: &str) -> Option<String> {
    window()
        .local_storage()
        .ok()
        .flatten()?
        .get_item(name)
        .ok()
        .flatten()
}

/// Remembers a value under a name, where the browser allows it.
pub fn remember(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        _ = storage.set_item(name, value);
    }
}

/// What this tab noted under a name; it is gone with the tab.
#[must_use]
pub fn noted(name: &str) -> Option<String> {
    let storage = window().session_storage().ok().flatten()?;
    storage.get_item(name).ok().flatten()
}

/// Notes a value for this tab, or takes it away; gives whether the browser allows it.
pub fn note(name: &str, value: Option<&str>) -> bool {
    let storage = window().session_storage().ok().flatten();
    storage.is_some_and(|storage| match value {
        Some(value) => storage.set_item(name, value).is_ok(),
        None => storage.remove_item(name).is_ok(),
    })
}

fn html_document() -> HtmlDocument {
    document().unchecked_into()
}
