//! What handlers take: the framework's extractors, refusing in the contract's words.

mod body;
mod head;
mod params;

pub use body::{Json, MaybeJson};
pub(crate) use head::{At, KeyHeader, Nothing, On};
pub use head::{Key, Path, Query};
pub(crate) use params::{OfApproval, OfMember, OfOffer, OfOneself, OfReceipt};

use axum::http::StatusCode;
use wire::{AppError, Code};

/// The refusal of a status that the framework decided on.
pub(crate) fn of_status(status: StatusCode) -> Option<AppError> {
    let code = match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::BAD_REQUEST => Code::MalformedBody,
        StatusCode::INTERNAL_SERVER_ERROR => Code::Internal,
        _ => return None,
    };
    Some(code.into())
}
