//! The shapes that clients rely on. Ids, seeds and hashes are left out; the clock stands still.

use insta::{assert_json_snapshot, with_settings};
use serde_json::json;
use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::member::{Member, form};

/// The name of a snapshot, without the engine: both must give the same.
macro_rules! shape {
    ($name:literal, $value:expr) => {
        let value = $value;
        with_settings!({prepend_module_to_snapshot => false, sort_maps => true}, {
            assert_json_snapshot!($name, value, {
                ".**.access_token" => "[token]",
                ".**.refresh_token" => "[token]",
                ".**.pair_id" => "[id]",
                ".**.hand_id" => "[id]",
                ".**.session_id" => "[id]",
                ".**.reference" => "[reference]",
                ".**.server_seed" => "[seed]",
                ".**.server_seed_hash" => "[hash]",
                ".**.client_seed" => "[seed]",
                ".**.hash" => "[hash]",
                ".**.request_id" => "[id]",
            });
        });
    };
}

#[apply(both_engines)]
async fn joining_and_being_a_member(club: Club) {
    let app = TestApp::serve(&club).await;
    let token = app.post("/api/auth/signup", &form("ann")).await.with(201);
    shape!("token", &token);
    let ann = Member::of(&app.client, &app.base, &token);
    shape!("user", ann.get("/api/auth/me").await.with(200));
    shape!("public_user", app.get("/api/users/1").await.with(200));
    shape!("balance", ann.get("/api/users/balance").await.with(200));
    shape!("stats", ann.get("/api/users/stats").await.with(200));
    shape!(
        "transactions",
        ann.get("/api/users/transactions").await.with(200)
    );
    shape!("seeds", ann.get("/api/fairness/seeds").await.with(200));
    shape!(
        "validity",
        app.post("/api/invite/validate", &json!({"code": "5858"}))
            .await
            .with(200)
    );
}

#[apply(both_engines)]
async fn the_record(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    shape!(
        "play_session",
        ann.post("/api/games/session/start", &json!({"game_type": "slot"}))
            .await
            .with(200)
    );
    shape!("game_stats", ann.get("/api/games/stats/1").await.with(200));
    shape!(
        "leaderboard",
        ann.get("/api/games/leaderboard").await.with(200)
    );
    shape!(
        "achievements",
        ann.get("/api/games/achievements/1").await.with(200)
    );
    shape!(
        "balance_history",
        ann.get("/api/users/balance/history").await.with(200)
    );
}

#[apply(both_engines)]
async fn the_catalogue(club: Club) {
    let app = TestApp::serve(&club).await;
    shape!("catalogue", app.get("/api/games").await.with(200));
}

#[apply(both_engines)]
async fn a_refusal(club: Club) {
    let app = TestApp::serve(&club).await;
    shape!(
        "problem",
        app.get("/api/auth/me")
            .await
            .refused(401, "unauthenticated")
    );
    let answer = app.post("/api/auth/login", &json!({"site_id": 7})).await;
    shape!("problem_with_fields", answer.refused(422, "invalid"));
}

#[apply(both_engines)]
async fn a_hand(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let spin = ann.spins(10).await.with(200);
    let names: Vec<&String> = spin.as_object().unwrap().keys().collect();
    shape!("spin_fields", names);
    let hands = ann.get("/api/games/history").await.with(200);
    let names: Vec<&String> = hands["items"][0].as_object().unwrap().keys().collect();
    shape!("hand_fields", names);
    let round = ann
        .get(&format!(
            "/api/fairness/rounds/{}",
            spin["hand_id"].as_str().unwrap()
        ))
        .await
        .with(200);
    let names: Vec<&String> = round.as_object().unwrap().keys().collect();
    shape!("round_fields", names);
}
