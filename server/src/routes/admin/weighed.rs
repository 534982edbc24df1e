//! What a call answers that is weighed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use wire::desk::Weighed;

use crate::extract::Json;

/// What was done, or would be, with 200; what waits for somebody else, with 202.
pub(super) struct Answered<T>(pub(super) Weighed<T>);

impl<T: Serialize> IntoResponse for Answered<T> {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            Weighed::Done(_) | Weighed::Preview(_) => StatusCode::OK,
            Weighed::Waits(_) => StatusCode::ACCEPTED,
        };
        (status, Json(self.0)).into_response()
    }
}
