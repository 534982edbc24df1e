//! Spinning the slot.

use axum::Extension;
use axum::extract::State;
use backend::Device;
use utoipa_axum::routes;
use wire::slot::{SpinRequest, SpinResult};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader};
use crate::identity::Claim;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new().routes(routes!(spin))
}

refusals!(SpinRefusals:
    InsufficientTokens, BalanceTooLarge, StakeTooSmall, StakeTooLarge, StakeUneven, BadLines,
    RateLimited,
);

/// Plays one spin. With an `Idempotency-Key` it is played once, however often it is sent.
#[utoipa::path(
    post, path = "/api/games/slot/spin", operation_id = "games_slot_spin_v1", tag = "slot", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "What it gave", body = SpinResult),
        SpinRefusals,
    )
)]
async fn spin(
    State(state): State<AppState>,
    Claim(claimed): Claim,
    Extension(device): Extension<Device>,
    Key(key): Key,
    Json(request): Json<SpinRequest>,
) -> ApiResult<Json<SpinResult>> {
    let result = state
        .backend
        .slot
        .spin(&claimed, request, key, &device)
        .await?;
    Ok(Json(result))
}
