//! Rock-paper-scissors.

use axum::Extension;
use axum::extract::State;
use backend::Device;
use utoipa_axum::routes;
use wire::rps::{ThrowRequest, ThrowResult};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader};
use crate::identity::Claim;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new().routes(routes!(play))
}

refusals!(PlayRefusals:
    InsufficientTokens, BalanceTooLarge, StakeTooSmall, StakeTooLarge, RateLimited,
);

/// Plays one throw. With an `Idempotency-Key` it is played once, however often it is sent.
#[utoipa::path(
    post, path = "/api/games/rps/play", operation_id = "games_rps_play_v1", tag = "rps", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "What it gave", body = ThrowResult),
        PlayRefusals,
    )
)]
async fn play(
    State(state): State<AppState>,
    Claim(claimed): Claim,
    Extension(device): Extension<Device>,
    Key(key): Key,
    Json(request): Json<ThrowRequest>,
) -> ApiResult<Json<ThrowResult>> {
    let rps = &state.backend.rps;
    Ok(Json(rps.play(&claimed, request, key, &device).await?))
}
