//! The catalogue and the record of play.

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, State};
use games::Game;
use utoipa_axum::routes;
use wire::play::{GameCatalogue, HandSummary, HistoryRequest};
use wire::{Code, Page};

use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Query};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(catalogue))
        .routes(routes!(history))
}

/// The games of the club, with their limits, rules and exact returns.
#[utoipa::path(
    get, path = "/api/games", operation_id = "games_catalogue_v1", tag = "games",
    responses((status = 200, description = "Each game once", body = GameCatalogue))
)]
async fn catalogue(State(state): State<AppState>) -> Json<GameCatalogue> {
    Json(state.backend.play.catalogue())
}

refusals!(HistoryRefusals: UnknownGame);

/// The member's hands, newest first.
#[utoipa::path(
    get, path = "/api/games/history", operation_id = "games_history_v1", tag = "games", security(("bearer" = [])),
    params(HistoryRequest),
    responses(
        (status = 200, description = "A page of them", body = Page<HandSummary>),
        HistoryRefusals,
    )
)]
async fn history(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<HistoryRequest>,
) -> ApiResult<Json<Page<HandSummary>>> {
    Ok(Json(
        state.backend.play.history(member.user_id, request).await?,
    ))
}

/// Where no game answers: there is no such game, or the game has no such call. What cannot be read is
/// no game's name.
pub(crate) async fn unknown(params: Result<RawPathParams, RawPathParamsRejection>) -> ApiError {
    let params = params.as_ref().ok();
    let game = params
        .and_then(|params| params.iter().find(|(name, _)| *name == "game"))
        .and_then(|(_, name)| Game::parse(name));
    if game.is_some() {
        Code::NotFound.into()
    } else {
        Code::UnknownGame.into()
    }
}
