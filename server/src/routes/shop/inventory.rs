//! What a member owns and wears.

use axum::extract::State;
use utoipa_axum::routes;
use wire::shop::{
    EquipRequest, Equipment, Inventory, InventoryFilter, UnequipRequest, UseRequest, UseResult,
};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader, Query};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(inventory))
        .routes(routes!(equip))
        .routes(routes!(unequip))
        .routes(routes!(use_item))
}

/// What the member owns, from the shop and from the gacha.
#[utoipa::path(
    get, path = "/api/shop/inventory", operation_id = "shop_inventory_v1", tag = "shop", security(("bearer" = [])),
    params(InventoryFilter),
    responses((status = 200, description = "The member's own", body = Inventory))
)]
async fn inventory(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(filter): Query<InventoryFilter>,
) -> ApiResult<Json<Inventory>> {
    let inventory = &state.backend.inventory;
    Ok(Json(inventory.owned(member.user_id, filter).await?))
}

refusals!(EquipRefusals:
    NotFound: "the member does not own it", ItemNotUsable: "it is not worn", RateLimited,
);

/// Wears an item, in the place of what is worn there.
#[utoipa::path(
    post, path = "/api/shop/inventory/equip", operation_id = "shop_equip_v1", tag = "shop", security(("bearer" = [])),
    responses(
        (status = 200, description = "What is worn now", body = Equipment),
        EquipRefusals,
    )
)]
async fn equip(
    State(state): State<AppState>,
    Caller(member): Caller,
    Json(request): Json<EquipRequest>,
) -> ApiResult<Json<Equipment>> {
    let inventory = &state.backend.inventory;
    Ok(Json(inventory.equip(member.user_id, request).await?))
}

refusals!(UnequipRefusals: RateLimited);

/// Takes off what is worn in a place.
#[utoipa::path(
    post, path = "/api/shop/inventory/unequip", operation_id = "shop_unequip_v1", tag = "shop", security(("bearer" = [])),
    responses((status = 200, description = "What is worn now", body = Equipment), UnequipRefusals)
)]
async fn unequip(
    State(state): State<AppState>,
    Caller(member): Caller,
    Json(request): Json<UnequipRequest>,
) -> ApiResult<Json<Equipment>> {
    let inventory = &state.backend.inventory;
    Ok(Json(inventory.unequip(member.user_id, request).await?))
}

refusals!(UseItemRefusals:
    NotFound: "the member does not own it", ItemNotUsable: "it is worn instead", RateLimited,
);

/// Uses up one of an item. With an `Idempotency-Key` it is used once, however often it is sent.
#[utoipa::path(
    post, path = "/api/shop/inventory/use", operation_id = "shop_use_v1", tag = "shop", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "What it did", body = UseResult),
        UseItemRefusals,
    )
)]
async fn use_item(
    State(state): State<AppState>,
    Caller(member): Caller,
    Key(key): Key,
    Json(request): Json<UseRequest>,
) -> ApiResult<Json<UseResult>> {
    let inventory = &state.backend.inventory;
    Ok(Json(
        inventory.use_item(member.user_id, request, key).await?,
    ))
}
