//! What waits for a second pair of eyes.

use axum::extract::State;
use backend::shop::uninterrupted;
use utoipa_axum::routes;
use wire::Page;
use wire::desk::{Approval, ApprovalLinesRequest, ApprovalWhole, ApprovalsRequest};
use wire::staff::ReasonRequest;

use crate::error::ApiResult;
use crate::extract::{At, Json, MaybeJson, OfApproval, On, Query};
use crate::identity::StaffCall;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(find))
        .routes(routes!(approve))
        .routes(routes!(refuse))
        .routes(routes!(cancel))
}

/// What waits or waited, and which page of it.
type AtApproval = At<Number, Query<ApprovalLinesRequest>>;
/// What waits, and why.
type OnApproval = On<Number, MaybeJson<ReasonRequest>>;

/// What staff asked for that goes beyond what one of them does alone in a day, whatever became of it.
#[utoipa::path(
    get, path = "/api/admin/approvals", operation_id = "admin_approvals_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("approvals_read"))),
    params(ApprovalsRequest),
    responses(
        (status = 200, description = "Newest first", body = Page<Approval>),
    )
)]
async fn list(
    State(state): State<AppState>,
    StaffCall(staff, Query(request)): StaffCall<Query<ApprovalsRequest>>,
) -> ApiResult<Json<Page<Approval>>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.approvals(&staff, request).await?))
}

refusals!(FindRefusals: NotFound: "nothing has that number");

/// What was asked for under a number, with all that it does in pages.
#[utoipa::path(
    get, path = "/api/admin/approvals/{approval_id}", operation_id = "admin_approval_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("approvals_read"))),
    params(OfApproval, ApprovalLinesRequest),
    responses(
        (status = 200, description = "As it stands now", body = ApprovalWhole),
        FindRefusals,
    )
)]
async fn find(
    State(state): State<AppState>,
    StaffCall(staff, At(Number(id), Query(page))): StaffCall<AtApproval>,
) -> ApiResult<Json<ApprovalWhole>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.approval(&staff, id, page).await?))
}

refusals!(ApproveRefusals:
    NotFound: "nothing has that number", OwnAccount: "whoever asks asked for it",
    Forbidden: "whoever asks could not do it themselves",
    ApprovalDecided, Expired: "nobody decided within 24 hours",
    PreviewChanged: "it would do something else by now than what was shown, or whoever asked for it may no more, and has failed",
);

/// Grants what somebody else asked for: it is done at once, as it was shown or not at all.
#[utoipa::path(
    post, path = "/api/admin/approvals/{approval_id}/approve", operation_id = "admin_approve_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("approvals")), ("x-confirmation" = json!(true))),
    params(OfApproval),
    responses(
        (status = 200, description = "As it stands now, with what it came to", body = Approval),
        ApproveRefusals,
    )
)]
async fn approve(
    State(state): State<AppState>,
    StaffCall(staff, Number(id)): StaffCall<Number>,
) -> ApiResult<Json<Approval>> {
    let desk = state.backend.desk.clone();
    let granting = async move { desk.approve(&staff, id).await };
    Ok(Json(uninterrupted(granting).await?))
}

refusals!(RefuseRefusals:
    NotFound: "nothing has that number", OwnAccount: "whoever asks asked for it",
    ApprovalDecided, Expired: "nobody decided within 24 hours",
);

/// Refuses what somebody else asked for.
#[utoipa::path(
    post, path = "/api/admin/approvals/{approval_id}/refuse", operation_id = "admin_refuse_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("approvals"))),
    params(OfApproval), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "As it stands now", body = Approval),
        RefuseRefusals,
    )
)]
async fn refuse(
    State(state): State<AppState>,
    StaffCall(staff, On(Number(id), MaybeJson(request))): StaffCall<OnApproval>,
) -> ApiResult<Json<Approval>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.refuse(&staff, id, request).await?))
}

refusals!(CancelRefusals:
    NotFound: "nothing has that number",
    ApprovalDecided, Expired: "nobody decided within 24 hours",
);

/// Takes back what whoever asks had asked for.
#[utoipa::path(
    post, path = "/api/admin/approvals/{approval_id}/cancel", operation_id = "admin_cancel_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("approvals"))),
    params(OfApproval),
    responses(
        (status = 200, description = "As it stands now", body = Approval),
        CancelRefusals,
    )
)]
async fn cancel(
    State(state): State<AppState>,
    StaffCall(staff, Number(id)): StaffCall<Number>,
) -> ApiResult<Json<Approval>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.cancel(&staff, id).await?))
}
