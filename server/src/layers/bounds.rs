//! How many requests, how long, and how much: everything has a limit.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use http_body_util::Limited;
use wire::{AppError, Code};

use crate::error::ApiError;
use crate::state::AppState;

/// The largest body of a request.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// The longest that a request may take.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);

/// Lets a request in while there is room, else asks it to come back in a second.
pub(crate) async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.admission.try_acquire() {
        Ok(_permit) => next.run(request).await,
        Err(_) => ApiError::from(AppError::new(Code::Unavailable).retry_after(1)).into_response(),
    }
}

/// Gives up on a request that takes too long; what it began and did not commit is undone.
pub(crate) async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIME_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::from(Code::TimedOut).into_response(),
    }
}

/// Refuses a body that says it is too large, and stops reading one that turns out to be. Where such a
/// body is not read to its end, the answer says that the connection ends with it, so that nobody sends
/// the next request after it; what is left of a small one is read anyway.
pub(crate) async fn limit_body(request: Request, next: Next) -> Response {
    let length = request.body().size_hint().exact();
    let is_small = length.is_some_and(|length| length <= BODY_BYTES_MAX as u64);
    let is_read = Arc::new(AtomicBool::new(request.body().is_end_stream()));
    let note = is_read.clone();
    let request = request.map(|body| {
        Body::new(Noted {
            body,
            is_read: note,
        })
    });
    let mut response = within_limit(request, next).await;
    if !is_small && !is_read.load(Ordering::Relaxed) {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// A body that notes when it was read to its end.
struct Noted {
    body: Body,
    is_read: Arc<AtomicBool>,
}

impl HttpBody for Noted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.is_read.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

async fn within_limit(request: Request, next: Next) -> Response {
    let stated = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if stated.is_some_and(|length| length > BODY_BYTES_MAX as u64) {
        return ApiError::from(Code::BodyTooLarge).into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, BODY_BYTES_MAX))))
        .await
}
