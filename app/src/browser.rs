//! What only a browser can do. Called from effects and event handlers; nothing here runs on the server.

use std::{cell::Cell, future::Future, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    EventTarget, FocusOptions, FormData, HtmlButtonElement, HtmlDocument, HtmlElement,
    HtmlFormElement, Node, RequestCache, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

use crate::{build, preference::MOTION_COOKIE};

/// Says on `<body>` that everything on the page is alive, its wing included: for styles of what
/// cannot work before, and for the browser tests.
pub fn mark_hydrated() {
    if let Some(body) = document().body() {
        _ = body.set_attribute("data-hydrated", "true");
    }
}

/// Milliseconds since the page was opened.
#[must_use]
pub fn elapsed_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Seconds since the Unix epoch.
#[must_use]
pub fn unix_secs() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "when to renew a sign-in, and when a hand just shown was played"
    )]
    let secs = (js_sys::Date::now() / 1_000.0) as i64;
    secs
}

/// Waits, and lets the browser paint and take input meanwhile: a timer is a task of its own.
pub fn sleep(millis: i32) -> impl Future<Output = ()> + Send {
    let mut timer = Timer(None);
    let mut start = |resolve: Function, _: Function| {
        timer.0 = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis)
            .ok();
    };
    let rung = JsFuture::from(Promise::new(&mut start));
    SendWrapper::new(async move {
        let _timer = timer;
        _ = rung.await;
    })
}

/// Waits until the browser is about to paint.
pub async fn frame() {
    let mut start = |resolve: Function, _: Function| {
        _ = window().request_animation_frame(&resolve);
    };
    _ = JsFuture::from(Promise::new(&mut start)).await;
}

/// A timer that is called off once nobody waits for it.
struct Timer(Option<i32>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(timer) = self.0 {
            window().clear_timeout_with_handle(timer);
        }
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

/// The address of a WebSocket of ours.
#[must_use]
pub fn socket_address(path: &str) -> String {
    let location = window().location();
    let is_secure = location
        .protocol()
        .is_ok_and(|protocol| protocol == "https:");
    let scheme = if is_secure { "wss" } else { "ws" };
    format!("{scheme}://{}{path}", location.host().unwrap_or_default())
}

fn html_document() -> HtmlDocument {
    document().unchecked_into()
}

/// The value of a cookie that scripts may read, with or without the `__Host-` prefix.
#[must_use]
pub fn cookie(name: &str) -> Option<String> {
    let cookies = html_document().cookie().ok()?;
    cookies.split("; ").find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key.strip_prefix("__Host-").unwrap_or(key) == name).then(|| value.to_owned())
    })
}

/// Keeps a choice for a year.
pub fn keep_cookie(name: &str, value: &str) {
    let secure = if window()
        .location()
        .protocol()
        .is_ok_and(|protocol| protocol == "https:")
    {
        "; Secure"
    } else {
        ""
    };
    _ = html_document().set_cookie(&format!(
        "{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}"
    ));
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

/// Moves the focus to where a page begins, unless the page has taken it already; nothing scrolls.
pub fn focus_page() {
    let Some(page) = document().get_element_by_id("main") else {
        return;
    };
    if document()
        .active_element()
        .is_some_and(|focused| page.contains(Some(focused.as_ref())))
    {
        return;
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = page
        .unchecked_into::<HtmlElement>()
        .focus_with_options(&options);
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

/// Keeps how much may move, here and for the pages to come. `<html data-motion>` is what the style
/// sheets go by.
pub fn keep_motion(choice: &str) {
    keep_cookie(MOTION_COOKIE, choice);
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-motion", choice);
    }
}

/// How many pixels of the screen a pixel of the page has.
#[must_use]
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
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

/// What a path of ours answered.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where the server sends the page, if it does.
    pub next: Option<String>,
    /// The body.
    pub text: String,
}

/// Posts to a path of our own with the cookies; gives nothing when it was not reached.
pub async fn post(path: &str, kind: &str, body: &str) -> Option<Answer> {
    let headers = web_sys::Headers::new().ok()?;
    headers.set("Accept", "application/json").ok()?;
    let options = RequestInit::new();
    options.set_method("POST");
    // A form without fields is a form all the same.
    if !kind.is_empty() {
        headers.set("Content-Type", kind).ok()?;
    }
    if !body.is_empty() {
        options.set_body(&body.into());
    }
    options.set_headers(&headers);
    let fetched = JsFuture::from(window().fetch_with_str_and_init(path, &options));
    let answer: Response = fetched.await.ok()?.unchecked_into();
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    build::hear(
        answer
            .headers()
            .get(build::HEADER)
            .ok()
            .flatten()
            .as_deref(),
    );
    // The mark that `leptos_axum::redirect` puts on an answer to a page.
    let is_sent_on = answer.headers().has("serverfnredirect").unwrap_or(false);
    Some(Answer {
        status: answer.status(),
        next: is_sent_on
            .then(|| answer.headers().get("Location").ok().flatten())
            .flatten(),
        text: text.as_string()?,
    })
}

/// A header of what a path of ours answers; nothing when it was not reached.
pub async fn header_of(path: &str, name: &str) -> Option<String> {
    let options = RequestInit::new();
    options.set_method("HEAD");
    options.set_cache(RequestCache::NoStore);
    let fetched = JsFuture::from(window().fetch_with_str_and_init(path, &options));
    let answer: Response = fetched.await.ok()?.unchecked_into();
    answer.headers().get(name).ok().flatten()
}

/// The fields of a form, URL-encoded, with the button that sent it.
#[must_use]
pub fn form_fields(event: &SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    if let Some(button) = event
        .submitter()
        .and_then(|it| it.dyn_into::<HtmlButtonElement>().ok())
        && !button.name().is_empty()
    {
        _ = fields.append_with_str(&button.name(), &button.value());
    }
    let encoded = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(encoded.to_string().into())
}

/// An instant in the member's own time zone and language.
#[must_use]
pub fn local_time(millis: i64, language: &str) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our times are far below 2^53"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    let options = Object::new();
    // This year goes without saying.
    if date.get_full_year() != js_sys::Date::new_0().get_full_year() {
        _ = Reflect::set(&options, &"year".into(), &"numeric".into());
    }
    for (name, value) in [
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ] {
        _ = Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(language, &options).into()
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

/// Moves the focus to the first field that was refused, once the page says so.
pub async fn focus_refused(form: &HtmlElement) {
    sleep(0).await;
    let field = form.query_selector("[aria-invalid='true']").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        _ = field.focus();
    }
}

/// Whether a key pressed on this element already means something to it.
#[must_use]
pub fn takes_keys(target: Option<EventTarget>) -> bool {
    is_within(
        target,
        "input, textarea, select, button, [role='button'], summary, dialog, [contenteditable]",
    )
}

/// Whether a letter or a digit typed on this element already means something to it.
#[must_use]
pub fn takes_text(target: Option<EventTarget>) -> bool {
    is_within(target, "input, textarea, select, dialog, [contenteditable]")
}

/// Whether Enter on this element follows a link.
#[must_use]
pub fn is_link(target: Option<EventTarget>) -> bool {
    is_within(target, "a[href]")
}

fn is_within(target: Option<EventTarget>, selector: &str) -> bool {
    target
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .and_then(|element| element.closest(selector).ok().flatten())
        .is_some()
}

/// Moves the focus from this element to the one after or before it, where there is one.
pub fn focus_beside(target: Option<EventTarget>, forward: bool) {
    let Some(element) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let beside = if forward {
        element.next_element_sibling()
    } else {
        element.previous_element_sibling()
    };
    if let Some(beside) = beside.and_then(|beside| beside.dyn_into::<HtmlElement>().ok()) {
        _ = beside.focus();
    }
}
