//! The list of what the club told a member.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::routes;
use wire::Page;
use wire::live::{Notification, ReadUntil, Unread};
use wire::page::PageRequest;

use crate::error::ApiResult;
use crate::extract::{Json, MaybeJson, Query};
use crate::identity::Caller;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(unread))
        .routes(routes!(read))
        .routes(routes!(read_all))
}

/// The member's events, newest first: the newest 200 of the last 30 days.
#[utoipa::path(
    get, path = "/api/notifications", operation_id = "notifications_list_v1", tag = "notifications",
    security(("bearer" = [])), params(PageRequest),
    responses((status = 200, description = "A page of them", body = Page<Notification>))
)]
async fn list(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(page): Query<PageRequest>,
) -> ApiResult<Json<Page<Notification>>> {
    let live = &state.backend.live;
    Ok(Json(live.notifications(member.user_id, page).await?))
}

/// How many of them the member has not read.
#[utoipa::path(
    get, path = "/api/notifications/unread", operation_id = "notifications_unread_v1", tag = "notifications",
    security(("bearer" = [])),
    responses((status = 200, description = "Their number", body = Unread))
)]
async fn unread(State(state): State<AppState>, Caller(member): Caller) -> ApiResult<Json<Unread>> {
    Ok(Json(state.backend.live.unread(member.user_id).await?))
}

refusals!(ReadRefusals: NotFound, RateLimited);

/// Marks an event as read.
#[utoipa::path(
    post, path = "/api/notifications/{id}/read", operation_id = "notifications_read_v1", tag = "notifications",
    security(("bearer" = [])), params(("id" = i64, Path, description = "The event's number in the member's log")),
    responses((status = 204, description = "It is"), ReadRefusals)
)]
async fn read(
    State(state): State<AppState>,
    Caller(member): Caller,
    Number(id): Number,
) -> ApiResult<StatusCode> {
    state.backend.live.read(member.user_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

refusals!(ReadAllRefusals: RateLimited);

/// Marks every event as read, or those up to the one that the member saw last.
#[utoipa::path(
    post, path = "/api/notifications/read-all", operation_id = "notifications_read_all_v1", tag = "notifications",
    security(("bearer" = [])), request_body = Option<ReadUntil>,
    responses((status = 204, description = "They are"), ReadAllRefusals)
)]
async fn read_all(
    State(state): State<AppState>,
    Caller(member): Caller,
    MaybeJson(request): MaybeJson<ReadUntil>,
) -> ApiResult<StatusCode> {
    let until = request.until.unwrap_or(i64::MAX);
    state.backend.live.read_until(member.user_id, until).await?;
    Ok(StatusCode::NO_CONTENT)
}
