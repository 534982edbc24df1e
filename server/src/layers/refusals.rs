//! How a refusal looks: problem JSON, or a small page where a browser asks for one.

use std::any::Any;

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use wire::{AppError, Code, Problem};

use super::observe::RequestId;
use crate::error::Refusal;
use crate::extract::of_status;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Gives refusals their body, and the log what was inside.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default();
    let asked = Asked::of(request.uri().path());
    let is_for_people = asked == Asked::Page && prefers_html(request.headers());
    let mut response = next.run(request).await;
    let refusal = response
        .extensions_mut()
        .remove::<Refusal>()
        .or_else(|| of_framework(&response, asked));
    let Some(Refusal { public, cause }) = refusal else {
        return response;
    };
    if let Some(cause) = cause {
        tracing::error!(code = ?public.code, cause, "request failed");
    }
    let (mut parts, _) = response.into_parts();
    let retry_after = public.retry_after_secs.map(HeaderValue::from);
    let body = if is_for_people {
        page(public, &id)
    } else {
        problem(public, id)
    };
    let (body_parts, body) = body.into_parts();
    // The status stays, and so does what was set on the way, such as cookies that are cleared.
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(body_parts.headers);
    parts
        .headers
        .extend(retry_after.map(|secs| (header::RETRY_AFTER, secs)));
    Response::from_parts(parts, body)
}

/// A panic, on its way to the same place.
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words");
    Refusal {
        public: Code::Internal.into(),
        cause: Some(format!("panic: {text}")),
    }
    .into_response()
}

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Programs: whatever is refused there is a problem, whoever asks.
    Interface,
    /// A page, through a function of its own, whose refusals are in words that the page knows.
    Function,
    Page,
}

impl Asked {
    fn of(path: &str) -> Self {
        match path {
            "/api" | "/health" | "/ready" | "/metrics" | "/openapi.json" => Self::Interface,
            _ if path.starts_with("/api/fn/") => Self::Function,
            _ if path.starts_with("/api/") => Self::Interface,
            _ => Self::Page,
        }
    }
}

/// What the router refused by itself, with a status alone or in plain words of its own.
fn of_framework(response: &Response, asked: Asked) -> Option<Refusal> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_bare = kind.is_none();
    let is_plain = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let is_its_own = match asked {
        Asked::Interface => is_bare || is_plain,
        Asked::Function => is_bare,
        Asked::Page => false,
    };
    let public = of_status(response.status()).filter(|_| is_its_own)?;
    Some(Refusal {
        public,
        cause: None,
    })
}

fn prefers_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn problem(error: AppError, request_id: String) -> Response {
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: error.code.title().to_owned(),
        status: error.code.status(),
        detail: error.message,
        code: error.code,
        request_id,
        fields: error.fields,
    };
    ([(header::CONTENT_TYPE, PROBLEM_JSON)], Json(problem)).into_response()
}

/// For the rare refusal that comes before a page can be rendered. Nothing in it is the caller's.
fn page(error: AppError, request_id: &str) -> Response {
    let (title, status) = (error.code.title(), error.code.status());
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
         <body><h1>{title}</h1><p>{status} · {request_id}</p><p><a href=\"/\">Casino Club</a></p></body></html>"
    );
    Html(html).into_response()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::http::{Request, StatusCode};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;
    use crate::layers;

    #[test]
    fn what_programs_ask_is_told_from_what_pages_are() {
        for (path, asked) in [
            ("/api", Asked::Interface),
            ("/api/", Asked::Interface),
            ("/api/users/1", Asked::Interface),
            ("/metrics", Asked::Interface),
            ("/api/fn/spin", Asked::Function),
            ("/apis", Asked::Page),
            ("/healthy", Asked::Page),
            ("/", Asked::Page),
        ] {
            assert_eq!(Asked::of(path), asked, "{path}");
        }
    }

    async fn answer(accept: &str, path: &str) -> (StatusCode, String) {
        let breaks = || async {
            if true {
                panic!("the secret is hunter2");
            }
        };
        let app = Router::new()
            .route("/api/breaks", get(breaks))
            .route("/breaks", get(breaks))
            .route("/api/sleeps", get(std::future::pending::<()>))
            .route(
                "/api/words",
                get(async || (StatusCode::BAD_REQUEST, "its own words")),
            )
            .layer(from_fn(layers::limit_time))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(from_fn(render))
            .layer(from_fn(layers::observe));
        let request = Request::get(path)
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .unwrap();
        let response = app.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_that_says_nothing_of_why() {
        let (status, body) = answer("*/*", "/api/breaks").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(
            body.contains("\"code\":\"internal\"") && !body.contains("hunter2"),
            "{body}"
        );
    }

    #[tokio::test]
    async fn what_the_framework_says_in_words_of_its_own_is_a_problem() {
        let (status, body) = answer("text/html", "/api/words").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(
            body.contains("\"code\":") && !body.contains("own words"),
            "{body}"
        );
    }

    #[tokio::test]
    async fn a_browser_gets_a_page_instead() {
        let (status, body) = answer("text/html", "/breaks").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(
            body.starts_with("<!DOCTYPE html>") && !body.contains("hunter2"),
            "{body}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_takes_too_long_is_given_up() {
        let (status, body) = answer("*/*", "/api/sleeps").await;
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
        assert!(body.contains("\"code\":\"timed_out\""), "{body}");
    }
}
