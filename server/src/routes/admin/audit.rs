//! What staff did.

use axum::extract::State;
use utoipa_axum::routes;
use wire::Page;
use wire::staff::{AuditRequest, AuditRow};

use crate::error::ApiResult;
use crate::extract::{Json, Query};
use crate::identity::StaffCall;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new().routes(routes!(list))
}

/// What staff did, and what they were refused, newest first.
#[utoipa::path(
    get, path = "/api/admin/audit", operation_id = "admin_audit_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("audit_read"))),
    params(AuditRequest),
    responses(
        (status = 200, description = "Those that the filter lets through", body = Page<AuditRow>),
    )
)]
async fn list(
    State(state): State<AppState>,
    StaffCall(staff, Query(filter)): StaffCall<Query<AuditRequest>>,
) -> ApiResult<Json<Page<AuditRow>>> {
    Ok(Json(state.backend.audit.list(&staff, filter).await?))
}
