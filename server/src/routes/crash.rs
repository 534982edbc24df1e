//! Rounds of crash.

use axum::Extension;
use axum::extract::State;
use backend::{Arrival, Device};
use utoipa_axum::routes;
use wire::crash::{BetRequest, BetResult, CashoutRequest, CashoutResult, CurrentRound};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(bet))
        .routes(routes!(cashout))
        .routes(routes!(current))
}

refusals!(BetRefusals:
    InsufficientTokens, RoundActive: "the member's last round still runs", StakeTooSmall,
    StakeTooLarge, RateLimited,
    BalanceTooLarge: "of the last round, which cashed itself out",
    Unavailable: "the store of live sessions does not answer; nothing moved",
);

/// Takes the stake into escrow and starts the curve; nothing tells where it ends. With an
/// `Idempotency-Key` it is taken once, however often it is sent.
#[utoipa::path(
    post, path = "/api/games/crash/bet", operation_id = "games_crash_bet_v1", tag = "crash", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "The round that has begun", body = BetResult),
        BetRefusals,
    )
)]
async fn bet(
    State(state): State<AppState>,
    Caller(member): Caller,
    Extension(device): Extension<Device>,
    Key(key): Key,
    Json(request): Json<BetRequest>,
) -> ApiResult<Json<BetResult>> {
    let crash = &state.backend.crash;
    let placed = crash.bet(member.user_id, request, key, &device).await?;
    Ok(Json(placed))
}

refusals!(CashoutRefusals:
    NotFound: "the member has no such round that runs, or it has crashed",
    TooEarly: "the curve is below 1.01x", BalanceTooLarge, RateLimited,
);

/// Takes the curve as it stood when the request came in. With an `Idempotency-Key` it is taken
/// once, however often it is sent.
#[utoipa::path(
    post, path = "/api/games/crash/cashout", operation_id = "games_crash_cashout_v1", tag = "crash", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "What it paid", body = CashoutResult),
        CashoutRefusals,
    )
)]
async fn cashout(
    State(state): State<AppState>,
    Extension(arrival): Extension<Arrival>,
    Caller(member): Caller,
    Key(key): Key,
    Json(request): Json<CashoutRequest>,
) -> ApiResult<Json<CashoutResult>> {
    let crash = &state.backend.crash;
    let taken = crash.cashout(member.user_id, request, arrival, key);
    Ok(Json(taken.await?))
}

/// Whether a bet would be taken, and the member's own round if one is running, without its point.
#[utoipa::path(
    get, path = "/api/games/crash/debug/current", operation_id = "games_crash_current_v1", tag = "crash", security(("bearer" = [])),
    responses((status = 200, description = "The member's own", body = CurrentRound))
)]
async fn current(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<CurrentRound>> {
    Ok(Json(state.backend.crash.current(member.user_id).await?))
}
