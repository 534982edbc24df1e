//! What the gateway tells by itself: signed, fresh, once; in any order.

use backend::shop::webhook::{Message, sign};
use testkit::club::WEBHOOK_SECRET;
use testkit::{Behaviour, Club, apply, both_engines};
use wire::Code;
use wire::shop::{Currency, GatewayState, PaymentEvent, Status};

use super::payments::{buys_while, reference, settles};
use super::verbs::*;
use crate::table::{balance, raced};

/// A message about the newest purchase.
async fn event(club: &Club, id: &str, state: GatewayState) -> Vec<u8> {
    let event = PaymentEvent {
        event_id: id.to_owned(),
        reference: reference(club).await,
        state,
        amount: 1_200,
        currency: Currency::Krw,
    };
    serde_json::to_vec(&event).unwrap()
}

fn now(club: &Club) -> i64 {
    club.backend.clock().now().millis() / 1_000
}

/// Sends a message that is signed now.
async fn sends(club: &Club, nonce: &str, body: &[u8]) -> backend::Result<()> {
    sends_at(club, now(club), nonce, body).await
}

async fn sends_at(club: &Club, at: i64, nonce: &str, body: &[u8]) -> backend::Result<()> {
    let timestamp = &at.to_string();
    let signature = &sign(&WEBHOOK_SECRET.into(), timestamp, nonce, body);
    let message = Message {
        signature,
        timestamp,
        nonce,
        body,
    };
    club.backend.shop.hear(message).await
}

#[apply(both_engines)]
async fn a_message_settles_once_however_often_it_comes(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    let body = event(&club, "e1", GatewayState::Captured).await;
    let answers = raced(10, |n| {
        let (club, body) = (club.clone(), body.clone());
        async move { sends(&club, &format!("n{}", n / 2), &body).await }
    })
    .await;
    let replayed = answers
        .into_iter()
        .filter_map(Result::err)
        .map(|it| it.code());
    assert_eq!(replayed.collect::<Vec<_>>(), vec![Code::ReplayedMessage; 5]);
    assert_eq!(balance(&club, &ann).await, 2_000);
    sends(&club, "n9", &body).await.unwrap();
    let renamed = event(&club, "e2", GatewayState::Captured).await;
    sends(&club, "n10", &renamed).await.unwrap();
    assert_eq!(balance(&club, &ann).await, 2_000);
    proves(&club).await;
}

#[apply(both_engines)]
async fn what_is_forged_stale_or_replayed_is_refused_in_that_order(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let body = event(&club, "e1", GatewayState::Captured).await;
    let shop = &club.backend.shop;
    let at = (now(&club) - 10_000).to_string();
    let good = sign(&WEBHOOK_SECRET.into(), &at, "n", &body);
    let other = sign(&"another secret".into(), &at, "n", &body);
    for signature in [
        "",
        "sha256=",
        "sha256=00",
        "nonsense",
        &other,
        &good[..40],
        good.trim_start_matches("sha256="),
    ] {
        let forged = Message {
            signature,
            timestamp: &at,
            nonce: "n",
            body: &body,
        };
        assert_eq!(
            shop.hear(forged).await.unwrap_err().code(),
            Code::BadSignature,
            "{signature}"
        );
    }
    let moved = Message {
        signature: &good,
        timestamp: &at,
        nonce: "m",
        body: &body,
    };
    assert_eq!(
        shop.hear(moved).await.unwrap_err().code(),
        Code::BadSignature
    );
    for off in [-301, 301, -10_000] {
        let stale = sends_at(&club, now(&club) + off, "n", &body).await;
        assert_eq!(stale.unwrap_err().code(), Code::StaleMessage, "{off}");
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    sends_at(&club, now(&club) - 300, "n", &body).await.unwrap();
    assert_eq!(
        sends(&club, "n", &body).await.unwrap_err().code(),
        Code::ReplayedMessage
    );
    for body in [&b"{"[..], b"[]", b"{\"event_id\": 7}"] {
        assert_eq!(
            sends(&club, "x", body).await.unwrap_err().code(),
            Code::MalformedBody
        );
    }
    // What is forgotten could not come again anyway.
    club.clock.advance_secs(602);
    shop.forget_messages().await.unwrap();
    assert_eq!(
        number(&club, "SELECT COUNT(*) FROM webhook_nonces").await,
        0
    );
    assert_eq!(
        sends_at(&club, now(&club) - 602, "n", &body)
            .await
            .unwrap_err()
            .code(),
        Code::StaleMessage
    );
}

#[apply(both_engines)]
async fn a_message_that_says_something_twice_is_told_what(club: Club) {
    let body = br#"{"event_id": "e", "reference": "r", "event_id": "e"}"#;
    let refused = sends(&club, "n", body).await.unwrap_err().public();
    assert_eq!(refused.code, Code::MalformedBody);
    assert!(refused.message.starts_with("event_id: "), "{refused:?}");
}

#[apply(both_engines)]
async fn a_message_about_another_charge_or_amount_is_refused(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let body = event(&club, "e1", GatewayState::Captured).await;
    let dearer = String::from_utf8(body.clone())
        .unwrap()
        .replace("1200", "1");
    assert_eq!(
        sends(&club, "a", dearer.as_bytes())
            .await
            .unwrap_err()
            .code(),
        Code::MalformedBody
    );
    let elsewhere = String::from_utf8(body)
        .unwrap()
        .replace(&reference(&club).await, "nowhere");
    assert_eq!(
        sends(&club, "b", elsewhere.as_bytes())
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    assert_eq!(balance(&club, &ann).await, 1_000);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_message_before_the_answer_settles_and_the_answer_finds_it(club: Club) {
    let ann = club.member("ann").await;
    club.gateway.behaves(Behaviour::AnswersLate);
    let (its, who) = (club.clone(), ann.clone());
    let buying = tokio::spawn(async move { buys(&its, &who, one("tokens_1000"), None).await });
    club.gateway.is_asked().await;
    let body = event(&club, "e1", GatewayState::Captured).await;
    sends(&club, "n", &body).await.unwrap();
    assert_eq!(balance(&club, &ann).await, 2_000);
    club.gateway.answer();
    let bought = buying.await.unwrap().unwrap();
    assert_eq!(
        (bought.status, bought.balance.get()),
        (Status::Captured, 2_000)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn messages_out_of_order_end_where_they_would_in_order(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    club.gateway
        .decides(&reference(&club).await, GatewayState::Captured);
    for (n, state) in [
        GatewayState::Captured,
        GatewayState::Authorized,
        GatewayState::Pending,
    ]
    .into_iter()
    .enumerate()
    {
        let body = event(&club, &format!("e{n}"), state).await;
        sends(&club, &format!("n{n}"), &body).await.unwrap();
    }
    assert_eq!(balance(&club, &ann).await, 2_000);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_capture_that_is_told_after_the_end_is_given_back(club: Club) {
    let ann = club.member("ann").await;
    buys_while(&club, &ann, Behaviour::Pends).await.unwrap();
    let charge = reference(&club).await;
    let declined = event(&club, "e1", GatewayState::Declined).await;
    sends(&club, "n1", &declined).await.unwrap();
    club.gateway.decides(&charge, GatewayState::Captured);
    let captured = event(&club, "e2", GatewayState::Captured).await;
    sends(&club, "n2", &captured).await.unwrap();
    assert_eq!(settles(&club).await.refunded, 1);
    assert_eq!(
        (
            balance(&club, &ann).await,
            club.gateway.charges()[&charge].refunds
        ),
        (1_000, 1)
    );
    proves(&club).await;
}
