//! What only `ENVIRONMENT=test` has: a clock that a browser test moves. Not part of the contract.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use serde::Deserialize;
use wire::{AppError, Code};

use crate::error::ApiResult;
use crate::extract::Json;
use crate::state::AppState;

/// The furthest step of a test, in seconds: sixty days.
const ADVANCE_SECS_MAX: i64 = 60 * 24 * 60 * 60;

pub(crate) fn router() -> axum::Router<AppState> {
    axum::Router::new().route("/api/test/clock", post(advance))
}

#[derive(Deserialize)]
struct AdvanceRequest {
    /// 1 to [`ADVANCE_SECS_MAX`].
    advance_secs: i64,
}

/// Lets time pass for everybody.
async fn advance(
    State(state): State<AppState>,
    Json(request): Json<AdvanceRequest>,
) -> ApiResult<StatusCode> {
    if !(1..=ADVANCE_SECS_MAX).contains(&request.advance_secs) {
        return Err(AppError::field("advance_secs", "range", "1 second to 60 days").into());
    }
    if !state.backend.clock().advance_secs(request.advance_secs) {
        return Err(Code::NotFound.into());
    }
    Ok(StatusCode::NO_CONTENT)
}
