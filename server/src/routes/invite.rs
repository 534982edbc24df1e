//! Invite codes.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use backend::Device;
use backend::limits::Limit;
use utoipa_axum::routes;
use wire::Page;
use wire::invite::{GenerateRequest, Invite, ValidateRequest, Validity};
use wire::page::PageRequest;
use wire::staff::Permission;

use crate::error::ApiResult;
use crate::extract::{Json, MaybeJson, Path, Query};
use crate::identity::{Caller, CameFrom, StaffCall};
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(validate))
        .routes(routes!(generate))
        .routes(routes!(codes))
        .routes(routes!(deactivate))
}

refusals!(ValidateRefusals: RateLimited);

/// Whether a code would let someone in now.
#[utoipa::path(
    post, path = "/api/invite/validate", operation_id = "invite_validate_v1", tag = "invite",
    responses(
        (status = 200, description = "Whether, and why not", body = Validity),
        ValidateRefusals,
    )
)]
async fn validate(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    Json(request): Json<ValidateRequest>,
) -> ApiResult<Json<Validity>> {
    state
        .backend
        .limits
        .check(Limit::CodeCheck, &device.address)
        .await?;
    Ok(Json(state.backend.invites.validate(&request.code).await?))
}

refusals!(GenerateRefusals: Forbidden, RateLimited: "many such calls of somebody who may not");

/// Makes a code; staff only.
#[utoipa::path(
    post, path = "/api/invite/generate", operation_id = "invite_generate_v1", tag = "invite", security(("bearer" = [])),
    extensions(("x-permission" = json!("invites"))), request_body = Option<GenerateRequest>,
    responses((status = 201, description = "Made", body = Invite), GenerateRefusals)
)]
async fn generate(
    State(state): State<AppState>,
    StaffCall(staff, MaybeJson(request)): StaffCall<MaybeJson<GenerateRequest>>,
) -> ApiResult<(StatusCode, Json<Invite>)> {
    let invites = &state.backend.invites;
    let invite = invites.generate(&staff, request).await?;
    Ok((StatusCode::CREATED, Json(invite)))
}

/// The codes that the member made, newest first; all of them for staff who see them.
#[utoipa::path(
    get, path = "/api/invite/codes", operation_id = "invite_codes_v1", tag = "invite", security(("bearer" = [])),
    params(PageRequest),
    responses((status = 200, description = "A page of them", body = Page<Invite>))
)]
async fn codes(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Query(page): Query<PageRequest>,
) -> ApiResult<Json<Page<Invite>>> {
    let (invites, accounts) = (&state.backend.invites, &state.backend.accounts);
    let staff = accounts.staff_who_may(&member, Permission::InvitesRead, &origin);
    let listed = match staff.await {
        Some(staff) => invites.list_all(&staff, page).await,
        None => invites.list(&member, page).await,
    };
    Ok(Json(listed?))
}

refusals!(DeactivateRefusals: Forbidden: "somebody else made it", NotFound, RateLimited);

/// Switches a code off; its creator, or staff who make them.
#[utoipa::path(
    patch, path = "/api/invite/codes/{code}/deactivate", operation_id = "invite_deactivate_v1", tag = "invite",
    security(("bearer" = [])),
    params(("code" = String, Path, description = "The code")),
    responses(
        (status = 200, description = "Switched off", body = Invite),
        DeactivateRefusals,
    )
)]
async fn deactivate(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Path(code): Path<String>,
) -> ApiResult<Json<Invite>> {
    let (invites, accounts) = (&state.backend.invites, &state.backend.accounts);
    let staff = accounts.staff_who_may(&member, Permission::Invites, &origin);
    let switched_off = match staff.await {
        Some(staff) => invites.deactivate_any(&staff, &code).await,
        None => invites.deactivate(&member, &code).await,
    };
    Ok(Json(switched_off?))
}
