//! A name, a log line and a measurement for every request.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use backend::{Entropy, Origin, SystemEntropy};
use tokio::time::Instant;
use tracing::Instrument;

use crate::metrics::{self, InFlight};

pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest name that a proxy may give a request.
const GIVEN_CHARS_MAX: usize = 64;

/// Finds a request in the log.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Names the request, and tells how it went. Bodies, tokens and queries stay out of the log.
pub(crate) async fn observe(mut request: Request, next: Next) -> Response {
    let id = given(&request).unwrap_or_else(fresh);
    let method = known(request.method());
    // What no route knows is one series and one name, however it is spelled.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched".to_owned(), |path| path.as_str().to_owned());
    let origin = Origin {
        address: super::client::address_of(request.extensions()).to_owned(),
        request_id: id.clone(),
    };
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(RequestId(id.clone()));
    let in_flight = InFlight::begin();
    let begun = Instant::now();
    // What services log on the way carries the name too.
    let span = tracing::info_span!("serving", request_id = id);
    let mut response = next.run(request).instrument(span).await;
    let took = begun.elapsed();
    drop(in_flight);
    tell(method, &route, &response, took, &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    response
}

fn tell(method: &'static str, route: &str, response: &Response, took: Duration, request_id: &str) {
    let status = response.status().as_u16();
    metrics::request(method, route, status, took);
    // To the microsecond.
    let latency_ms = (took.as_secs_f64() * 1_000_000.0).round() / 1_000.0;
    tracing::info!(method, route, status, latency_ms, request_id, "request");
}

/// The name that a trusted proxy gave it, if it can stand in a log: `identify` has taken away any other.
fn given(request: &Request) -> Option<String> {
    let mut ids = request.headers().get_all(X_REQUEST_ID).into_iter();
    let id = ids.next()?.to_str().ok()?;
    // Two names for one request are none.
    if ids.next().is_some() {
        return None;
    }
    let is_plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (is_plain && (1..=GIVEN_CHARS_MAX).contains(&id.len())).then(|| id.to_owned())
}

fn fresh() -> String {
    let mut random = [0; 16];
    SystemEntropy.fill(&mut random);
    format!("{:032x}", u128::from_be_bytes(random))
}

/// Anyone can invent a method; the metrics know these.
fn known(method: &Method) -> &'static str {
    let all = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    all.into_iter()
        .find(|name| *name == method.as_str())
        .unwrap_or("OTHER")
}
