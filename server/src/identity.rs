//! Who asks: a bearer token, else the browser's cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use backend::Member;
use wire::Code;
use wire::user::Rank;

use crate::error::{ApiError, ApiResult};
use crate::state::AppState;

/// The token of the `Authorization` header.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The access token that a request shows; a header counts before a cookie.
#[must_use]
pub fn access_token(headers: &HeaderMap) -> Option<String> {
    if headers.contains_key(header::AUTHORIZATION) {
        return bearer(headers).map(str::to_owned);
    }
    app::ssr::cookies::access_from(headers)
}

/// The member who asks; 401 for anyone else.
pub struct Caller(pub Member);

impl Caller {
    /// Refuses members below a rank; whoever runs the club may go everywhere.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn at_least(&self, rank: Rank) -> ApiResult<()> {
        if self.0.rank >= rank || self.0.is_admin {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let token = access_token(&parts.headers).ok_or(Code::Unauthenticated)?;
        Ok(Self(state.backend.accounts.authenticate(&token).await?))
    }
}

/// Whoever asks: a member, or somebody who is not signed in.
pub struct Visitor(pub Option<Member>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        if access_token(&parts.headers).is_none() {
            return Ok(Self(None));
        }
        // A token that does not count is told so, instead of showing another page than meant.
        let Caller(member) = Caller::from_request_parts(parts, state).await?;
        Ok(Self(Some(member)))
    }
}

/// Someone who runs the club, in a call that is kept; so is that somebody else was refused.
pub struct Staff(pub Member);

impl FromRequestParts<AppState> for Staff {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Caller(member) = Caller::from_request_parts(parts, state).await?;
        if member.is_admin {
            return Ok(Self(member));
        }
        let shop = &state.backend.shop;
        shop.audit_foreign(member.user_id, parts.uri.path()).await?;
        Err(Code::Forbidden.into())
    }
}

/// Someone who runs the club; 403 for other members.
pub struct AdminCaller(pub Member);

impl FromRequestParts<AppState> for AdminCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Caller(member) = Caller::from_request_parts(parts, state).await?;
        if member.is_admin {
            Ok(Self(member))
        } else {
            Err(Code::Forbidden.into())
        }
    }
}
