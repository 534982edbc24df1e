//! Rewards that staff give many members at once.

use axum::extract::State;
use backend::Wish;
use backend::shop::uninterrupted;
use utoipa_axum::routes;
use wire::desk::{GrantBulkRequest, GrantBulkResult, Waits, WeighRequest, Weighed};

use super::weighed::Answered;
use crate::error::ApiResult;
use crate::extract::{At, Json, Key, KeyHeader, On, Query};
use crate::identity::StaffCall;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new().routes(routes!(grant_bulk))
}

/// Under which key, in which way, and what.
type InBulk = On<At<Key, Query<WeighRequest>>, Json<GrantBulkRequest>>;

refusals!(GrantBulkRefusals:
    TooMuchWaits: "it would have to wait, and 20 of what whoever asks asked for wait already",
    PreviewChanged: "it would do something else than what was shown",
);

/// Gives up to 1,000 members tokens, at most 500 in one transaction; what cannot be given to one is said of that
/// one. With an `Idempotency-Key` they are given once, however often it is sent.
#[utoipa::path(
    post, path = "/api/admin/rewards/grant-bulk", operation_id = "admin_grant_bulk_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("tokens")), ("x-confirmation" = json!(true))),
    params(KeyHeader, WeighRequest), request_body = GrantBulkRequest,
    responses(
        (status = 200, description = "What became of each; with `dry_run`, what would", body = Weighed<GrantBulkResult>),
        (status = 202, description = "It waits for somebody else to grant it", body = Waits),
        GrantBulkRefusals,
    )
)]
async fn grant_bulk(
    State(state): State<AppState>,
    StaffCall(staff, On(At(Key(key), Query(way)), Json(request))): StaffCall<InBulk>,
) -> ApiResult<Answered<GrantBulkResult>> {
    let giving = async move {
        let desk = &state.backend.desk;
        let wish = Wish::new(way, key);
        desk.ask_to_grant(&staff, request, wish).await
    };
    // What is given in parts is not left in the middle by a caller who goes away.
    Ok(Answered(uninterrupted(giving).await?))
}
