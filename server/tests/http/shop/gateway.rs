//! Gateways that are away, slow or wrong, and messages that are forged, all over HTTP.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{any, post};
use axum::{Json, Router};
use backend::shop::webhook::sign;
use reqwest::Method;
use serde_json::{Value, json};
use server::sandbox::{Seal, sealed};
use testkit::club::WEBHOOK_SECRET;
use testkit::{Club, apply, both_engines};
use tokio::net::TcpListener;

use super::sandbox::{reference, seal, with_gateway};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

/// A club whose gateway is this router.
async fn asking(club: &Club, gateway: Router) -> TestApp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, gateway).await });
    TestApp::serve(&with_gateway(club, &url)).await
}

async fn buys(member: &Member) -> Answer {
    member
        .post("/api/shop/buy", &json!({"product_id": "tokens_1000"}))
        .await
}

#[apply(both_engines)]
async fn a_gateway_that_is_away_is_502_and_nothing_was_paid(club: Club) {
    // Nothing listens on the discard port.
    let app = TestApp::serve(&with_gateway(&club, "http://127.0.0.1:9")).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    buys(&ann).await.refused(502, "gateway_unreachable");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_gateway_that_answers_garbage_leaves_the_payment_pending(club: Club) {
    for answer in [
        "<html>",
        "{}",
        "{\"reference\":\"other\",\"amount\":1,\"currency\":\"KRW\",\"state\":\"captured\"}",
    ] {
        let says = Router::new().fallback(any(async move || answer));
        let app = asking(&club, sealed(says, seal(&club))).await;
        let name = format!("member{}", answer.len());
        let member = Member::join(&app, &name).await;
        assert_eq!(
            buys(&member).await.with(202)["status"],
            json!("pending"),
            "{answer}"
        );
        assert_eq!(member.stands_at().await.0, 1_000);
    }
    let broken = Router::new().fallback(any(async || StatusCode::INTERNAL_SERVER_ERROR));
    let app = asking(&club, broken).await;
    let ann = Member::join(&app, "ann").await;
    buys(&ann).await.with(202);
}

/// Says of whatever is asked for that it is paid.
async fn says_yes(Json(mut asked): Json<Value>) -> Json<Value> {
    asked["state"] = json!("captured");
    Json(asked)
}

/// Answers every call as if it had another name.
async fn misnames(mut request: Request, next: Next) -> Response {
    let other = HeaderValue::from_static("another");
    request.headers_mut().insert("x-nonce", other);
    next.run(request).await
}

#[apply(both_engines)]
async fn only_an_answer_that_is_signed_for_its_call_says_anything(club: Club) {
    let yes = || Router::new().route("/charges", post(says_yes));
    let other_secret = Seal {
        secret: "another secret".into(),
        ..seal(&club)
    };
    let other_key = Seal {
        key: "another key".into(),
        ..seal(&club)
    };
    let mut running = Vec::new();
    for (name, gateway, status) in [
        ("unsigned", yes(), 202),
        ("forged", sealed(yes(), other_secret), 202),
        ("stranger", sealed(yes(), other_key), 202),
        (
            "misnamed",
            sealed(yes(), seal(&club)).layer(from_fn(misnames)),
            202,
        ),
        ("genuine", sealed(yes(), seal(&club)), 200),
    ] {
        let app = asking(&club, gateway).await;
        let member = Member::join(&app, name).await;
        let bought = buys(&member).await.with(status);
        let (wanted, tokens) = match status {
            200 => ("captured", 2_000),
            _ => ("pending", 1_000),
        };
        assert_eq!(bought["status"], wanted, "{name}");
        assert_eq!(member.stands_at().await.0, tokens, "{name}");
        running.push(app);
    }
}

#[apply(both_engines)]
async fn a_gateway_that_hangs_after_charging_leaves_the_payment_pending(club: Club) {
    let hangs = Router::new().route(
        "/charges",
        post(async || std::future::pending::<()>().await),
    );
    let app = asking(&club, hangs).await;
    let ann = Member::join(&app, "ann").await;
    assert_eq!(buys(&ann).await.with(202)["status"], json!("pending"));
    assert_eq!(ann.stands_at().await.0, 1_000);
}

#[apply(both_engines)]
async fn a_message_is_heard_only_with_its_signature(club: Club) {
    let app = asking(&club, Router::new().fallback(any(async || "?"))).await;
    let ann = Member::join(&app, "ann").await;
    buys(&ann).await.with(202);
    let body = json!({"event_id": "e", "reference": reference(&club).await, "state": "captured", "amount": 1_200, "currency": "KRW"});
    let send = async |body: &Value, off: i64, nonce: &str, secret: &str| {
        let text = body.to_string();
        let at = (club.backend.clock().now().millis() / 1_000 + off).to_string();
        let signature = sign(&secret.to_owned().into(), &at, nonce, text.as_bytes());
        let request = app
            .request(Method::POST, "/api/shop/webhook/payment")
            .body(text);
        let request = request
            .header("content-type", "application/json")
            .header("x-timestamp", at);
        Answer::to(
            request
                .header("x-nonce", nonce)
                .header("x-signature", signature),
        )
        .await
    };
    send(&body, 0, "n", "another secret")
        .await
        .refused(401, "bad_signature");
    app.post("/api/shop/webhook/payment", &body)
        .await
        .refused(401, "bad_signature");
    send(&body, -301, "n", WEBHOOK_SECRET)
        .await
        .refused(400, "stale_message");
    send(&json!({}), 0, "n", WEBHOOK_SECRET)
        .await
        .refused(400, "malformed_body");
    assert_eq!(ann.stands_at().await.0, 1_000);
    send(&body, 0, "n", WEBHOOK_SECRET).await.with(200);
    assert_eq!(ann.stands_at().await.0, 2_000);
    send(&body, 0, "n", WEBHOOK_SECRET)
        .await
        .refused(409, "replayed_message");
    send(&body, 0, "m", WEBHOOK_SECRET).await.with(200);
    assert_eq!(ann.stands_at().await.0, 2_000);
}
