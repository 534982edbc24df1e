//! Who asks: a bearer token, else the browser's cookie.

use std::convert::Infallible;

use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use backend::limits::Limit;
use backend::{Claimed, Member, Origin, Staff};
use wire::Code;
use wire::user::Rank;

use crate::bearer;
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;

/// The access token that a request shows; a header counts before a cookie.
#[must_use]
pub(crate) fn access_token(headers: &HeaderMap, state: &AppState) -> Option<String> {
    if headers.contains_key(header::AUTHORIZATION) {
        return bearer::shown(headers).map(str::to_owned);
    }
    app::ssr::cookies::access_from(headers, state.pages.jar)
}

/// Counts what a member only reads.
///
/// # Errors
/// `rate_limited` with when to come back.
pub(crate) async fn counted(member: &Member, request: &Parts, state: &AppState) -> ApiResult<()> {
    if request.method.is_safe() {
        reads(member, state).await?;
    }
    Ok(())
}

/// Counts that a member reads, whatever the method says: a channel is opened by any.
///
/// # Errors
/// `rate_limited` with when to come back.
pub(crate) async fn reads(member: &Member, state: &AppState) -> ApiResult<()> {
    let who = member.user_id.to_string();
    Ok(state.backend.limits.check(Limit::Read, &who).await?)
}

/// Who asks, by the signature of their token, for a service that reads itself whether they may act; 401
/// for anyone else.
pub(crate) struct Claim(pub(crate) Claimed);

impl FromRequestParts<AppState> for Claim {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let token = access_token(&parts.headers, state).ok_or(Code::Unauthenticated)?;
        Ok(Self(state.backend.accounts.claimed(&token)?))
    }
}

/// The member who asks; 401 for anyone else. Reading is counted here, changes in the services.
pub struct Caller(pub Member);

impl Caller {
    /// Refuses members below a rank; whoever acts as one who runs the club may go everywhere.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn at_least(&self, rank: Rank) -> ApiResult<()> {
        if self.0.rank >= rank || self.0.acts_as_staff() {
            Ok(())
        } else {
            Err(Code::Forbidden.into())
        }
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let token = access_token(&parts.headers, state).ok_or(Code::Unauthenticated)?;
        let member = state.backend.accounts.authenticate(&token).await?;
        counted(&member, parts, state).await?;
        Ok(Self(member))
    }
}

/// The member who asks, or nobody where no access token counts; for what a refresh token does as well.
pub(crate) struct Asker(pub(crate) Option<Member>);

impl FromRequestParts<AppState> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        match Caller::from_request_parts(parts, state).await {
            Ok(Caller(member)) => Ok(Self(Some(member))),
            Err(error) if error.0.code() == Code::Unauthenticated => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }
}

/// Whoever asks: a member, or somebody who is not signed in.
pub struct Visitor(pub Option<Member>);

impl FromRequestParts<AppState> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        if access_token(&parts.headers, state).is_none() {
            return Ok(Self(None));
        }
        // A token that does not count is told so, instead of showing another page than meant.
        let Caller(member) = Caller::from_request_parts(parts, state).await?;
        Ok(Self(Some(member)))
    }
}

/// Where a call comes from, as the audit log keeps it.
pub(crate) struct CameFrom(pub(crate) Origin);

impl<S: Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let origin = parts.extensions.get::<Origin>();
        Ok(Self(origin.cloned().unwrap_or_default()))
    }
}

/// Someone who runs the club, and what they ask for. The service keeps what becomes of it; that it
/// cannot be read, or that somebody asks who may not act as staff, is kept here.
pub struct StaffCall<E>(pub Staff, pub E);

impl<E, M> FromRequest<AppState, M> for StaffCall<E>
where
    E: FromRequest<AppState, M, Rejection = ApiError>,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> ApiResult<Self> {
        let (mut parts, body) = request.into_parts();
        let Caller(member) = Caller::from_request_parts(&mut parts, state).await?;
        let Ok(CameFrom(origin)) = CameFrom::from_request_parts(&mut parts, state).await;
        let audit = &state.backend.audit;
        // As the route has it: what stands in its places is anybody's text.
        let path = parts.extensions.get::<MatchedPath>();
        let path = path.map_or(String::new(), |path| path.as_str().to_owned());
        let staff = match state.backend.accounts.staff_call(&member, &origin).await {
            Ok(staff) => staff,
            Err(refused @ backend::Error::Refused(_)) => {
                audit.stranger(member.user_id, &path).await?;
                return Err(refused.into());
            }
            Err(failed) => return Err(failed.into()),
        };
        let is_change = !parts.method.is_safe();
        let refused = match E::from_request(Request::from_parts(parts, body), state).await {
            Ok(asked) => return Ok(Self(staff, asked)),
            Err(refused) => refused,
        };
        // Reading leaves no row, read or unread.
        if is_change {
            let code = refused.0.public().code;
            audit.unreadable(&staff, &path, code).await?;
        }
        Err(refused)
    }
}
