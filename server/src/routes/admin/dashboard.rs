//! How the club does.

use axum::extract::State;
use utoipa_axum::routes;
use wire::desk::Dashboard;

use crate::error::ApiResult;
use crate::extract::{Json, Nothing};
use crate::identity::StaffCall;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new().routes(routes!(today))
}

/// How the club does today, beside yesterday, and what waits for somebody.
#[utoipa::path(
    get, path = "/api/admin/dashboard", operation_id = "admin_dashboard_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("dashboard_read"))),
    responses((status = 200, description = "As it stands now", body = Dashboard))
)]
async fn today(
    State(state): State<AppState>,
    StaffCall(staff, Nothing): StaffCall<Nothing>,
) -> ApiResult<Json<Dashboard>> {
    Ok(Json(state.backend.desk.dashboard(&staff).await?))
}
