//! Members, balances and ledgers.

use axum::extract::State;
use utoipa_axum::routes;
use wire::page::PageRequest;
use wire::user::{
    Balance, BalanceHistory, ProfileChange, PublicUser, Transaction, User, UserStats,
};
use wire::{Page, UserId};

use crate::error::ApiResult;
use crate::extract::{Json, OfMember, Query};
use crate::identity::{Caller, CameFrom};
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(profile, change_profile))
        .routes(routes!(info))
        .routes(routes!(balance))
        .routes(routes!(balance_history))
        .routes(routes!(stats))
        .routes(routes!(transactions))
        .routes(routes!(public))
}

/// The member who asks.
#[utoipa::path(
    get, path = "/api/users/profile", operation_id = "users_profile_v1", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "Them", body = User))
)]
async fn profile(State(state): State<AppState>, Caller(member): Caller) -> ApiResult<Json<User>> {
    Ok(Json(state.backend.accounts.me(member.user_id).await?))
}

refusals!(ChangeProfileRefusals:
    WrongPassword: "the current one", CodeRequired: "of those who have a second factor",
    WrongCode: "it counts as a failed sign-in", Locked, NicknameTaken, PhoneTaken: "told when all else is good",
    RateLimited: "much was changed within a minute, or five other phone numbers asked for within a day",
);

/// Changes nickname, phone number or password, and nothing else; what is left out stays. Another phone
/// number and another password want the current password, and a code of those who have a second factor.
#[utoipa::path(
    put, path = "/api/users/profile", operation_id = "users_change_profile_v1", tag = "users", security(("bearer" = [])),
    responses(
        (status = 200, description = "As it is now", body = User),
        ChangeProfileRefusals,
    )
)]
async fn change_profile(
    State(state): State<AppState>,
    Caller(member): Caller,
    CameFrom(origin): CameFrom,
    Json(change): Json<ProfileChange>,
) -> ApiResult<Json<User>> {
    let accounts = &state.backend.accounts;
    let changed = accounts.change_profile(&member, &origin, change);
    Ok(Json(changed.await?))
}

/// The same as the profile.
#[utoipa::path(
    get, path = "/api/users/info", operation_id = "users_info_v1", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "The member who asks", body = User))
)]
async fn info(State(state): State<AppState>, Caller(member): Caller) -> ApiResult<Json<User>> {
    Ok(Json(state.backend.accounts.me(member.user_id).await?))
}

/// The member's tokens, and the number of the transfer that made the balance.
#[utoipa::path(
    get, path = "/api/users/balance", operation_id = "users_balance_v1", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "As it is now", body = Balance))
)]
async fn balance(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<Balance>> {
    Ok(Json(state.backend.ledger.balance(member.user_id).await?))
}

/// The member's balance at the end of each of the last 30 UTC days.
#[utoipa::path(
    get, path = "/api/users/balance/history", operation_id = "users_balance_history_v1", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "Today last, as it stands", body = BalanceHistory))
)]
async fn balance_history(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<BalanceHistory>> {
    let ledger = &state.backend.ledger;
    Ok(Json(ledger.balance_history(member.user_id).await?))
}

/// What the member has played so far.
#[utoipa::path(
    get, path = "/api/users/stats", operation_id = "users_stats_v1", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "Over all games", body = UserStats))
)]
async fn stats(
    State(state): State<AppState>,
    Caller(member): Caller,
) -> ApiResult<Json<UserStats>> {
    Ok(Json(state.backend.play.stats(member.user_id).await?))
}

/// The member's ledger, newest first.
#[utoipa::path(
    get, path = "/api/users/transactions", operation_id = "users_transactions_v1", tag = "users", security(("bearer" = [])),
    params(PageRequest),
    responses((status = 200, description = "A page of it", body = Page<Transaction>))
)]
async fn transactions(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(page): Query<PageRequest>,
) -> ApiResult<Json<Page<Transaction>>> {
    Ok(Json(
        state
            .backend
            .ledger
            .transactions(member.user_id, page)
            .await?,
    ))
}

refusals!(PublicRefusals: NotFound);

/// A member as others see them: no phone number, no balance.
#[utoipa::path(
    get, path = "/api/users/{user_id}", operation_id = "users_public_v1", tag = "users",
    params(OfMember),
    responses((status = 200, description = "Them", body = PublicUser), PublicRefusals)
)]
async fn public(
    State(state): State<AppState>,
    Number(user): Number,
) -> ApiResult<Json<PublicUser>> {
    Ok(Json(state.backend.accounts.public(UserId(user)).await?))
}
