//! Signing up, in and out through REST.

use reqwest::Method;
use serde_json::json;
use testkit::{apply, both_engines};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, credentials, form};

#[apply(both_engines)]
async fn a_member_joins_signs_in_and_out(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "ann").await;
    let login = app
        .post(
            "/api/auth/login",
            &json!({"site_id": "ANN", "password": testkit::club::PASSWORD}),
        )
        .await;
    assert_eq!(login.header("set-cookie"), "", "REST sets no cookie");
    let ann = Member::of(&app.client, &app.base, &login.with(200));
    assert_eq!(
        ann.get("/api/auth/me").await.with(200),
        ann.get("/api/users/profile").await.with(200)
    );
    assert_eq!(ann.post("/api/auth/logout", &json!({})).await.status, 204);
    ann.get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
}

#[apply(both_engines)]
async fn whoever_types_it_on_another_keyboard_is_let_in(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut person = form("ann");
    person["password"] = json!("Élan vital");
    app.post("/api/auth/signup", &person).await.with(201);
    for site_id in ["ann ", " ANN", "ａｎｎ"] {
        for password in ["Élan vital", "E\u{301}lan vital"] {
            let typed = json!({"site_id": site_id, "password": password});
            app.post("/api/auth/login", &typed).await.with(200);
        }
    }
    let mut same = form("bob");
    same["nickname"] = json!("ＡＮＮ");
    app.post("/api/auth/signup", &same)
        .await
        .refused(409, "nickname_taken");
}

#[apply(both_engines)]
async fn logging_out_everywhere_ends_every_device(club: Club) {
    let app = TestApp::serve(&club).await;
    let phone = Member::join(&app, "ann").await;
    let token = app
        .post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    let desk = Member::of(&app.client, &app.base, &token);
    assert_eq!(
        Answer::to(desk.request(Method::POST, "/api/auth/logout-all"))
            .await
            .status,
        204
    );
    phone
        .get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    app.post(
        "/api/auth/refresh",
        &json!({"refresh_token": phone.refresh}),
    )
    .await
    .refused(401, "bad_refresh_token");
}

#[apply(both_engines)]
async fn devices_are_listed_and_ended_one_by_one(club: Club) {
    let app = TestApp::serve(&club).await;
    let phone = Member::join(&app, "ann").await;
    let token = app
        .post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    let desk = Member::of(&app.client, &app.base, &token);
    let listed = desk.get("/api/auth/sessions").await.with(200);
    let sessions = listed["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let path = format!("/api/auth/sessions/{}", other["id"].as_str().unwrap());
    let stranger = Member::join(&app, "bob").await;
    Answer::to(stranger.request(Method::DELETE, &path))
        .await
        .refused(404, "not_found");
    assert_eq!(
        Answer::to(desk.request(Method::DELETE, &path)).await.status,
        204
    );
    phone
        .get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    desk.get("/api/auth/me").await.with(200);
}

#[apply(both_engines)]
async fn wrong_credentials_lock_after_five_and_then_also_for_the_right_ones(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "ann").await;
    let wrong = json!({"site_id": "ann", "password": "not the password"});
    for _ in 0..5 {
        app.post("/api/auth/login", &wrong)
            .await
            .refused(401, "bad_credentials");
    }
    let locked = app.post("/api/auth/login", &credentials("ann")).await;
    locked.refused(429, "locked");
    let wait: i64 = locked.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&wait), "{wait}");
    club.clock.advance_secs(wait + 1);
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
}

#[apply(both_engines)]
async fn only_who_runs_the_club_gets_in_by_the_admin_door(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "ann").await;
    app.post("/api/auth/admin/login", &credentials("ann"))
        .await
        .refused(403, "forbidden");
    let accounts = &app.club.backend.accounts;
    accounts.promote("ann", Role::Auditor).await.unwrap();
    let token = app
        .post("/api/auth/admin/login", &credentials("ann"))
        .await
        .with(200);
    assert_eq!(token["user"]["is_admin"], true);
}

#[apply(both_engines)]
async fn two_sign_ups_for_one_name_at_once_make_one_member(club: Club) {
    let app = TestApp::serve(&club).await;
    let people = (0..8).map(|n| {
        let mut person = form(if n % 2 == 0 { "ann" } else { "ANN" });
        person["phone_number"] = json!(format!("0101234000{n}"));
        person["nickname"] = json!(format!("nick{n}"));
        let request = app.request(Method::POST, "/api/auth/signup").json(&person);
        tokio::spawn(Answer::to(request))
    });
    let mut joined = 0;
    for person in people.collect::<Vec<_>>() {
        let answer = person.await.unwrap();
        if answer.status == 201 {
            joined += 1
        } else {
            drop(answer.refused(409, "site_id_taken"))
        }
    }
    assert_eq!(joined, 1);
}

#[apply(both_engines)]
async fn a_taken_nickname_or_phone_says_which(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "ann").await;
    let mut bob = form("bob");
    bob["nickname"] = json!("Ann");
    app.post("/api/auth/signup", &bob)
        .await
        .refused(409, "nickname_taken");
    let mut bob = form("bob");
    bob["phone_number"] = form("ann")["phone_number"].clone();
    app.post("/api/auth/signup", &bob)
        .await
        .refused(409, "phone_taken");
}

#[apply(both_engines)]
async fn one_of_the_most_common_passwords_is_refused_and_named(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut ann = form("ann");
    ann["password"] = json!("PassWord1");
    let problem = app
        .post("/api/auth/signup", &ann)
        .await
        .refused(422, "invalid");
    let fault = &problem["fields"][0];
    assert_eq!(
        (&fault["field"], &fault["code"]),
        (&json!("password"), &json!("weak"))
    );
}
