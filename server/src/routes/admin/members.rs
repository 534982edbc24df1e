//! Members, as staff see them.

use axum::extract::State;
use utoipa_axum::routes;
use wire::desk::{MemberList, MembersRequest};

use crate::error::ApiResult;
use crate::extract::{Json, Query};
use crate::identity::StaffCall;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new().routes(routes!(list))
}

/// Members, searched, filtered and sorted, a page of them.
#[utoipa::path(
    get, path = "/api/admin/users", operation_id = "admin_members_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("members_read"))),
    params(MembersRequest),
    responses(
        (status = 200, description = "Those that the filter lets through, and how many there are", body = MemberList),
    )
)]
async fn list(
    State(state): State<AppState>,
    StaffCall(staff, Query(request)): StaffCall<Query<MembersRequest>>,
) -> ApiResult<Json<MemberList>> {
    let accounts = &state.backend.accounts;
    Ok(Json(accounts.members(&staff, request).await?))
}
