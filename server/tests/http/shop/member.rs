//! What a member sees and does.

use reqwest::Method;
use serde_json::{Value, json};
use server::sandbox::Mode;
use testkit::club::GATEWAY_KEY;
use testkit::{apply, both_engines};

use super::sandbox::{paid_by, reference};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const BUY: &str = "/api/shop/buy";

/// Waits until the receipt says so, for as long as a request takes.
async fn stands_at(member: &Member, code: &Value, status: &str) -> Value {
    let path = format!("/api/shop/transactions/{}", code.as_str().unwrap());
    let wait = async {
        loop {
            let receipt = member.get(&path).await.with(200);
            if receipt["status"] == status {
                return receipt;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), wait)
        .await
        .unwrap()
}

#[apply(both_engines)]
async fn tokens_are_bought_through_the_sandbox_and_the_receipt_verifies(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let ann = Member::join(&app, "ann").await;
    let body = json!({"product_id": "tokens_1000", "quantity": 2, "currency": "USD"});
    let bought = ann.post(BUY, &body).await.with(200);
    assert_eq!(
        (&bought["status"], &bought["balance"]),
        (&json!("captured"), &json!(3_000))
    );
    assert_eq!(bought["total"], json!({"amount": 198, "currency": "USD"}));
    let receipt = stands_at(&ann, &bought["receipt_code"], "captured").await;
    let key = app.get("/api/shop/receipt-key").await.with(200);
    let receipt: wire::shop::Receipt = serde_json::from_value(receipt).unwrap();
    let key: wire::shop::ReceiptKey = serde_json::from_value(key).unwrap();
    assert!(receipt.is_genuine(&key));
    let list = ann
        .get("/api/shop/transactions?kind=tokens&status=captured")
        .await
        .with(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[apply(both_engines)]
async fn a_card_that_says_no_is_402_and_one_that_waits_is_202(club: Club) {
    let (app, gateway) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let ann = Member::join(&app, "ann").await;
    let body = json!({"product_id": "tokens_1000", "payment_method": "card_declined"});
    ann.post(BUY, &body).await.refused(402, "payment_declined");
    assert_eq!(ann.stands_at().await, (1_000, 1));
    let body = json!({"product_id": "tokens_1000", "payment_method": "card_pending"});
    let pending = ann.post(BUY, &body).await.with(202);
    assert_eq!(
        (&pending["status"], &pending["balance"]),
        (&json!("pending"), &json!(1_000))
    );
    let settle = format!(
        "/api/shop/transactions/{}/settle",
        pending["receipt_code"].as_str().unwrap()
    );
    ann.post(&settle, &json!({})).await.with(202);
    // The sandbox settles it and says so by webhook.
    let ended = app.client.post(format!(
        "{gateway}/charges/{}/settle",
        reference(&club).await
    ));
    Answer::to(ended.bearer_auth(GATEWAY_KEY)).await.with(200);
    stands_at(&ann, &pending["receipt_code"], "captured").await;
    assert_eq!(ann.stands_at().await.0, 2_000);
    ann.post(&settle, &json!({})).await.with(200);
}

#[apply(both_engines)]
async fn the_sandbox_is_asked_for_a_charge_by_one_object(club: Club) {
    let (app, gateway) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let ask = |amount: Value| json!({"reference": "r", "amount": amount, "currency": "KRW"});
    for (body, status) in [
        (json!(["r", 1_200, "KRW", null]), 400),
        (ask(json!([1_200])), 422),
        (ask(json!(-1)), 422),
        (ask(json!(1_200)), 200),
        (ask(json!(1_300)), 409),
    ] {
        let request = app.client.post(format!("{gateway}/charges"));
        let request = request.bearer_auth(GATEWAY_KEY).json(&body);
        let answer = Answer::to(request).await;
        assert_eq!(answer.status, status, "{body}");
    }
}

#[apply(both_engines)]
async fn the_sandbox_settles_what_is_pending_by_itself(club: Club) {
    let soon = Some(std::time::Duration::ZERO);
    let (app, _) = paid_by(&club, Mode::PendingThenSucceeds, soon).await;
    let ann = Member::join(&app, "ann").await;
    let pending = ann
        .post(BUY, &json!({"product_id": "tokens_1000"}))
        .await
        .json();
    stands_at(&ann, &pending["receipt_code"], "captured").await;
    assert_eq!(ann.stands_at().await.0, 2_000);
}

#[apply(both_engines)]
async fn items_packages_and_inventory(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let products = app.get("/api/shop/products").await.with(200);
    assert_eq!(products["items"].as_array().unwrap().len(), 14);
    let price = app
        .get("/api/shop/price/lantern_festival?promo_code=LANTERN300")
        .await
        .with(200);
    assert_eq!(price["total"], json!({"amount": 500, "currency": "TOKENS"}));
    let package = json!({"package_id": "lantern_festival", "promo_code": "LANTERN300"});
    let request = || {
        ann.request(Method::POST, "/api/shop/buy-limited")
            .header("idempotency-key", "k")
            .json(&package)
    };
    let bought = Answer::to(request()).await.with(200);
    assert_eq!(
        (&bought["total"], &Answer::to(request()).await.with(200)),
        (&price["total"], &bought)
    );
    let shown = ann.get("/api/shop/limited-packages").await.with(200);
    assert_eq!(
        (
            &shown["items"][1]["owned"],
            &shown["items"][1]["remaining"],
            &shown["items"][1]["state"]
        ),
        (&json!(1), &json!(199), &json!("available"))
    );
    assert_eq!(
        app.get("/api/shop/limited-packages").await.with(200)["items"][1]["owned"],
        json!(0)
    );
    ann.post(
        "/api/shop/inventory/equip",
        &json!({"item": "badge_lantern_festival"}),
    )
    .await
    .with(200);
    let badges = ann
        .get("/api/shop/inventory?kind=badge&rarity=epic")
        .await
        .with(200);
    assert_eq!(
        (
            &badges["items"][0]["is_equipped"],
            &badges["equipment"]["badge"]
        ),
        (&json!(true), &json!("badge_lantern_festival"))
    );
    let used = ann
        .post(
            "/api/shop/inventory/use",
            &json!({"item": "consumable_training_scroll"}),
        )
        .await
        .with(200);
    assert_eq!(
        (&used["left"], &used["experience"]),
        (&json!(0), &json!(500))
    );
    ann.post("/api/shop/inventory/unequip", &json!({"kind": "badge"}))
        .await
        .with(200);
}

#[apply(both_engines)]
async fn what_cannot_be_bought_moves_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for quantity in [
        json!(0),
        json!(-1),
        json!(1_000_000_000),
        json!(100),
        json!(1.5),
        json!("1"),
    ] {
        let body = json!({"product_id": "felt_midnight", "quantity": quantity});
        ann.post(BUY, &body).await.refuses_field("quantity");
    }
    ann.post(BUY, &json!({"product_id": "nothing"}))
        .await
        .refused(404, "not_found");
    ann.post(BUY, &json!({"product_id": "badge_diamond"}))
        .await
        .refused(400, "insufficient_tokens");
    ann.post(
        BUY,
        &json!({"product_id": "felt_midnight", "promo_code": "NO"}),
    )
    .await
    .refused(400, "promo_invalid");
    ann.post(
        BUY,
        &json!({"product_id": "felt_midnight", "currency": "EUR"}),
    )
    .await
    .refuses_field("currency");
    ann.post(BUY, &json!({})).await.refuses_field("product_id");
    app.get("/api/shop/price/nothing")
        .await
        .refused(404, "not_found");
    app.get("/api/shop/price/felt_midnight?quantity=0")
        .await
        .refuses_field("quantity");
    ann.get("/api/shop/transactions/CC-00000001")
        .await
        .refused(404, "not_found");
    assert_eq!(ann.stands_at().await, stood);
    for path in [BUY, "/api/shop/buy-limited", "/api/shop/inventory/use"] {
        app.post(path, &json!({}))
            .await
            .refused(401, "unauthenticated");
        // A page of another site, with the member's cookies.
        let foreign = app
            .request(Method::POST, path)
            .header("cookie", ann.cookies())
            .header("origin", "https://evil.example");
        Answer::to(foreign.json(&json!({})))
            .await
            .refused(403, "foreign_origin");
    }
}
