//! What only a browser can do. Called from effects and event handlers; nothing here runs on the server.

mod focus;
mod kept;
mod net;
mod time;

pub use focus::{
    close_fold, focus_beside, focus_page, focus_refused, is_link, takes_keys, takes_text,
};
pub use kept::{cookie, keep_cookie, note, noted, remember, remembered};
pub use net::{Answer, form_fields, header_of, post, socket_address};
pub use time::{elapsed_ms, frame, local_time, sleep, unix_secs};

use std::{cell::Cell, future::Future, rc::Rc};

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Node;

/// Says on `<body>` that everything on the page is alive, its wing included: for styles of what
/// cannot work before, and for the browser tests.
pub fn mark_hydrated() {
    if let Some(body) = document().body() {
        _ = body.set_attribute("data-hydrated", "true");
    }
}

/// A fresh key: 32 random hex digits.
///
/// Not `crypto.randomUUID`, which a page served over plain HTTP by another name than localhost lacks.
#[must_use]
pub fn fresh_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A random number, to spread what many pages would do at the same time.
#[must_use]
pub fn random() -> u32 {
    let mut bytes = [0_u8; 4];
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    u32::from_le_bytes(bytes)
}

/// What a `<meta>` of the page says.
#[must_use]
pub fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name='{name}']"));
    found.ok().flatten()?.get_attribute("content")
}

/// The path and query of the page.
#[must_use]
pub fn address() -> String {
    let location = window().location();
    let (path, search) = (location.pathname(), location.search());
    path.unwrap_or_default() + &search.unwrap_or_default()
}

/// Leaves the page for an address, loaded anew; gives whether it is under way.
pub fn open(address: &str) -> bool {
    window().location().assign(address).is_ok()
}

/// Whether somebody can see the page.
#[must_use]
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Whether the browser has a network; that it has one does not say that the club can be reached.
#[must_use]
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Opens the browser's own way to print.
pub fn print() {
    _ = window().print();
}

/// Says whether the device asks for less motion: now, and whenever that changes, for as long as the
/// page is open.
pub fn follow_calm(mut say: impl FnMut(bool) + 'static) {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    let Some(query) = query.ok().flatten() else {
        return;
    };
    say(query.matches());
    let asked = query.clone();
    let changed = Closure::<dyn FnMut()>::new(move || say(asked.matches()));
    query.set_onchange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
}

/// How many pixels of the screen a pixel of the page has.
#[must_use]
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// Whether the page is laid out for a phone, by the width that the style sheets go by.
#[must_use]
pub fn is_narrow() -> bool {
    let query = window().match_media("(width < 64rem)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The value of a variable of the style sheet.
#[must_use]
pub fn css_variable(name: &str) -> String {
    document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value(name).ok())
        .unwrap_or_default()
}

/// Runs `work` while holding a lock that all tabs share; without locks it just runs.
pub async fn exclusively<T: 'static>(
    name: &str,
    work: impl Future<Output = T> + 'static,
) -> Option<T> {
    let result = Rc::new(Cell::new(None));
    let locks = Reflect::get(&window().navigator(), &"locks".into())
        .ok()
        .filter(JsValue::is_object);
    let request = locks.as_ref().and_then(|locks| {
        Reflect::get(locks, &"request".into())
            .ok()?
            .dyn_into::<Function>()
            .ok()
    });
    let (Some(locks), Some(request)) = (locks, request) else {
        return Some(work.await);
    };
    let slot = result.clone();
    let callback = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        future_to_promise(async move {
            slot.set(Some(work.await));
            Ok(JsValue::UNDEFINED)
        })
    });
    let promise = request
        .call2(&locks, &name.into(), &callback)
        .ok()?
        .dyn_into::<Promise>()
        .ok()?;
    JsFuture::from(promise).await.ok()?;
    result.take()
}

/// Puts text on the clipboard; whether the browser did.
///
/// A page served over plain HTTP by another name than localhost has no clipboard.
pub async fn copy(text: &str) -> bool {
    let promised = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
        let write = write.dyn_into::<Function>().ok()?;
        let promise = write.call1(&clipboard, &text.into()).ok()?;
        promise.dyn_into::<Promise>().ok()
    };
    match promised() {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Selects what is written in this element, for whoever copies it by hand.
pub fn select(element: &Node) {
    if let Ok(Some(selection)) = window().get_selection() {
        _ = selection.select_all_children(element);
    }
}
