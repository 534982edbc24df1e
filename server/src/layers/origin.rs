//! Keeps other sites from acting with a member's cookies.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;
use wire::Code;

use crate::error::ApiError;
use crate::state::AppState;

/// Refuses an unsafe request that carries cookies, or posts one of our pages' forms, and does not
/// come from our own pages. A form needs no cookie to sign a visitor in as somebody else; a
/// WebSocket, which browsers open for any page, is no safe request.
pub(crate) async fn check_origin(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let from_browser = headers.contains_key("origin") || headers.contains_key("sec-fetch-site");
    let posts_form = from_browser && request.uri().path().starts_with("/api/fn/");
    let is_guarded = headers.contains_key(header::COOKIE) || posts_form;
    let is_safe = request.method().is_safe() && !headers.contains_key(header::UPGRADE);
    if is_guarded && !is_safe && !is_ours(headers, state.http.site_url.as_ref()) {
        return ApiError::from(Code::ForeignOrigin).into_response();
    }
    next.run(request).await
}

/// Whether the browser says that one of our pages asks. Saying nothing is not saying so.
fn is_ours(headers: &HeaderMap, site: Option<&Url>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text("origin") else {
        return text("sec-fetch-site") == Some("same-origin");
    };
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    match site {
        Some(site) => origin.origin() == site.origin(),
        // Without SITE_URL it is the address that was asked: a page of another site sends its own
        // origin beside our host.
        None => text("host").is_some_and(|host| host == authority(&origin)),
    }
}

fn authority(origin: &Url) -> String {
    let host = origin.host_str().unwrap_or_default();
    origin
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &str)], site: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_ours(
            &headers,
            site.map(|site| Url::parse(site).unwrap()).as_ref(),
        )
    }

    #[test]
    fn without_a_site_url_the_address_asked_counts() {
        assert!(ours(
            &[
                ("host", "127.0.0.1:3000"),
                ("origin", "http://127.0.0.1:3000")
            ],
            None
        ));
        assert!(ours(
            &[("host", "[::1]:3000"), ("origin", "http://[::1]:3000")],
            None
        ));
        assert!(!ours(
            &[
                ("host", "127.0.0.1:3000"),
                ("origin", "http://evil.example")
            ],
            None
        ));
        assert!(!ours(
            &[("host", "127.0.0.1:3000"), ("origin", "null")],
            None
        ));
    }

    #[test]
    fn with_one_nothing_else_counts() {
        let site = Some("https://club.example");
        assert!(ours(
            &[("host", "inner:3000"), ("origin", "https://club.example")],
            site
        ));
        assert!(!ours(
            &[("host", "inner:3000"), ("origin", "http://club.example")],
            site
        ));
        assert!(!ours(
            &[("host", "inner:3000"), ("origin", "http://inner:3000")],
            site
        ));
    }

    #[test]
    fn without_an_origin_the_browser_must_say_so_otherwise() {
        assert!(ours(&[("sec-fetch-site", "same-origin")], None));
        assert!(!ours(&[("sec-fetch-site", "same-site")], None));
        assert!(!ours(&[("host", "127.0.0.1:3000")], None));
    }
}
