//! The headers of every rendered page.

use backend::Member;
use http::{HeaderName, HeaderValue, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;

/// What a page may load and run: our own files, and the inline scripts that carry this answer's nonce.
#[must_use]
pub fn csp(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{live_reload}; worker-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'; object-src 'none'",
        live_reload = if cfg!(debug_assertions) {
            " ws://127.0.0.1:3001 ws://localhost:3001"
        } else {
            ""
        },
    )
}

/// Sets the headers of the page that is being rendered; does nothing while the routes are listed.
pub fn apply() {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    let set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.insert_header(name, value);
        }
    };
    if let Some(nonce) = use_nonce() {
        set(header::CONTENT_SECURITY_POLICY, &csp(&nonce));
    }
    let is_personal = use_context::<Parts>().is_none_or(|parts| is_personal(&parts));
    set(
        header::CACHE_CONTROL,
        if is_personal {
            "no-store"
        } else {
            "private, no-cache"
        },
    );
    set(header::VARY, "Accept-Language, Cookie");
}

/// Whether the page can hold what is somebody's own: a member's data, or what they typed into a form.
fn is_personal(parts: &Parts) -> bool {
    let is_member = parts
        .extensions
        .get::<Option<Member>>()
        .is_some_and(Option::is_some);
    is_member
        || parts
            .headers
            .get(header::COOKIE)
            .is_some_and(|cookies| cookies.as_bytes().windows(12).any(|w| w == b"casino_flash"))
}
