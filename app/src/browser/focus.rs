//! Where the focus is, and what a key means there.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, FocusOptions, HtmlDetailsElement, HtmlElement, HtmlInputElement};

use super::sleep;

/// Moves the focus to where a page begins, or the sheet that lies over it, unless that has taken it
/// already; nothing scrolls.
pub fn focus_page() {
    // Below a modal sheet nothing takes the focus.
    let sheet = document().query_selector("dialog:modal .sheet-body");
    let page = || document().get_element_by_id("main");
    let Some(page) = sheet.ok().flatten().or_else(page) else {
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

/// Moves the focus to the first field that was refused, once the page says so.
pub async fn focus_refused(form: &HtmlElement) {
    sleep(0).await;
    let field = form.query_selector("[aria-invalid='true']").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        _ = field.focus();
    }
}

/// Closes a fold whose form is done with: what was secret in it is gone, and the focus, if it was in
/// there, is on the fold's name.
pub fn close_fold(fold: &HtmlDetailsElement) {
    if let Ok(secrets) = fold.query_selector_all("input[autocomplete$='-password']") {
        for secret in (0..secrets.length()).filter_map(|index| secrets.get(index)) {
            secret.unchecked_into::<HtmlInputElement>().set_value("");
        }
    }
    let focused = document().active_element();
    let had_focus = focused.is_some_and(|it| fold.contains(Some(it.as_ref())));
    fold.set_open(false);
    let name = fold.query_selector("summary").ok().flatten();
    if let Some(name) = name.filter(|_| had_focus) {
        _ = name.unchecked_into::<HtmlElement>().focus();
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
