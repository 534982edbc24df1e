//! Paths, queries and the idempotency key.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use backend::IdempotencyKey;
use serde::de::DeserializeOwned;
use url::form_urlencoded;
use wire::{AppError, Code};

use crate::error::{ApiError, ApiResult};

/// What stands in the path.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => {
                without_nul(parts.uri.path(), "path")?;
                Ok(Self(value))
            }
            Err(PathRejection::FailedToDeserializePathParams(_)) => {
                let params = RawPathParams::from_request_parts(parts, state).await;
                let name = params
                    .ok()
                    .and_then(|params| Some(params.iter().next()?.0.to_owned()));
                let name = name.unwrap_or_else(|| "path".to_owned());
                Err(AppError::field(&name, "type", "the path has another type here").into())
            }
            Err(_) => Err(Code::NotFound.into()),
        }
    }
}

/// What stands after the question mark.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let query = parts.uri.query().unwrap_or_default();
        without_nul(query, "query")?;
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        let value = serde_path_to_error::deserialize(pairs);
        let value = value.map_err(|error| {
            AppError::field(&error.path().to_string(), "type", &error.to_string())
        })?;
        Ok(Self(value))
    }
}

/// PostgreSQL cannot store U+0000, and no parameter has a use for it.
fn without_nul(text: &str, part: &str) -> ApiResult<()> {
    if text.contains("%00") {
        return Err(
            AppError::field(part, "characters", "the character U+0000 is not allowed").into(),
        );
    }
    Ok(())
}

/// The `Idempotency-Key` header, as the API's document shows it.
#[derive(utoipa::IntoParams)]
#[into_params(names("Idempotency-Key"), parameter_in = Header)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct KeyHeader(
    /// 1 to 128 visible characters
    #[param(max_length = 128)]
    Option<String>,
);

/// The `Idempotency-Key` header, if there is one.
#[derive(Clone, Debug)]
pub struct Key(pub Option<IdempotencyKey>);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let mut values = parts.headers.get_all("idempotency-key").into_iter();
        let key = values
            .next()
            .map(|value| IdempotencyKey::parse(value.to_str().unwrap_or_default()))
            .transpose()?;
        // Two names for one request are none.
        if values.next().is_some() {
            return Err(AppError::field(
                "Idempotency-Key",
                "characters",
                "the header is there twice",
            )
            .into());
        }
        Ok(Self(key))
    }
}
