//! Sittings, statistics and leaderboards.

use axum::Extension;
use axum::extract::State;
use backend::{Device, Member};
use utoipa_axum::routes;
use wire::UserId;
use wire::play::{
    CurrentSession, CurrentSessionRequest, EndSessionRequest, PlaySession, StartSessionRequest,
};
use wire::stats::{GameStats, Leaderboard, LeaderboardRequest, StatsRequest};

use crate::error::ApiResult;
use crate::extract::{Json, OfMember, Query};
use crate::identity::Caller;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(start))
        .routes(routes!(end))
        .routes(routes!(active))
        .routes(routes!(current))
        .routes(routes!(stats))
        .routes(routes!(leaderboard))
}

refusals!(StartRefusals: UnknownGame, SessionOpen: "one of that game is open already", RateLimited);

/// Opens a sitting before its first hand.
#[utoipa::path(
    post, path = "/api/games/session/start", operation_id = "play_session_start_v1", tag = "play", security(("bearer" = [])),
    responses(
        (status = 200, description = "As it opened", body = PlaySession),
        StartRefusals,
    )
)]
async fn start(
    State(state): State<AppState>,
    Caller(member): Caller,
    Extension(device): Extension<Device>,
    Json(request): Json<StartSessionRequest>,
) -> ApiResult<Json<PlaySession>> {
    let play = &state.backend.play;
    let opened = play.start_session(member.user_id, &request, &device);
    Ok(Json(opened.await?))
}

refusals!(EndRefusals:
    NotFound: "the member has no such sitting", SessionEnded,
    RoundActive: "a round of crash runs in it", RateLimited,
);

/// Closes a sitting of the member.
#[utoipa::path(
    post, path = "/api/games/session/end", operation_id = "play_session_end_v1", tag = "play", security(("bearer" = [])),
    responses(
        (status = 200, description = "As it ended", body = PlaySession),
        EndRefusals,
    )
)]
async fn end(
    State(state): State<AppState>,
    Caller(member): Caller,
    Json(request): Json<EndSessionRequest>,
) -> ApiResult<Json<PlaySession>> {
    let play = &state.backend.play;
    Ok(Json(play.end_session(member.user_id, &request).await?))
}

refusals!(ActiveRefusals: UnknownGame);

/// The member's open sitting that was played in last.
#[utoipa::path(
    get, path = "/api/games/session/active", operation_id = "play_session_active_v1", tag = "play", security(("bearer" = [])),
    params(CurrentSessionRequest),
    responses((status = 200, description = "It, or null", body = CurrentSession), ActiveRefusals)
)]
async fn active(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<CurrentSessionRequest>,
) -> ApiResult<Json<CurrentSession>> {
    open_session(&state, &member, member.user_id, &request).await
}

refusals!(CurrentRefusals:
    Forbidden: "another member's", UnknownGame, NotFound: "no id as the club writes them",
);

/// A member's open sitting that was played in last; for themselves and whoever runs the club.
#[utoipa::path(
    get, path = "/api/games/session/{user_id}/current", operation_id = "play_session_current_v1", tag = "play", security(("bearer" = [])),
    params(OfMember, CurrentSessionRequest),
    responses(
        (status = 200, description = "It, or null", body = CurrentSession),
        CurrentRefusals,
    )
)]
async fn current(
    State(state): State<AppState>,
    Caller(member): Caller,
    Number(user): Number,
    Query(request): Query<CurrentSessionRequest>,
) -> ApiResult<Json<CurrentSession>> {
    open_session(&state, &member, UserId(user), &request).await
}

async fn open_session(
    state: &AppState,
    asker: &Member,
    user: UserId,
    request: &CurrentSessionRequest,
) -> ApiResult<Json<CurrentSession>> {
    let play = &state.backend.play;
    let session = play.current_session_of(asker, user, request.game_type.as_deref());
    let session = session.await?;
    Ok(Json(CurrentSession { session }))
}

refusals!(StatsRefusals: NotFound: "no such member", UnknownGame);

/// What a member has played over a period, of one game or of all. Others see the public part: not
/// what was staked and won, the rate of return, the favourite, the time and the results by game.
#[utoipa::path(
    get, path = "/api/games/stats/{user_id}", operation_id = "play_stats_v1", tag = "play", security(("bearer" = [])),
    params(OfMember, StatsRequest),
    responses(
        (status = 200, description = "Rates in percent with two decimals, cut", body = GameStats),
        StatsRefusals,
    )
)]
async fn stats(
    State(state): State<AppState>,
    Caller(member): Caller,
    Number(user): Number,
    Query(request): Query<StatsRequest>,
) -> ApiResult<Json<GameStats>> {
    let play = &state.backend.play;
    Ok(Json(
        play.stats_over(&member, UserId(user), &request).await?,
    ))
}

refusals!(LeaderboardRefusals: UnknownGame);

/// Who stands where, and where the member does: by best multiplier, largest payout or net result,
/// never by what was staked. Only results above zero are listed.
#[utoipa::path(
    get, path = "/api/games/leaderboard", operation_id = "play_leaderboard_v1", tag = "play", security(("bearer" = [])),
    params(LeaderboardRequest),
    responses((status = 200, description = "The best, and who is near the member", body = Leaderboard), LeaderboardRefusals)
)]
async fn leaderboard(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<LeaderboardRequest>,
) -> ApiResult<Json<Leaderboard>> {
    let play = &state.backend.play;
    Ok(Json(play.leaderboard(member.user_id, &request).await?))
}
