//! What the shop refuses.

use backend::Settings;
use backend::shop::webhook::sign;
use reqwest::Method;
use serde_json::{Value, json};
use server::sandbox::Mode;
use testkit::club::WEBHOOK_SECRET;
use testkit::gateway::Behaviour;
use testkit::{apply, both_engines, within};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;
use crate::shop::sandbox::paid_by;

const BUY: &str = "/api/shop/buy";
const BUY_LIMITED: &str = "/api/shop/buy-limited";

/// Sells a package like this one, with these fields changed.
async fn sells(boss: &Member, id: &str, changed: &Value) {
    let mut package = json!({
        "package_id": id, "price": 10, "contents": {"tokens": 0, "items": []}, "stock": 1,
        "member_limit": 1, "is_active": true,
    });
    for (field, value) in changed.as_object().unwrap() {
        package[field] = value.clone();
    }
    boss.post("/api/admin/limited-packages", &package)
        .await
        .with(200);
}

#[apply(both_engines)]
async fn a_package_says_why_it_is_not_sold(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    sells(
        &boss,
        "later",
        &json!({"window": {"from": "2027-01-01T00:00:00Z"}}),
    )
    .await;
    sells(
        &boss,
        "over",
        &json!({"window": {"until": "2025-01-01T00:00:00Z"}}),
    )
    .await;
    sells(&boss, "dear", &json!({"price": 1_001})).await;
    sells(&boss, "single", &json!({"stock": 1, "member_limit": 2})).await;
    sells(&boss, "one_each", &json!({"stock": 2})).await;
    let buy = async |member: &Member, id: &str| {
        let request = json!({"package_id": id});
        member.post(BUY_LIMITED, &request).await
    };
    buy(&ann, "nothing").await.refused(404, "not_found");
    buy(&ann, "later").await.refused(409, "not_started");
    buy(&ann, "over").await.refused(409, "expired");
    buy(&ann, "dear").await.refused(400, "insufficient_tokens");
    buy(&ann, "single").await.with(200);
    buy(&bob, "single").await.refused(409, "out_of_stock");
    buy(&ann, "one_each").await.with(200);
    buy(&ann, "one_each").await.refused(409, "user_limit");
    let promo = json!({"package_id": "lantern_festival", "promo_code": "NO"});
    ann.post(BUY_LIMITED, &promo)
        .await
        .refused(400, "promo_invalid");
}

#[apply(both_engines)]
async fn nobody_pays_more_than_what_they_agreed_to(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for (path, request) in [
        (BUY, json!({"product_id": "felt_midnight", "total_max": 1})),
        (
            BUY_LIMITED,
            json!({"package_id": "lantern_festival", "total_max": 1}),
        ),
    ] {
        ann.post(path, &request).await.refused(409, "price_changed");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn purchases_have_a_brake(engine: Engine) {
    let few = |settings: &mut Settings| settings.payment.purchases_max = 1;
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        let item = json!({"product_id": "felt_midnight"});
        ann.post(BUY, &item).await.with(200);
        let package = json!({"package_id": "lantern_festival"});
        for (path, request) in [(BUY, item), (BUY_LIMITED, package)] {
            ann.post(path, &request)
                .await
                .refused(429, "too_many_purchases");
        }
    })
    .await;
}

#[apply(both_engines)]
async fn an_item_is_worn_or_used_up_by_whoever_owns_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (equip, using) = ("/api/shop/inventory/equip", "/api/shop/inventory/use");
    let scroll = json!({"item": "consumable_training_scroll"});
    let badge = json!({"item": "badge_lantern_festival"});
    ann.post(equip, &badge).await.refused(404, "not_found");
    ann.post(using, &scroll).await.refused(404, "not_found");
    let package = json!({"package_id": "lantern_festival"});
    ann.post(BUY_LIMITED, &package).await.with(200);
    ann.post(equip, &scroll)
        .await
        .refused(409, "item_not_usable");
    ann.post(using, &badge)
        .await
        .refused(409, "item_not_usable");
}

#[apply(both_engines)]
async fn what_was_used_or_spent_is_not_refunded(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let refund = async |bought: &Value| {
        let code = bought["receipt_code"].as_str().unwrap();
        let path = format!("/api/admin/transactions/{code}/refund");
        boss.post(&path, &json!({})).await
    };
    let package = json!({"package_id": "lantern_festival"});
    let bought = ann.post(BUY_LIMITED, &package).await.with(200);
    let scroll = json!({"item": "consumable_training_scroll"});
    ann.post("/api/shop/inventory/use", &scroll).await.with(200);
    refund(&bought).await.refused(409, "item_used");
    let tokens = json!({"product_id": "tokens_1000"});
    let bought = ann.post(BUY, &tokens).await.with(200);
    let spent = json!({"bet_amount": 1_000});
    ann.post("/api/games/crash/bet", &spent).await.with(200);
    refund(&bought).await.refused(400, "insufficient_tokens");
}

#[apply(both_engines)]
async fn settling_says_what_became_of_the_payment(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    club.gateway.behaves(Behaviour::Pends);
    let tokens = json!({"product_id": "tokens_1000"});
    let pending = ann.post(BUY, &tokens).await.with(202);
    let settle = async |code: &str| {
        let path = format!("/api/shop/transactions/{code}/settle");
        ann.post(&path, &json!({})).await
    };
    settle("CC-99999999").await.refused(404, "not_found");
    let code = pending["receipt_code"].as_str().unwrap();
    club.gateway.behaves(Behaviour::Away);
    settle(code).await.refused(502, "gateway_unreachable");
    club.gateway.behaves(Behaviour::Works);
    let reference = club.gateway.charges().into_keys().next().unwrap();
    club.gateway
        .decides(&reference, wire::shop::GatewayState::Declined);
    settle(code).await.refused(402, "payment_declined");
}

#[apply(both_engines)]
async fn a_message_of_no_charge_of_ours_is_not_found(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let event = json!({
        "event_id": "e", "reference": "nowhere", "state": "captured", "amount": 1_200,
        "currency": "KRW",
    });
    let text = event.to_string();
    let at = (club.backend.clock().now().millis() / 1_000).to_string();
    let signature = sign(&WEBHOOK_SECRET.into(), &at, "n", text.as_bytes());
    let request = app
        .request(Method::POST, "/api/shop/webhook/payment")
        .header("content-type", "application/json")
        .header("x-timestamp", at)
        .header("x-nonce", "n")
        .header("x-signature", signature);
    Answer::to(request.body(text))
        .await
        .refused(404, "not_found");
}
