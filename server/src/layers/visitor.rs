//! Who looks at a page. A navigation whose access token ran out is refreshed on the way.

use app::jar::Jar;
use app::ssr::cookies;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::{Device, Door, Member};
use wire::Code;

use crate::error::ApiResult;
use crate::identity;
use crate::state::AppState;

/// Tells pages and server functions which member looks, if it is one.
pub(crate) async fn recognise(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let (member, cookies) = match visitor(&state, &parts).await {
        Ok(seen) => seen,
        Err(error) => return error.into_response(),
    };
    let counted = match &member {
        Some(member) => identity::counted(member, &parts, &state).await,
        None => Ok(()),
    };
    parts.extensions.insert(member);
    let mut response = match counted {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    if !sets_tokens(headers, state.pages.jar) {
        headers.extend(
            cookies
                .into_iter()
                .flatten()
                .map(|cookie| (header::SET_COOKIE, cookie)),
        );
    }
    response
}

/// The member, and the cookies that the answer should set.
type Seen = (Option<Member>, Option<[HeaderValue; 3]>);

async fn visitor(state: &AppState, request: &Parts) -> ApiResult<Seen> {
    let accounts = &state.backend.accounts;
    let refused = match identity::access_token(&request.headers, state) {
        None => Code::Unauthenticated,
        Some(token) => match accounts.authenticate(&token).await {
            Ok(member) => return Ok((Some(member), None)),
            Err(error) => signed_out(error)?,
        },
    };
    let refresh = cookies::refresh_from(&request.headers, state.pages.jar);
    match (refused, refresh) {
        (Code::Banned, _) => Ok((None, Some(cookies::clear(&state.pages)))),
        (_, Some(token)) if is_navigation(request) => refreshed(state, request, &token).await,
        _ => Ok((None, None)),
    }
}

async fn refreshed(state: &AppState, request: &Parts, token: &str) -> ApiResult<Seen> {
    let Some(device) = request.extensions.get::<Device>() else {
        return Ok((None, None));
    };
    match state
        .backend
        .accounts
        .refresh(token, Door::Cookie, device)
        .await
    {
        Ok(pair) => {
            let member = state
                .backend
                .accounts
                .authenticate(&pair.access_token)
                .await?;
            Ok((Some(member), Some(cookies::set_pair(&pair, &state.pages))))
        }
        // Looking signed out for a moment is better than being it.
        Err(error) if error.code() == Code::RateLimited => Ok((None, None)),
        Err(error) => {
            signed_out(error)?;
            Ok((None, Some(cookies::clear(&state.pages))))
        }
    }
}

/// The code of an error that means no more than signed out; everything else stays an error.
fn signed_out(error: backend::Error) -> ApiResult<Code> {
    match error.code() {
        code @ (Code::Unauthenticated | Code::BadRefreshToken | Code::Banned) => Ok(code),
        _ => Err(error.into()),
    }
}

/// Whether a browser goes to a page, by link or by form; scripts refresh for themselves.
fn is_navigation(request: &Parts) -> bool {
    let text = |name| {
        request
            .headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    text("sec-fetch-mode").map_or_else(
        || text("accept").is_some_and(|accept| accept.contains("text/html")),
        |mode| mode == "navigate",
    )
}

/// Whether the page itself signed somebody in or out; then that is what counts.
fn sets_tokens(headers: &HeaderMap, jar: Jar) -> bool {
    let access = jar.name(cookies::ACCESS);
    let cookies = headers
        .get_all(header::SET_COOKIE)
        .into_iter()
        .filter_map(|cookie| cookie.to_str().ok());
    cookies
        .filter_map(|cookie| cookie.split('=').next())
        .any(|name| name == access)
}
