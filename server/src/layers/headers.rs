//! The headers that keep a browser safe. Pages set their own policy; everything else runs nothing.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::AppState;

const FIXED: [(HeaderName, HeaderValue); 6] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];
const BUILD: HeaderName = HeaderName::from_static(app::build::HEADER);
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Sets what every answer carries.
pub(crate) async fn secure(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    headers.insert(BUILD, state.build.clone());
    if state.http.is_production() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if is_document(headers) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(NOTHING);
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    }
    response
}

/// Whether a browser could take it for a document. A script's own policy would bind its workers.
fn is_document(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    ![
        "text/javascript",
        "application/wasm",
        "text/css",
        "font/",
        "image/png",
    ]
    .iter()
    .any(|asset| kind.starts_with(asset))
}
