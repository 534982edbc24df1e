//! Paths, queries and the idempotency key.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use backend::IdempotencyKey;
use serde::de::DeserializeOwned;
use wire::{AppError, Code, read};

use crate::error::{ApiError, ApiResult};

/// What stands in the path.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            // PostgreSQL cannot store U+0000, and no path has a use for it.
            Ok(_) if parts.uri.path().contains("%00") => {
                Err(
                    AppError::field("path", "characters", "the character U+0000 is not allowed")
                        .into(),
                )
            }
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
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

/// Of a call that takes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nothing;

impl<S: Sync> FromRequestParts<S> for Nothing {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, _: &S) -> ApiResult<Self> {
        Ok(Self)
    }
}

/// What stands in the path, and what comes in the body; read in this order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct On<P, B>(pub(crate) P, pub(crate) B);

impl<P, B, S> FromRequest<S> for On<P, B>
where
    P: FromRequestParts<S, Rejection = ApiError> + Send,
    B: FromRequest<S, Rejection = ApiError>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        let (mut parts, body) = request.into_parts();
        let path = P::from_request_parts(&mut parts, state).await?;
        let body = B::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Self(path, body))
    }
}

/// What stands after the question mark.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(read::query(query)?))
    }
}

/// What stands in the path, and after the question mark; read in this order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<P, Q>(pub(crate) P, pub(crate) Q);

impl<P, Q, S> FromRequestParts<S> for At<P, Q>
where
    P: FromRequestParts<S, Rejection = ApiError> + Send,
    Q: FromRequestParts<S, Rejection = ApiError>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let path = P::from_request_parts(parts, state).await?;
        let query = Q::from_request_parts(parts, state).await?;
        Ok(Self(path, query))
    }
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
