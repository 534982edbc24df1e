//! The shop, for whoever runs it.

use axum::extract::State;
use backend::Wish;
use backend::shop::uninterrupted;
use utoipa_axum::routes;
use wire::desk::{OpenPurchases, PurchaseRow, PurchaseWhole, Waits, WeighRequest, Weighed};
use wire::shop::{
    Disabled, Receipt, StaffTransactions, UpsertDiscount, UpsertPackage, UpsertProduct, UpsertPromo,
};
use wire::staff::ReasonRequest;
use wire::{Page, ReceiptCode};

use super::weighed::Answered;
use crate::error::ApiResult;
use crate::extract::{At, Json, MaybeJson, Nothing, OfOffer, OfReceipt, On, Path, Query};
use crate::identity::StaffCall;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(upsert_product))
        .routes(routes!(disable_product))
        .routes(routes!(upsert_discount))
        .routes(routes!(disable_discount))
        .routes(routes!(upsert_package))
        .routes(routes!(disable_package))
        .routes(routes!(upsert_promo))
        .routes(routes!(transactions))
        .routes(routes!(transaction))
        .routes(routes!(open))
        .routes(routes!(refund))
        .routes(routes!(force_settle))
}

/// An offer, and why.
type OnOffer = On<Path<String>, MaybeJson<ReasonRequest>>;
/// A purchase, in which way, and why.
type OnReceipt = On<At<Path<ReceiptCode>, Query<WeighRequest>>, MaybeJson<ReasonRequest>>;

refusals!(DisableRefusals: NotFound);

/// Makes a product, or changes all of it.
#[utoipa::path(
    post, path = "/api/admin/products", operation_id = "admin_upsert_product_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue")), ("x-confirmation" = json!(true))),
    responses(
        (status = 200, description = "As it stands now", body = UpsertProduct),
    )
)]
async fn upsert_product(
    State(state): State<AppState>,
    StaffCall(staff, Json(request)): StaffCall<Json<UpsertProduct>>,
) -> ApiResult<Json<UpsertProduct>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.upsert_product(&staff, request).await?))
}

/// Takes a product out of the shop.
#[utoipa::path(
    post, path = "/api/admin/products/{id}/disable", operation_id = "admin_disable_product_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue"))),
    params(OfOffer),
    responses(
        (status = 200, description = "It is off", body = Disabled),
        DisableRefusals,
    )
)]
async fn disable_product(
    State(state): State<AppState>,
    StaffCall(staff, Path(id)): StaffCall<Path<String>>,
) -> ApiResult<Json<Disabled>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.disable_product(&staff, &id).await?))
}

/// Makes a discount, or changes all of it.
#[utoipa::path(
    post, path = "/api/admin/discounts", operation_id = "admin_upsert_discount_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue")), ("x-confirmation" = json!(true))),
    responses(
        (status = 200, description = "As it stands now", body = UpsertDiscount),
    )
)]
async fn upsert_discount(
    State(state): State<AppState>,
    StaffCall(staff, Json(request)): StaffCall<Json<UpsertDiscount>>,
) -> ApiResult<Json<UpsertDiscount>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.upsert_discount(&staff, request).await?))
}

/// Ends a discount.
#[utoipa::path(
    post, path = "/api/admin/discounts/{id}/disable", operation_id = "admin_disable_discount_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue"))),
    params(OfOffer),
    responses(
        (status = 200, description = "It is off", body = Disabled),
        DisableRefusals,
    )
)]
async fn disable_discount(
    State(state): State<AppState>,
    StaffCall(staff, Path(id)): StaffCall<Path<String>>,
) -> ApiResult<Json<Disabled>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.disable_discount(&staff, &id).await?))
}

/// Makes a limited package, or changes all of it; what is sold stays sold.
#[utoipa::path(
    post, path = "/api/admin/limited-packages", operation_id = "admin_upsert_package_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue")), ("x-confirmation" = json!(true))),
    responses(
        (status = 200, description = "As it stands now", body = UpsertPackage),
    )
)]
async fn upsert_package(
    State(state): State<AppState>,
    StaffCall(staff, Json(request)): StaffCall<Json<UpsertPackage>>,
) -> ApiResult<Json<UpsertPackage>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.upsert_package(&staff, request).await?))
}

/// Stops a limited package at once.
#[utoipa::path(
    post, path = "/api/admin/limited-packages/{id}/disable", operation_id = "admin_disable_package_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue"))),
    params(OfOffer), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "It is off", body = Disabled),
        DisableRefusals,
    )
)]
async fn disable_package(
    State(state): State<AppState>,
    StaffCall(staff, On(Path(id), MaybeJson(request))): StaffCall<OnOffer>,
) -> ApiResult<Json<Disabled>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.disable_package(&staff, &id, request).await?))
}

/// Makes a promo code, or changes all of it but its uses.
#[utoipa::path(
    post, path = "/api/admin/promo-codes", operation_id = "admin_upsert_promo_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("catalogue")), ("x-confirmation" = json!(true))),
    responses(
        (status = 200, description = "As it stands now", body = UpsertPromo),
    )
)]
async fn upsert_promo(
    State(state): State<AppState>,
    StaffCall(staff, Json(request)): StaffCall<Json<UpsertPromo>>,
) -> ApiResult<Json<UpsertPromo>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.upsert_promo(&staff, request).await?))
}

/// Purchases of anyone, newest first unless it is said otherwise.
#[utoipa::path(
    get, path = "/api/admin/transactions", operation_id = "admin_transactions_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("purchases_read"))),
    params(StaffTransactions),
    responses(
        (status = 200, description = "Those that the filter lets through", body = Page<PurchaseRow>),
    )
)]
async fn transactions(
    State(state): State<AppState>,
    StaffCall(staff, Query(filter)): StaffCall<Query<StaffTransactions>>,
) -> ApiResult<Json<Page<PurchaseRow>>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.purchases(&staff, filter).await?))
}

refusals!(TransactionRefusals: NotFound: "no such receipt");

/// A purchase of anyone, with what is kept of its payment and what it moved.
#[utoipa::path(
    get, path = "/api/admin/transactions/{receipt_code}", operation_id = "admin_transaction_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("purchases_read"))),
    params(OfReceipt),
    responses(
        (status = 200, description = "As it stands now", body = PurchaseWhole),
        TransactionRefusals,
    )
)]
async fn transaction(
    State(state): State<AppState>,
    StaffCall(staff, Path(code)): StaffCall<Path<ReceiptCode>>,
) -> ApiResult<Json<PurchaseWhole>> {
    let desk = &state.backend.desk;
    Ok(Json(desk.purchase(&staff, &code).await?))
}

/// How many purchases wait for their payment, or for the gateway to give money back.
#[utoipa::path(
    get, path = "/api/admin/owed", operation_id = "admin_owed_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("purchases_read"))),
    responses((status = 200, description = "As it stands now", body = OpenPurchases))
)]
async fn open(
    State(state): State<AppState>,
    StaffCall(staff, Nothing): StaffCall<Nothing>,
) -> ApiResult<Json<OpenPurchases>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.open_purchases(&staff).await?))
}

refusals!(RefundRefusals:
    TooMuchWaits: "it would have to wait, and 20 of what whoever asks asked for wait already",
    InsufficientTokens: "the member has fewer than are to be taken back",
    OwnAccount: "the purchase is of whoever asks, and somebody else could do it",
    NotRefundable: "it is not paid and delivered", ItemUsed, NotFound, BalanceTooLarge,
    PreviewChanged: "it would do something else than what was shown",
);

/// Undoes a purchase: payment back, goods, stock and promo code back.
#[utoipa::path(
    post, path = "/api/admin/transactions/{receipt_code}/refund", operation_id = "admin_refund_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("purchases")), ("x-confirmation" = json!(true))),
    params(OfReceipt, WeighRequest), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "The receipt as it stands now; with `dry_run`, what it would move", body = Weighed<Receipt>),
        (status = 202, description = "It waits for somebody else to grant it", body = Waits),
        RefundRefusals,
    )
)]
async fn refund(
    State(state): State<AppState>,
    StaffCall(staff, On(At(Path(code), Query(way)), MaybeJson(request))): StaffCall<OnReceipt>,
) -> ApiResult<Answered<Receipt>> {
    let shop = state.backend.shop.clone();
    let wish = Wish::new(way, None);
    let ending = async move { shop.ask_to_refund(&staff, &code, request, wish).await };
    Ok(Answered(uninterrupted(ending).await?))
}

refusals!(ForceSettleRefusals:
    NotRefundable: "it is not pending", NotFound,
    PreviewChanged: "it would do something else than what was shown",
);

/// Ends a pending payment now: as the gateway says, or voided when it does not know.
#[utoipa::path(
    post, path = "/api/admin/transactions/{receipt_code}/force-settle", operation_id = "admin_force_settle_v1", tag = "admin", security(("bearer" = [])),
    extensions(("x-permission" = json!("purchases")), ("x-confirmation" = json!(true))),
    params(OfReceipt, WeighRequest), request_body = Option<ReasonRequest>,
    responses(
        (status = 200, description = "The receipt as it stands now; with `dry_run`, what it would move at most", body = Weighed<Receipt>),
        ForceSettleRefusals,
    )
)]
async fn force_settle(
    State(state): State<AppState>,
    StaffCall(staff, On(At(Path(code), Query(way)), MaybeJson(request))): StaffCall<OnReceipt>,
) -> ApiResult<Answered<Receipt>> {
    let shop = state.backend.shop.clone();
    let wish = Wish::new(way, None);
    let ending = async move { shop.ask_to_settle(&staff, &code, request, wish).await };
    Ok(Answered(uninterrupted(ending).await?))
}
