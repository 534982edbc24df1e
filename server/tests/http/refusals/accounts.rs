//! What accounts refuse.

use reqwest::Method;
use serde_json::json;
use testkit::club::PASSWORD;
use testkit::{apply, both_engines};

use super::bans;
use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, credentials, form};

#[apply(both_engines)]
async fn whoever_is_banned_is_let_in_by_no_door(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::promoted(&app, "ann").await;
    bans(&club, &ann).await;
    let who = credentials("ann");
    for path in ["/api/auth/login", "/api/auth/admin/login"] {
        app.post(path, &who).await.refused(403, "banned");
    }
    // What also visitors are shown, but not who is kept out.
    ann.get("/api/shop/limited-packages")
        .await
        .refused(403, "banned");
    let token = json!({"refresh_token": ann.refresh});
    app.post("/api/auth/refresh", &token)
        .await
        .refused(403, "banned");
}

#[apply(both_engines)]
async fn the_door_of_staff_locks_like_the_others(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let wrong = json!({"site_id": "boss", "password": "not the password"});
    let door = "/api/auth/admin/login";
    for _ in 0..5 {
        app.post(door, &wrong).await.refused(401, "bad_credentials");
    }
    app.post(door, &credentials("boss"))
        .await
        .refused(429, "locked");
}

#[apply(both_engines)]
async fn a_profile_takes_no_name_of_another_and_no_guesses(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    Member::join(&app, "bob").await;
    let profile = "/api/users/profile";
    let named = json!({"nickname": form("bob")["nickname"]});
    ann.put(profile, &named)
        .await
        .refused(409, "nickname_taken");
    let guess = json!({"password": "a new password", "current_password": "not it, sorry"});
    for _ in 0..5 {
        ann.put(profile, &guess)
            .await
            .refused(403, "wrong_password");
    }
    ann.put(profile, &guess).await.refused(429, "locked");
}

#[apply(both_engines)]
async fn a_profile_asks_for_few_phone_numbers_and_only_with_the_password(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    Member::join(&app, "bob").await;
    let profile = "/api/users/profile";
    let taken = form("bob")["phone_number"].clone();
    ann.put(profile, &json!({"phone_number": taken}))
        .await
        .refuses_field("current_password");
    let shown = json!({"phone_number": taken, "current_password": PASSWORD});
    for _ in 0..5 {
        ann.put(profile, &shown).await.refused(409, "phone_taken");
    }
    let limited = ann.put(profile, &shown).await;
    limited.refused(429, "rate_limited");
    assert_eq!(limited.header("retry-after"), "86400");
}

#[apply(both_engines)]
async fn what_is_not_there_is_not_found(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let get = async |path: &str, code: &str| {
        boss.get(path).await.refused(404, code);
    };
    get("/api/games/achievements/999", "not_found").await;
    get("/api/games/leaderboard?game_type=poker", "unknown_game").await;
    get("/api/games/session/active?game_type=poker", "unknown_game").await;
    get(
        &format!("/api/games/session/{}/current?game_type=poker", boss.id),
        "unknown_game",
    )
    .await;
    let off = boss.request(Method::PATCH, "/api/invite/codes/nothing/deactivate");
    Answer::to(off).await.refused(404, "not_found");
    for path in [
        "discounts/nothing/disable",
        "limited-packages/nothing/disable",
        "products/nothing/disable",
        "transactions/CC-00000001/refund",
        "transactions/CC-00000001/force-settle",
    ] {
        boss.post(&format!("/api/admin/{path}"), &json!({}))
            .await
            .refused(404, "not_found");
    }
}

#[apply(both_engines)]
async fn a_sitting_with_a_running_round_does_not_end(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let bet = json!({"bet_amount": 10});
    ann.post("/api/games/crash/bet", &bet).await.with(200);
    let session = ann.get("/api/games/session/active").await.with(200)["session"].clone();
    let end = json!({"session_id": session["session_id"]});
    ann.post("/api/games/session/end", &end)
        .await
        .refused(409, "round_active");
}
