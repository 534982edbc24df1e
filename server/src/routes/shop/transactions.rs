//! A member's purchases, and what the payment gateway says of them.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use backend::shop::webhook::Message;
use utoipa_axum::routes;
use wire::shop::{PaymentEvent, PurchaseResult, Receipt, TransactionsRequest};
use wire::{Page, ReceiptCode};

use super::{Bought, bought};
use crate::error::ApiResult;
use crate::extract::{Json, OfReceipt, Path, Query};
use crate::identity::Caller;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .routes(routes!(list))
        .routes(routes!(find))
        .routes(routes!(settle))
        .routes(routes!(payment))
}

/// The member's purchases, newest first, as signed receipts.
#[utoipa::path(
    get, path = "/api/shop/transactions", operation_id = "shop_transactions_v1", tag = "shop", security(("bearer" = [])),
    params(TransactionsRequest),
    responses((status = 200, description = "The member's own", body = Page<Receipt>))
)]
async fn list(
    State(state): State<AppState>,
    Caller(member): Caller,
    Query(request): Query<TransactionsRequest>,
) -> ApiResult<Json<Page<Receipt>>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.transactions(member.user_id, request).await?))
}

refusals!(FindRefusals: NotFound);

/// A signed receipt.
#[utoipa::path(
    get, path = "/api/shop/transactions/{receipt_code}", operation_id = "shop_receipt_v1", tag = "shop", security(("bearer" = [])),
    params(OfReceipt),
    responses(
        (status = 200, description = "The member's own", body = Receipt),
        FindRefusals,
    )
)]
async fn find(
    State(state): State<AppState>,
    Caller(member): Caller,
    Path(code): Path<ReceiptCode>,
) -> ApiResult<Json<Receipt>> {
    let shop = &state.backend.shop;
    Ok(Json(shop.receipt(member.user_id, &code).await?))
}

refusals!(SettleRefusals: PaymentDeclined, NotFound, RateLimited, GatewayUnreachable);

/// Asks the payment gateway how a pending payment stands, and settles it if it is known.
#[utoipa::path(
    post, path = "/api/shop/transactions/{receipt_code}/settle", operation_id = "shop_settle_v1", tag = "shop", security(("bearer" = [])),
    params(OfReceipt),
    responses(
        (status = 200, description = "How it stands", body = PurchaseResult),
        (status = 202, description = "Still not settled", body = PurchaseResult),
        SettleRefusals,
    )
)]
async fn settle(
    State(state): State<AppState>,
    Caller(member): Caller,
    Path(code): Path<ReceiptCode>,
) -> ApiResult<Bought> {
    let shop = &state.backend.shop;
    Ok(bought(shop.settle(member.user_id, &code).await?))
}

refusals!(PaymentRefusals:
    StaleMessage: "300 s off", BadSignature, NotFound: "no such charge", ReplayedMessage,
);

/// What the payment gateway tells, signed as its answers are: with
/// `X-Signature: sha256=HMAC-SHA256(timestamp.nonce.body)`, dated with `X-Timestamp` in seconds, named
/// with `X-Nonce`. An event that came before has no effect.
#[utoipa::path(
    post, path = "/api/shop/webhook/payment", operation_id = "shop_webhook_payment_v1", tag = "shop",
    request_body = PaymentEvent,
    params(
        ("X-Signature" = String, Header), ("X-Timestamp" = String, Header), ("X-Nonce" = String, Header),
    ),
    responses(
        (status = 200, description = "Heard"),
        PaymentRefusals,
    )
)]
async fn payment(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<StatusCode> {
    let text = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    };
    let message = Message {
        signature: text("x-signature"),
        timestamp: text("x-timestamp"),
        nonce: text("x-nonce"),
        body: &body,
    };
    state.backend.shop.hear(message).await?;
    Ok(StatusCode::OK)
}
