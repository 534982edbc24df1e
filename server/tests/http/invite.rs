//! Invite codes and ranks through REST.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, form};

async fn made(admin: &Member, request: &Value) -> String {
    admin.post("/api/invite/generate", request).await.with(201)["code"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn invited(name: &str, code: &str) -> Value {
    let mut person = form(name);
    person["invite_code"] = json!(code);
    person
}

async fn validity(app: &TestApp, code: &str) -> Value {
    app.post("/api/invite/validate", &json!({"code": code}))
        .await
        .with(200)
}

#[apply(both_engines)]
async fn a_code_that_fills_up_between_form_and_submit_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let admin = Member::promoted(&app, "boss").await;
    let code = made(&admin, &json!({"max_uses": 1})).await;
    assert_eq!(validity(&app, &code).await["is_valid"], true);
    app.post("/api/auth/signup", &invited("bob", &code))
        .await
        .with(201);
    app.post("/api/auth/signup", &invited("ann", &code))
        .await
        .refused(400, "invite_used_up");
    assert_eq!(
        validity(&app, &code).await,
        json!({"is_valid": false, "error_code": "invite_used_up", "remaining_uses": 0})
    );
}

#[apply(both_engines)]
async fn a_code_that_validates_lets_in_however_it_is_typed(club: Club) {
    let app = TestApp::serve(&club).await;
    let admin = Member::promoted(&app, "boss").await;
    let code = made(&admin, &json!({})).await;
    let typed = format!(" {} ", code.to_lowercase());
    assert_eq!(validity(&app, &typed).await["is_valid"], true);
    app.post("/api/auth/signup", &invited("ann", &typed))
        .await
        .with(201);
}

#[apply(both_engines)]
async fn a_code_that_expires_between_form_and_submit_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let admin = Member::promoted(&app, "boss").await;
    let code = made(&admin, &json!({"expires_in_days": 1})).await;
    assert_eq!(validity(&app, &code).await["is_valid"], true);
    club.clock.advance_secs(24 * 60 * 60 + 1);
    app.post("/api/auth/signup", &invited("ann", &code))
        .await
        .refused(400, "invite_expired");
    assert_eq!(validity(&app, &code).await["error_code"], "invite_expired");
}

#[apply(both_engines)]
async fn ten_at_once_share_three_places(club: Club) {
    let app = TestApp::serve(&club).await;
    let admin = Member::promoted(&app, "boss").await;
    let code = made(&admin, &json!({"max_uses": 3})).await;
    let people = (0..10).map(|n| {
        let person = invited(&format!("guest{n}"), &code);
        tokio::spawn(Answer::to(
            app.request(Method::POST, "/api/auth/signup").json(&person),
        ))
    });
    let mut joined = 0;
    for person in people.collect::<Vec<_>>() {
        let answer = person.await.unwrap();
        if answer.status == 201 {
            joined += 1
        } else {
            drop(answer.refused(400, "invite_used_up"))
        }
    }
    assert_eq!(joined, 3);
}

#[apply(both_engines)]
async fn an_unknown_or_switched_off_code_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    app.post("/api/auth/signup", &invited("ann", "made-up"))
        .await
        .refused(400, "invite_unknown");
    assert_eq!(
        validity(&app, "made-up").await["error_code"],
        "invite_unknown"
    );
    let admin = Member::promoted(&app, "boss").await;
    let code = made(&admin, &json!({})).await;
    let path = format!("/api/invite/codes/{code}/deactivate");
    let bob = Member::join(&app, "bob").await;
    Answer::to(bob.request(Method::PATCH, &path))
        .await
        .refused(403, "forbidden");
    assert_eq!(
        Answer::to(admin.request(Method::PATCH, &path))
            .await
            .with(200)["is_active"],
        false
    );
    app.post("/api/auth/signup", &invited("ann", &code))
        .await
        .refused(400, "invite_inactive");
}

#[apply(both_engines)]
async fn members_make_no_codes_and_see_only_their_own(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.post("/api/invite/generate", &json!({}))
        .await
        .refused(403, "forbidden");
    assert_eq!(
        ann.get("/api/invite/codes").await.with(200)["items"],
        json!([])
    );
    let admin = Member::promoted(&app, "boss").await;
    for bad in [
        json!({"max_uses": 0}),
        json!({"max_uses": -1}),
        json!({"max_uses": 100_001}),
    ] {
        admin
            .post("/api/invite/generate", &bad)
            .await
            .refuses_field("max_uses");
    }
    admin
        .post("/api/invite/generate", &json!({"expires_in_days": 3_651}))
        .await
        .refuses_field("expires_in_days");
}

#[apply(both_engines)]
async fn ranks_guard_what_they_open(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for path in ["/api/rbac/premium", "/api/rbac/vip"] {
        ann.get(path).await.refused(403, "forbidden");
    }
    let admin = Member::promoted(&app, "boss").await;
    assert_eq!(
        admin.get("/api/rbac/vip").await.with(200),
        json!({"rank": "STANDARD"})
    );
}
