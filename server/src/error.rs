//! Refusals and failures on their way out.
//!
//! A handler's error becomes an empty response that carries a `Refusal`; the outermost layers,
//! which know the request, turn that into problem JSON or a page, and log what was inside.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use wire::{AppError, Code};

/// Why a handler does not answer.
#[derive(Debug)]
pub struct ApiError(pub backend::Error);

/// The result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

/// What a response without a body stands for.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// What the caller is told.
    pub(crate) public: AppError,
    /// What only the log is told.
    pub(crate) cause: Option<String>,
}

impl Refusal {
    pub(crate) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.public.code.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let cause = match &self.0 {
            backend::Error::Refused(_) => None,
            failed => Some(failed.to_string()),
        };
        Refusal {
            public: self.0.public(),
            cause,
        }
        .into_response()
    }
}

impl From<backend::Error> for ApiError {
    fn from(error: backend::Error) -> Self {
        Self(error)
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        Self(error.into())
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self(code.into())
    }
}
