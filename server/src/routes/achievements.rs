//! Achievements and their rewards.

use axum::extract::State;
use utoipa_axum::routes;
use wire::UserId;
use wire::achievements::{Achievements, Claimed};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader, OfMember, Path};
use crate::identity::Caller;
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new().routes(routes!(list)).routes(routes!(claim))
}

refusals!(ListRefusals: NotFound: "no such member");

/// A member's achievements: all with how far they have come, or of others those that are unlocked.
#[utoipa::path(
    get, path = "/api/games/achievements/{user_id}", operation_id = "achievements_list_v1", tag = "achievements", security(("bearer" = [])),
    params(OfMember),
    responses(
        (status = 200, description = "In the club's order", body = Achievements),
        ListRefusals,
    )
)]
async fn list(
    State(state): State<AppState>,
    Caller(member): Caller,
    Number(user): Number,
) -> ApiResult<Json<Achievements>> {
    let achievements = &state.backend.achievements;
    Ok(Json(achievements.list(&member, UserId(user)).await?))
}

refusals!(ClaimRefusals:
    NotFound: "not unlocked, or no such achievement", AlreadyClaimed, BalanceTooLarge, RateLimited,
);

/// Claims the reward of an achievement that the member has unlocked. With an `Idempotency-Key` a
/// repetition hears the same answer; without one it is refused.
#[utoipa::path(
    post, path = "/api/games/achievements/{code}/claim", operation_id = "achievements_claim_v1", tag = "achievements", security(("bearer" = [])),
    params(
        ("code" = String, Path, description = "The achievement's code"),
        KeyHeader,
    ),
    responses(
        (status = 200, description = "What came", body = Claimed),
        ClaimRefusals,
    )
)]
async fn claim(
    State(state): State<AppState>,
    Caller(member): Caller,
    Path(code): Path<String>,
    Key(key): Key,
) -> ApiResult<Json<Claimed>> {
    let achievements = &state.backend.achievements;
    Ok(Json(achievements.claim(member.user_id, &code, key).await?))
}
