//! The shop, for members.

mod inventory;
mod transactions;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use backend::Device;
use backend::shop::uninterrupted;
use utoipa_axum::routes;
use wire::shop::{
    BuyLimitedRequest, BuyRequest, LimitedPackages, PriceAnswer, PriceRequest, PurchaseResult,
    ReceiptKey, ShopCatalogue, Status,
};

use crate::error::ApiResult;
use crate::extract::{Json, Key, KeyHeader, Path, Query};
use crate::identity::{Caller, Visitor};
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(products))
        .routes(routes!(price))
        .routes(routes!(limited_packages))
        .routes(routes!(receipt_key))
        .routes(routes!(buy))
        .routes(routes!(buy_limited))
        .merge(transactions::router())
        .merge(inventory::router())
}

/// A purchase with its status: 202 while the payment is not settled.
type Bought = (StatusCode, Json<PurchaseResult>);

fn bought(result: PurchaseResult) -> Bought {
    let status = match result.status {
        Status::Pending => StatusCode::ACCEPTED,
        _ => StatusCode::OK,
    };
    (status, Json(result))
}

/// Everything that is always sold, with what one costs now.
#[utoipa::path(
    get, path = "/api/shop/products", operation_id = "shop_products_v1", tag = "shop",
    responses((status = 200, description = "In the club's order", body = ShopCatalogue))
)]
async fn products(State(state): State<AppState>) -> ApiResult<Json<ShopCatalogue>> {
    Ok(Json(state.backend.shop.catalogue().await?))
}

refusals!(PriceRefusals: PromoInvalid, NotFound, RateLimited: "an address tries many promo codes");

/// What a product, or a limited package, would cost now.
#[utoipa::path(
    get, path = "/api/shop/price/{product_id}", operation_id = "shop_price_v1", tag = "shop",
    params(("product_id" = String, Path, description = "A product or a limited package"), PriceRequest),
    responses(
        (status = 200, description = "The price, and what was taken off", body = PriceAnswer),
        PriceRefusals,
    )
)]
async fn price(
    State(state): State<AppState>,
    Extension(device): Extension<Device>,
    Path(product_id): Path<String>,
    Query(request): Query<PriceRequest>,
) -> ApiResult<Json<PriceAnswer>> {
    let shop = &state.backend.shop;
    let price = shop.price(&product_id, request, &device.address).await?;
    Ok(Json(price))
}

refusals!(LimitedPackagesRefusals:
    Unauthenticated: "a token that does not count; none is needed", Banned,
    RateLimited: "the member reads much within a minute",
);

/// The limited packages that are not stopped; for a member also how many they have.
#[utoipa::path(
    get, path = "/api/shop/limited-packages", operation_id = "shop_limited_packages_v1", tag = "shop",
    responses((status = 200, description = "In the club's order", body = LimitedPackages), LimitedPackagesRefusals)
)]
async fn limited_packages(
    State(state): State<AppState>,
    Visitor(member): Visitor,
) -> ApiResult<Json<LimitedPackages>> {
    let user = member.map(|member| member.user_id);
    let packages = state.backend.shop.limited_packages(user).await?;
    let now = state.backend.clock().now();
    Ok(Json(LimitedPackages { packages, now }))
}

/// What receipts are checked with.
#[utoipa::path(
    get, path = "/api/shop/receipt-key", operation_id = "shop_receipt_key_v1", tag = "shop",
    responses((status = 200, description = "The public key (Ed25519)", body = ReceiptKey))
)]
async fn receipt_key(State(state): State<AppState>) -> ApiResult<Json<ReceiptKey>> {
    Ok(Json(state.backend.shop.receipt_key().await?))
}

refusals!(BuyRefusals:
    PromoInvalid, InsufficientTokens, PaymentDeclined, NotFound, PriceChanged, BalanceTooLarge,
    TooManyPurchases, RateLimited, GatewayUnreachable: "nothing was paid",
);

/// Buys a product: an item with tokens at once, tokens with money through the payment gateway. With
/// an `Idempotency-Key` it is bought once, however often it is sent.
#[utoipa::path(
    post, path = "/api/shop/buy", operation_id = "shop_buy_v1", tag = "shop", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "Paid and delivered", body = PurchaseResult),
        (status = 202, description = "The payment is not settled yet; nothing is credited before it is", body = PurchaseResult),
        BuyRefusals,
    )
)]
async fn buy(
    State(state): State<AppState>,
    Caller(member): Caller,
    Key(key): Key,
    Json(request): Json<BuyRequest>,
) -> ApiResult<Bought> {
    let shop = state.backend.shop.clone();
    let buying = async move { shop.buy(member.user_id, request, key).await };
    Ok(bought(uninterrupted(buying).await?))
}

refusals!(BuyLimitedRefusals:
    PromoInvalid, InsufficientTokens, NotFound, PackageUnavailable, NotStarted, Expired, OutOfStock,
    UserLimit, PriceChanged, TooManyPurchases, RateLimited, BalanceTooLarge,
);

/// Buys one of a limited package with tokens. With an `Idempotency-Key` it is bought once, however
/// often it is sent.
#[utoipa::path(
    post, path = "/api/shop/buy-limited", operation_id = "shop_buy_limited_v1", tag = "shop", security(("bearer" = [])),
    params(KeyHeader),
    responses(
        (status = 200, description = "Paid and delivered", body = PurchaseResult),
        BuyLimitedRefusals,
    )
)]
async fn buy_limited(
    State(state): State<AppState>,
    Caller(member): Caller,
    Key(key): Key,
    Json(request): Json<BuyLimitedRequest>,
) -> ApiResult<Bought> {
    let shop = &state.backend.shop;
    let result = shop.buy_limited(member.user_id, request, key).await?;
    Ok(bought(result))
}
