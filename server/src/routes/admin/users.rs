//! What staff do to members.

use axum::extract::State;
use utoipa_axum::routes;
use wire::desk::MemberRow;
use wire::staff::{BanRequest, ElevateRequest, ReasonRequest};
use wire::user::User;
use wire::{Code, UserId};

use crate::config::Environment;
use crate::error::ApiResult;
use crate::extract::{Json, MaybeJson, OfMember, On};
use crate::identity::StaffCall;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(ban))
        .routes(routes!(unban))
        .routes(routes!(elevate))
}

refusals!(BanRefusals: NotFound: "no such member", LastOwner);

/// Keeps a member out, at once and everywhere.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/ban", operation_id = "admin_ban_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members")), ("x-confirmation" = json!(true))),
    params(OfMember), request_body = Option<BanRequest>,
    responses(
        (status = 200, description = "The member as they stand now", body = MemberRow),
        BanRefusals,
    )
)]
async fn ban(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), MaybeJson(request))): StaffCall<
        On<Number, MaybeJson<BanRequest>>,
    >,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.ban(&staff, UserId(user), request).await?))
}

refusals!(UnbanRefusals: NotFound: "no such member");

/// Lets a member in again.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/unban", operation_id = "admin_unban_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members")), ("x-confirmation" = json!(true))),
    params(OfMember), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "The member as they stand now", body = MemberRow),
        UnbanRefusals,
    )
)]
async fn unban(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), MaybeJson(request))): StaffCall<
        On<Number, MaybeJson<ReasonRequest>>,
    >,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.unban(&staff, UserId(user), request).await?))
}

refusals!(ElevateRefusals: NotFound: "no such member, or production", OwnAccount);

/// Makes a member an owner; in development and under test only.
#[utoipa::path(
    post, path = "/api/admin/users/elevate", operation_id = "admin_elevate_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("staff")), ("x-confirmation" = json!(true))),
    request_body = ElevateRequest,
    responses(
        (status = 200, description = "The member as they stand now", body = User),
        ElevateRefusals,
    )
)]
async fn elevate(
    State(state): State<AppState>,
    StaffCall(staff, Json(request)): StaffCall<Json<ElevateRequest>>,
) -> ApiResult<Json<User>> {
    if state.http.environment == Environment::Production {
        return Err(Code::NotFound.into());
    }
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.elevate(&staff, request).await?))
}
