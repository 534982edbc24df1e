//! The gacha.

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use backend::Device;
use utoipa_axum::routes;
use wire::Page;
use wire::gacha::{GachaConfig, GachaStats, PastRound, PastRoundsRequest, PullRequest, PullResult};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader, Query};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(pull))
        .routes(routes!(config))
        .routes(routes!(stats))
        .routes(routes!(history))
        .routes(routes!(export))
}

refusals!(PullRefusals: InsufficientTokens, RateLimited);

/// Pulls one to ten times as one round. With an `Idempotency-Key` it is played once, however often
/// it is sent.
#[utoipa::path(
    post, path = "/api/games/gacha/pull", operation_id = "games_gacha_pull_v1", tag = "gacha", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "What it gave", body = PullResult),
        PullRefusals,
    )
)]
async fn pull(
    State(state): State<AppState>,
    Caller(member): Caller,
    Extension(device): Extension<Device>,
    Key(key): Key,
    Json(request): Json<PullRequest>,
) -> ApiResult<Json<PullResult>> {
    let gacha = &state.backend.gacha;
    let pulled = gacha.pull(member.user_id, request, key, &device).await?;
    Ok(Json(pulled))
}

/// The machine: what it costs, what it holds, how it draws.
#[utoipa::path(
    get, path = "/api/games/gacha/config", operation_id = "games_gacha_config_v1", tag = "gacha",
    responses((status = 200, description = "The tables in force", body = GachaConfig))
)]
async fn config(State(state): State<AppState>) -> Json<GachaConfig> {
    Json(state.backend.gacha.config())
}

/// Where the member stands: pity, exact odds of the next pull, collection.
#[utoipa::path(
    get, path = "/api/games/gacha/stats", operation_id = "games_gacha_stats_v1", tag = "gacha", security(("bearer" = [])),
    responses((status = 200, description = "The member's own", body = GachaStats))
)]
async fn stats(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<GachaStats>> {
    Ok(Json(state.backend.gacha.stats(member.user_id).await?))
}

/// The member's past rounds, newest first.
#[utoipa::path(
    get, path = "/api/games/gacha/history", operation_id = "games_gacha_history_v1", tag = "gacha", security(("bearer" = [])),
    params(PastRoundsRequest),
    responses((status = 200, description = "A page of them", body = Page<PastRound>))
)]
async fn history(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<PastRoundsRequest>,
) -> ApiResult<Json<Page<PastRound>>> {
    let gacha = &state.backend.gacha;
    Ok(Json(gacha.history(member.user_id, request).await?))
}

/// The pulls of the member's newest 1,000 rounds as CSV, one a line.
#[utoipa::path(
    get, path = "/api/games/gacha/history.csv", operation_id = "games_gacha_export_v1", tag = "gacha", security(("bearer" = [])),
    responses((status = 200, description = "hand_id, pulled_at, rules_version, item, rarity", body = String, content_type = "text/csv"))
)]
async fn export(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<impl IntoResponse> {
    let csv = state.backend.gacha.export(member.user_id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"gacha.csv\"",
        ),
    ];
    Ok((headers, csv))
}
