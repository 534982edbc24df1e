//! What a page asks of the club by itself.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, Headers, HtmlButtonElement, HtmlFormElement, RequestCache, RequestInit, Response,
    SubmitEvent, UrlSearchParams,
};

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

/// What a path of ours answered.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where the server sends the page, if it does.
    pub next: Option<String>,
    /// The body.
    pub text: String,
    headers: Headers,
}

impl Answer {
    /// What a header of it says.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }
}

/// Posts to a path of our own with the cookies; gives nothing when it was not reached.
pub async fn post(path: &str, kind: &str, body: &str) -> Option<Answer> {
    let headers = Headers::new().ok()?;
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
    let headers = answer.headers();
    // The mark that `leptos_axum::redirect` puts on an answer to a page.
    let is_sent_on = headers.has("serverfnredirect").unwrap_or(false);
    Some(Answer {
        status: answer.status(),
        next: is_sent_on
            .then(|| headers.get("Location").ok().flatten())
            .flatten(),
        text: text.as_string()?,
        headers,
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
