//! Who runs the club, and as what.

use axum::extract::State;
use utoipa_axum::routes;
use wire::UserId;
use wire::staff::{RolesChange, StaffList, StaffMember};

use crate::error::ApiResult;
use crate::extract::{Json, Nothing, OfMember, On};
use crate::identity::StaffCall;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(find, change))
}

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
    extensions(("x-permission" = json!("staff"))),
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
