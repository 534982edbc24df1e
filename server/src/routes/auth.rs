//! Signing up, in and out.

mod second_factor;

use app::ssr::cookies;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use backend::{Device, Door, Entry};
use utoipa_axum::routes;
use wire::auth::{AdminLoginRequest, LoginRequest, RefreshRequest, Session, SignUpRequest, Token};
use wire::user::User;
use wire::{Code, Page, SessionId};

use crate::bearer;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, MaybeJson, Path};
use crate::identity::{Asker, Caller, CameFrom};
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(sign_up))
        .routes(routes!(login))
        .routes(routes!(admin_login))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(logout_all))
        .routes(routes!(me))
        .routes(routes!(sessions))
        .routes(routes!(end_session))
        .merge(second_factor::router())
}

refusals!(SignUpRefusals:
    InviteUnknown, InviteUsedUp, InviteExpired, InviteInactive, SiteIdTaken, NicknameTaken,
    PhoneTaken, RateLimited,
);

/// Joins the club with an invite code. The session of a refresh cookie that is sent along ends.
#[utoipa::path(
    post, path = "/api/auth/signup", operation_id = "auth_sign_up_v1", tag = "auth",
    responses(
        (status = 201, description = "Joined and signed in", body = Token),
        SignUpRefusals,
    )
)]
async fn sign_up(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    headers: HeaderMap,
    Json(request): Json<SignUpRequest>,
) -> ApiResult<(StatusCode, Json<Token>)> {
    let before = cookies::refresh_from(&headers, state.pages.jar);
    let entry = Entry::of_browser(&device, before.as_deref());
    let token = state.backend.accounts.sign_up(request, entry).await?;
    Ok((StatusCode::CREATED, Json(token)))
}

refusals!(LoginRefusals: BadCredentials, Banned, Locked: "with `Retry-After`", RateLimited: "with `Retry-After`");

/// Signs in. The session of a refresh cookie that is sent along ends.
#[utoipa::path(
    post, path = "/api/auth/login", operation_id = "auth_login_v1", tag = "auth",
    responses(
        (status = 200, description = "Signed in", body = Token),
        LoginRefusals,
    )
)]
async fn login(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    headers: HeaderMap,
    Json(request): Json<LoginRequest>,
) -> ApiResult<Json<Token>> {
    let before = cookies::refresh_from(&headers, state.pages.jar);
    let entry = Entry::of_browser(&device, before.as_deref());
    Ok(Json(state.backend.accounts.login(request, entry).await?))
}

refusals!(AdminLoginRefusals:
    BadCredentials, CodeRequired: "the password is right", WrongCode: "it counts like a wrong password",
    Forbidden: "not an admin", Banned, Locked: "with `Retry-After`", RateLimited: "with `Retry-After`",
);

/// Signs in someone who runs the club, in a session of staff's: as such it ends after 12 hours, or 30 minutes
/// in which no call of staff's is made. The session of a refresh cookie that is sent along ends.
#[utoipa::path(
    post, path = "/api/auth/admin/login", operation_id = "auth_admin_login_v1", tag = "auth",
    responses(
        (status = 200, description = "Signed in", body = Token),
        AdminLoginRefusals,
    )
)]
async fn admin_login(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    CameFrom(origin): CameFrom,
    headers: HeaderMap,
    Json(request): Json<AdminLoginRequest>,
) -> ApiResult<Json<Token>> {
    let before = cookies::refresh_from(&headers, state.pages.jar);
    let entry = Entry::of_browser(&device, before.as_deref()).in_request(&origin);
    Ok(Json(
        state.backend.accounts.admin_login(request, entry).await?,
    ))
}

refusals!(RefreshRefusals:
    BadRefreshToken: "unknown, expired, of a sign-in 90 days ago, or used before, which ends its session", Banned,
    RateLimited,
);

/// Trades a refresh token for a new pair. It stands in the body, in `Authorization: Bearer`, or in
/// the browser's cookie; only then the answer sets cookies.
#[utoipa::path(
    post, path = "/api/auth/refresh", operation_id = "auth_refresh_v1", tag = "auth",
    request_body = Option<RefreshRequest>,
    responses(
        (status = 200, description = "A new pair; the old one is void", body = Token),
        RefreshRefusals,
    )
)]
async fn refresh(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    headers: HeaderMap,
    MaybeJson(request): MaybeJson<RefreshRequest>,
) -> ApiResult<Response> {
    let (token, door) = shown(&state, request, &headers).ok_or(Code::BadRefreshToken)?;
    let refreshed = state.backend.accounts.refresh(&token, door, &device).await;
    Ok(match (refreshed, door) {
        (Ok(pair), Door::Body) => Json(pair).into_response(),
        (Ok(pair), Door::Cookie) => (set(&state, &pair), Json(pair)).into_response(),
        (Err(error), Door::Cookie) if is_over(&error) => {
            (clear(&state), ApiError(error)).into_response()
        }
        (Err(error), _) => return Err(error.into()),
    })
}

/// Ends the session that asks. Where no access token counts any more, a refresh token does, in the body
/// or in the browser's cookie.
#[utoipa::path(
    post, path = "/api/auth/logout", operation_id = "auth_logout_v1", tag = "auth", security(("bearer" = [])),
    request_body = Option<RefreshRequest>,
    responses((status = 204, description = "Ended; a browser's cookies are cleared"))
)]
async fn logout(
    State(state): State<AppState>,
    Asker(member): Asker,
    headers: HeaderMap,
    MaybeJson(request): MaybeJson<RefreshRequest>,
) -> ApiResult<Response> {
    let accounts = &state.backend.accounts;
    let token = request
        .refresh_token
        .or_else(|| cookies::refresh_from(&headers, state.pages.jar));
    match (member, token) {
        (Some(member), token) => accounts.logout(&member, token.as_deref()).await?,
        (None, Some(token)) => accounts.logout_by(&token).await?,
        (None, None) => return Err(Code::Unauthenticated.into()),
    }
    Ok(signed_out(&state, &headers))
}

/// Ends every session of the member.
#[utoipa::path(
    post, path = "/api/auth/logout-all", operation_id = "auth_logout_all_v1", tag = "auth", security(("bearer" = [])),
    responses((status = 204, description = "All ended; a browser's cookies are cleared"))
)]
async fn logout_all(
    State(state): State<AppState>,
    Caller(member): Caller,
    headers: HeaderMap,
) -> ApiResult<Response> {
    state.backend.accounts.logout_all(&member).await?;
    Ok(signed_out(&state, &headers))
}

/// The member who asks; the same as `/api/users/profile`.
#[utoipa::path(
    get, path = "/api/auth/me", operation_id = "auth_me_v1", tag = "auth", security(("bearer" = [])),
    responses((status = 200, description = "Them", body = User))
)]
async fn me(State(state): State<AppState>, Caller(member): Caller) -> ApiResult<Json<User>> {
    Ok(Json(state.backend.accounts.me(member.user_id).await?))
}

/// The member's sessions, one for each device, newest first; at most 200, on one page.
#[utoipa::path(
    get, path = "/api/auth/sessions", operation_id = "auth_sessions_v1", tag = "auth", security(("bearer" = [])),
    responses((status = 200, description = "The running ones", body = Page<Session>))
)]
async fn sessions(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<Page<Session>>> {
    let items = state.backend.accounts.sessions(&member).await?;
    Ok(Json(Page {
        items,
        next_cursor: None,
    }))
}

refusals!(EndSessionRefusals: NotFound);

/// Ends one session of the member.
#[utoipa::path(
    delete, path = "/api/auth/sessions/{id}", operation_id = "auth_end_session_v1", tag = "auth", security(("bearer" = [])),
    params(("id" = String, Path, description = "The session's id")),
    responses((status = 204, description = "Ended"), EndSessionRefusals)
)]
async fn end_session(
    State(state): State<AppState>,
    Caller(member): Caller,
    Path(id): Path<SessionId>,
) -> ApiResult<StatusCode> {
    state.backend.accounts.end_session(&member, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The refresh token that a request shows, and how.
fn shown(state: &AppState, request: RefreshRequest, headers: &HeaderMap) -> Option<(String, Door)> {
    let body = request
        .refresh_token
        .or_else(|| bearer::shown(headers).map(str::to_owned));
    let cookie = cookies::refresh_from(headers, state.pages.jar);
    body.map(|token| (token, Door::Body))
        .or(cookie.map(|token| (token, Door::Cookie)))
}

/// Whether the browser's session is gone for good.
fn is_over(error: &backend::Error) -> bool {
    matches!(error.code(), Code::BadRefreshToken | Code::Banned)
}

type Cookies = AppendHeaders<[(header::HeaderName, HeaderValue); 3]>;

fn set(state: &AppState, pair: &Token) -> Cookies {
    AppendHeaders(cookies::set_pair(pair, &state.pages).map(|cookie| (header::SET_COOKIE, cookie)))
}

fn clear(state: &AppState) -> Cookies {
    AppendHeaders(cookies::clear(&state.pages).map(|cookie| (header::SET_COOKIE, cookie)))
}

fn signed_out(state: &AppState, headers: &HeaderMap) -> Response {
    let jar = state.pages.jar;
    let sent_cookies = cookies::access_from(headers, jar)
        .or_else(|| cookies::refresh_from(headers, jar))
        .is_some();
    if sent_cookies {
        return (StatusCode::NO_CONTENT, clear(state)).into_response();
    }
    StatusCode::NO_CONTENT.into_response()
}
