//! Who runs the club, and as what.

use axum::extract::State;
use utoipa_axum::routes;
use wire::UserId;
use wire::desk::MemberRow;
use wire::staff::{ReasonRequest, RolesChange, StaffList, StaffMember};

use crate::error::ApiResult;
use crate::extract::{Json, MaybeJson, Nothing, OfMember, On};
use crate::identity::StaffCall;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(find, change))
        .routes(routes!(reset_totp))
}

/// A member, and why.
type OnMember = On<Number, MaybeJson<ReasonRequest>>;

/// Everyone who runs the club.
#[utoipa::path(
    get, path = "/api/admin/staff", operation_id = "admin_staff_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("staff_read"))),
    responses((status = 200, description = "In the order in which they joined", body = StaffList))
)]
async fn list(
    State(state): State<AppState>,
    StaffCall(staff, Nothing): StaffCall<Nothing>,
) -> ApiResult<Json<StaffList>> {
    Ok(Json(state.backend.accounts.staff(&staff).await?))
}

refusals!(FindRefusals: NotFound: "no such member");

/// What a member is in running the club, or could become.
#[utoipa::path(
    get, path = "/api/admin/staff/{user_id}", operation_id = "admin_staff_member_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("staff_read"))),
    params(OfMember),
    responses(
        (status = 200, description = "As it stands now", body = StaffMember),
        FindRefusals,
    )
)]
async fn find(
    State(state): State<AppState>,
    StaffCall(staff, Number(user)): StaffCall<Number>,
) -> ApiResult<Json<StaffMember>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.staff_member(&staff, UserId(user)).await?))
}

refusals!(ChangeRefusals:
    NotFound: "no such member", OwnAccount, LastOwner,
    EditConflict: "the roles changed since they were read",
);

/// Gives a member these roles and no others.
#[utoipa::path(
    put, path = "/api/admin/staff/{user_id}", operation_id = "admin_change_roles_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("staff")), ("x-confirmation" = json!(true))),
    params(OfMember), request_body = RolesChange,
    responses(
        (status = 200, description = "As it stands now", body = StaffMember),
        ChangeRefusals,
    )
)]
async fn change(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), Json(change))): StaffCall<On<Number, Json<RolesChange>>>,
) -> ApiResult<Json<StaffMember>> {
    let accounts = &state.backend.accounts;
    Ok(Json(
        accounts.set_roles(&staff, UserId(user), change).await?,
    ))
}

refusals!(ResetTotpRefusals:
    NotFound: "no such member, or one without a second factor", OwnAccount,
);

/// Takes a member's second factor away, and ends their sign-ins.
#[utoipa::path(
    post, path = "/api/admin/users/{user_id}/totp/reset", operation_id = "admin_reset_totp_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("staff")), ("x-confirmation" = json!(true))),
    params(OfMember), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "The member as they stand now", body = MemberRow),
        ResetTotpRefusals,
    )
)]
async fn reset_totp(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(user), MaybeJson(request))): StaffCall<OnMember>,
) -> ApiResult<Json<MemberRow>> {
    let accounts = &state.backend.accounts;
    let reset = accounts.reset_second_factor(&staff, UserId(user), request);
    Ok(Json(reset.await?))
}
