//! Whether the club is up.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use utoipa_axum::routes;
use wire::health::{Engines, Health};
use wire::{AppError, Code};

use crate::bearer;
use crate::error::ApiResult;
use crate::extract::Json;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(health))
        .routes(routes!(ready))
        .routes(routes!(metrics))
}

/// Whether the club is up, and on what it runs.
#[utoipa::path(
    get, path = "/health", operation_id = "health_check_v1", tag = "health",
    responses(
        (status = 200, description = "It is", body = Health),
        (status = 503, description = "The database is unreachable", body = Health, content_type = "application/json"),
    )
)]
async fn health(State(state): State<AppState>) -> impl IntoResponse {
    let is_healthy = state.backend.db().is_reachable().await;
    let (code, status) = if is_healthy {
        (StatusCode::OK, "healthy")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unhealthy")
    };
    let engines = Engines {
        database: state.backend.db().dialect().name().to_owned(),
        sessions: state.backend.limits.engine().to_owned(),
        stream: "in-process".to_owned(),
    };
    (
        code,
        Json(Health {
            status: status.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            engines,
        }),
    )
}

refusals!(ReadyRefusals: Unavailable);

/// Whether requests should be sent here: not while the server stops, nor without its database.
#[utoipa::path(
    get, path = "/ready", operation_id = "health_ready_v1", tag = "health",
    responses((status = 204, description = "They should"), ReadyRefusals)
)]
async fn ready(State(state): State<AppState>) -> ApiResult<StatusCode> {
    if state.is_taking_work() && state.backend.db().is_reachable().await {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(AppError::new(Code::Unavailable).retry_after(1).into())
}

refusals!(MetricsRefusals: NotFound: "in production, without the token of the settings");

/// Counts and latencies for Prometheus. Nothing in it is about a member; in production it wants a bearer token all the same.
#[utoipa::path(
    get, path = "/metrics", operation_id = "health_metrics_v1", tag = "health",
    responses(
        (status = 200, description = "In Prometheus' text format", body = String, content_type = "text/plain"),
        MetricsRefusals,
    )
)]
async fn metrics(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<impl IntoResponse> {
    let token = state.http.metrics_token.as_ref();
    let is_shown = token.is_some_and(|token| bearer::is(&headers, token));
    if state.http.is_production() && !is_shown {
        return Err(Code::NotFound.into());
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], state.metrics.render()))
}
