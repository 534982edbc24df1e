//! Access and refresh tokens that must not count.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64.decode(payload).unwrap()).unwrap()
}

fn unsigned(claims: &Value) -> String {
    let part = |value: &Value| BASE64.encode(value.to_string());
    format!(
        "{}.{}.",
        part(&json!({"alg": "none", "typ": "JWT"})),
        part(claims)
    )
}

/// The same token with one character of its payload changed, and with one of its signature.
fn tampered(token: &str) -> [String; 2] {
    let parts: Vec<&str> = token.split('.').collect();
    let other = |part: &str| {
        let (head, last) = part.split_at(part.len() / 2);
        let swapped = if last.starts_with('A') { "B" } else { "A" };
        format!("{head}{swapped}{}", &last[1..])
    };
    [
        format!("{}.{}.{}", parts[0], other(parts[1]), parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], other(parts[2])),
    ]
}

#[apply(both_engines)]
async fn a_token_that_was_not_made_here_counts_for_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let claims = claims(&ann.access);
    let foreign = EncodingKey::from_secret(b"another club's secret, 32 bytes+");
    let ours = EncodingKey::from_secret(b"a secret that only tests use, 32+");
    let mut bad = vec![
        String::new(),
        "nonsense".to_owned(),
        unsigned(&claims),
        encode(&Header::default(), &claims, &foreign).unwrap(),
        encode(&Header::new(Algorithm::HS512), &claims, &ours).unwrap(),
        ann.refresh.clone(),
    ];
    bad.extend(tampered(&ann.access));
    for token in bad {
        let thief = Member {
            access: token.clone(),
            ..ann.clone()
        };
        thief
            .get("/api/auth/me")
            .await
            .refused(401, "unauthenticated");
        thief.spins(10).await.refused(401, "unauthenticated");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn an_expired_token_counts_no_more_and_a_refresh_brings_the_next(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    club.clock.advance_secs(30 * 60 + 1);
    ann.spins(10).await.refused(401, "unauthenticated");
    // Not what a visitor is shown, who would think that it is theirs.
    ann.get("/api/shop/limited-packages")
        .await
        .refused(401, "unauthenticated");
    let token = app
        .post("/api/auth/refresh", &json!({"refreshToken": ann.refresh}))
        .await
        .with(200);
    let ann = Member::of(&app.client, &app.base, &token);
    assert_eq!(ann.stands_at().await.0, 1_000);
}

#[apply(both_engines)]
async fn a_refresh_token_may_stand_in_the_header(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let request = app
        .request(Method::POST, "/api/auth/refresh")
        .bearer_auth(&ann.refresh);
    let answer = Answer::to(request).await;
    assert_eq!(answer.header("set-cookie"), "");
    answer.with(200);
}

#[apply(both_engines)]
async fn a_replayed_refresh_token_ends_its_family(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let body = json!({"refresh_token": ann.refresh});
    let next = app.post("/api/auth/refresh", &body).await.with(200);
    app.post("/api/auth/refresh", &body)
        .await
        .refused(401, "bad_refresh_token");
    let robbed = Member::of(&app.client, &app.base, &next);
    robbed
        .get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    app.post(
        "/api/auth/refresh",
        &json!({"refresh_token": robbed.refresh}),
    )
    .await
    .refused(401, "bad_refresh_token");
}

#[apply(both_engines)]
async fn a_refresh_without_a_token_is_401(club: Club) {
    let app = TestApp::serve(&club).await;
    Answer::to(app.request(Method::POST, "/api/auth/refresh"))
        .await
        .refused(401, "bad_refresh_token");
    app.post("/api/auth/refresh", &json!({"refresh_token": "made up"}))
        .await
        .refused(401, "bad_refresh_token");
    app.post("/api/auth/refresh", &json!({"refresh_token": 7}))
        .await
        .refuses_field("refresh_token");
}

#[apply(both_engines)]
async fn every_guarded_call_wants_a_token(club: Club) {
    let app = TestApp::serve(&club).await;
    let guarded = [
        "/api/auth/me",
        "/api/auth/sessions",
        "/api/users/profile",
        "/api/users/info",
        "/api/users/balance",
        "/api/users/stats",
        "/api/users/transactions",
        "/api/fairness/seeds",
        "/api/fairness/rounds",
        "/api/fairness/rounds/x",
        "/api/games/history",
        "/api/invite/codes",
        "/api/rbac/premium",
        "/api/rbac/vip",
    ];
    for path in guarded {
        app.get(path).await.refused(401, "unauthenticated");
    }
    for path in [
        "/api/games/slot/spin",
        "/api/fairness/rotate",
        "/api/auth/logout",
        "/api/auth/logout-all",
        "/api/invite/generate",
    ] {
        app.post(path, &json!({"bet_amount": 10, "lines": 5}))
            .await
            .refused(401, "unauthenticated");
    }
}
