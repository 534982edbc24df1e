//! Who may ask a gateway, and what shows that it answered.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use backend::Clock;
use backend::shop::webhook::sign;
use secrecy::SecretString;

use crate::bearer;

/// No answer is longer.
const ANSWER_BYTES_MAX: usize = 4_096;

/// What a gateway wants to be shown, and what it signs with.
#[derive(Clone)]
pub struct Seal {
    /// What a call shows as its bearer token.
    pub key: SecretString,
    /// What answers and messages are signed with.
    pub secret: SecretString,
    /// The clock that they are dated by.
    pub clock: Arc<dyn Clock>,
}

impl Seal {
    /// The headers of what is said under this name.
    pub(super) fn headers(&self, nonce: &str, body: &[u8]) -> [(&'static str, String); 3] {
        let seconds = self.clock.now().millis().div_euclid(1_000);
        let timestamp = seconds.to_string();
        let signature = sign(&self.secret, &timestamp, nonce, body);
        [
            ("x-signature", signature),
            ("x-timestamp", timestamp),
            ("x-nonce", nonce.to_owned()),
        ]
    }
}

/// Answers only whoever shows the key, and signs each answer under the name that its call has.
pub fn sealed(router: Router, seal: Seal) -> Router {
    router.layer(from_fn_with_state(seal, pass))
}

async fn pass(State(seal): State<Seal>, request: Request, next: Next) -> Response {
    if !bearer::is(request.headers(), &seal.key) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let nonce = request.headers().get("x-nonce");
    let nonce = nonce.and_then(|nonce| nonce.to_str().ok());
    let nonce = nonce.unwrap_or_default().to_owned();
    let (mut parts, body) = next.run(request).await.into_parts();
    let Ok(body) = to_bytes(body, ANSWER_BYTES_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    for (name, value) in seal.headers(&nonce, &body) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            parts.headers.insert(name, value);
        }
    }
    Response::from_parts(parts, Body::from(body))
}
