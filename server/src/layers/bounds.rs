//! How many requests, and how long: everything has a limit.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use wire::{AppError, Code};

use crate::error::ApiError;
use crate::state::AppState;

/// The longest that a request may take, once all of it is there.
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
