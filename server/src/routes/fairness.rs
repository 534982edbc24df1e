//! Seeds, commitments, and what it takes to check a hand.

use axum::extract::State;
use utoipa_axum::routes;
use wire::fairness::{ActivePair, ClientSeedRequest, RotateRequest, Round, RoundsRequest, Seeds};
use wire::{HandId, Page};

use crate::error::ApiResult;
use crate::extract::{Json, MaybeJson, Path, Query};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(seeds))
        .routes(routes!(set_client_seed))
        .routes(routes!(rotate))
        .routes(routes!(rounds))
        .routes(routes!(round))
}

/// The member's seeds: the pair in use, the commitment to the next, and the revealed ones.
#[utoipa::path(
    get, path = "/api/fairness/seeds", operation_id = "fairness_seeds_v1", tag = "fairness", security(("bearer" = [])),
    responses((status = 200, description = "At most 50 revealed ones, newest first", body = Seeds))
)]
async fn seeds(State(state): State<AppState>, Caller(member): Caller) -> ApiResult<Json<Seeds>> {
    Ok(Json(state.backend.fairness.seeds(member.user_id).await?))
}

refusals!(ClientSeedRefusals: RateLimited);

/// Changes the member's half of the pair in use; the nonce runs on.
#[utoipa::path(
    put, path = "/api/fairness/client-seed", operation_id = "fairness_client_seed_v1", tag = "fairness",
    security(("bearer" = [])),
    responses((status = 200, description = "The pair as it is now", body = ActivePair), ClientSeedRefusals)
)]
async fn set_client_seed(
    State(state): State<AppState>,
    Caller(member): Caller,
    Json(request): Json<ClientSeedRequest>,
) -> ApiResult<Json<ActivePair>> {
    Ok(Json(
        state
            .backend
            .fairness
            .set_client_seed(member.user_id, request)
            .await?,
    ))
}

refusals!(RotateRefusals: RoundRunning, RateLimited);

/// Reveals the pair in use and brings the next one into use.
#[utoipa::path(
    post, path = "/api/fairness/rotate", operation_id = "fairness_rotate_v1", tag = "fairness", security(("bearer" = [])),
    request_body = Option<RotateRequest>,
    responses(
        (status = 200, description = "The seeds as they are now", body = Seeds),
        RotateRefusals,
    )
)]
async fn rotate(
    State(state): State<AppState>,
    Caller(member): Caller,
    MaybeJson(request): MaybeJson<RotateRequest>,
) -> ApiResult<Json<Seeds>> {
    Ok(Json(
        state
            .backend
            .fairness
            .rotate(member.user_id, request)
            .await?,
    ))
}

/// The member's hands whose seeds are revealed, oldest first.
#[utoipa::path(
    get, path = "/api/fairness/rounds", operation_id = "fairness_rounds_v1", tag = "fairness", security(("bearer" = [])),
    params(RoundsRequest),
    responses((status = 200, description = "A page of them", body = Page<Round>))
)]
async fn rounds(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<RoundsRequest>,
) -> ApiResult<Json<Page<Round>>> {
    Ok(Json(
        state
            .backend
            .fairness
            .rounds(member.user_id, request)
            .await?,
    ))
}

refusals!(RoundRefusals: NotFound);

/// One hand of the member with everything that a verifier needs; the server seed once revealed.
#[utoipa::path(
    get, path = "/api/fairness/rounds/{hand_id}", operation_id = "fairness_round_v1", tag = "fairness",
    security(("bearer" = [])),
    params(("hand_id" = String, Path, description = "The hand's id")),
    responses((status = 200, description = "It", body = Round), RoundRefusals)
)]
async fn round(
    State(state): State<AppState>,
    Caller(member): Caller,
    Path(hand_id): Path<HandId>,
) -> ApiResult<Json<Round>> {
    Ok(Json(
        state
            .backend
            .fairness
            .round(member.user_id, &hand_id)
            .await?,
    ))
}
