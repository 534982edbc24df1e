//! Crash over REST: the shapes, what is refused, and the job that settles.

use std::time::Duration;

use backend::Settings;
use backend::db::Columns;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Club, apply, both_engines, within};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const BET: &str = "/api/games/crash/bet";
const CASHOUT: &str = "/api/games/crash/cashout";
const CURRENT: &str = "/api/games/crash/debug/current";

/// Bets until a round goes on to 2x at least, which only the database tells.
pub(crate) async fn long_round(club: &Club, member: &Member, body: &Value) -> Value {
    loop {
        let round = member.post(BET, body).await.with(200);
        let mut conn = club.backend.db().read().await.unwrap();
        let point = "SELECT point_hundredths FROM crash_sessions WHERE status = 'active'";
        let row = sqlx::query(point).fetch_one(&mut *conn).await.unwrap();
        if row.int("point_hundredths").unwrap() >= 200 {
            return round;
        }
        club.clock.advance_secs(120);
    }
}

fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[apply(both_engines)]
async fn a_round_that_runs_shows_nothing_of_its_end(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let round = long_round(&club, &ann, &json!({"betAmount": 50, "autoCashout": 9.5})).await;
    assert_eq!(
        fields(&round),
        [
            "auto_cashout_multiplier",
            "balance",
            "bet_amount",
            "game_id",
            "now",
            "seq",
            "started_at"
        ]
    );
    let current = ann.get(CURRENT).await.with(200);
    assert_eq!(fields(&current), ["available", "now", "session"]);
    assert_eq!(
        fields(&current["session"]),
        [
            "auto_cashout_multiplier",
            "bet_amount",
            "game_id",
            "started_at"
        ]
    );
    assert_eq!(current["session"]["game_id"], round["game_id"]);
    ann.post(BET, &json!({"bet_amount": 50}))
        .await
        .refused(409, "round_active");
    ann.post(CASHOUT, &json!({"game_id": round["game_id"]}))
        .await
        .refused(409, "too_early");
    ann.post("/api/fairness/rotate", &json!({}))
        .await
        .refused(409, "round_running");
}

#[apply(both_engines)]
async fn a_cash_out_pays_the_curve_and_is_a_hand_then(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let round = long_round(&club, &ann, &json!({"bet_amount": 50})).await;
    club.clock.advance_secs(3);
    let taken = ann
        .post(CASHOUT, &json!({"gameId": round["game_id"]}))
        .await
        .with(200);
    assert_eq!(
        fields(&taken),
        [
            "balance",
            "cashed_out_at",
            "game_id",
            "payout",
            "seq",
            "status",
            "streak",
            "win_amount"
        ]
    );
    assert_eq!(
        (&taken["cashed_out_at"], &taken["win_amount"]),
        (&json!(1.19), &json!(9))
    );
    assert_eq!(
        ann.stands_at().await.0,
        round["balance"].as_i64().unwrap() + 59
    );
    let hand = ann
        .get(&format!(
            "/api/fairness/rounds/{}",
            round["game_id"].as_str().unwrap()
        ))
        .await
        .with(200);
    assert_eq!(
        (&hand["play"]["game"], &hand["payout"]),
        (&json!("crash"), &json!(59))
    );
    assert_eq!(ann.get(CURRENT).await.with(200)["session"], Value::Null);
}

#[apply(both_engines)]
async fn a_bet_of_crash_that_breaks_the_rules_moves_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for (stake, status, code) in [
        (0, 422, "stake_too_small"),
        (-10, 422, "stake_too_small"),
        (100_001, 422, "stake_too_large"),
        (1_001, 400, "insufficient_tokens"),
    ] {
        ann.post(BET, &json!({"bet_amount": stake}))
            .await
            .refused(status, code);
    }
    for auto in [
        "1", "1.00", "0", "-1", "1e9", "1.005", "\"2\"", "true", "[2]",
    ] {
        let body = format!("{{\"bet_amount\": 10, \"auto_cashout_multiplier\": {auto}}}");
        sends(&ann, BET, &body)
            .await
            .refuses_field("auto_cashout_multiplier");
    }
    for body in [
        "{\"bet_amount\": NaN}",
        "{\"bet_amount\": 10, \"auto_cashout_multiplier\": NaN}",
        "{",
    ] {
        sends(&ann, BET, body).await.refused(400, "malformed_body");
    }
    for stake in ["10.5", "\"10\"", "null"] {
        sends(&ann, BET, &format!("{{\"bet_amount\": {stake}}}"))
            .await
            .refuses_field("bet_amount");
    }
    sends(&ann, CASHOUT, "{\"game_id\": 7}")
        .await
        .refuses_field("game_id");
    sends(&ann, CASHOUT, "{}").await.refuses_field("game_id");
    ann.post(CASHOUT, &json!({"game_id": "nowhere"}))
        .await
        .refused(404, "not_found");
    for (method, path) in [
        (Method::POST, BET),
        (Method::POST, CASHOUT),
        (Method::GET, CURRENT),
    ] {
        let request = app
            .request(method, path)
            .json(&json!({"bet_amount": 10, "game_id": "x"}));
        Answer::to(request).await.refused(401, "unauthenticated");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_multiplier_is_what_is_written_to_its_last_digit(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let bet = |auto: &str| format!("{{\"bet_amount\": 10, \"auto_cashout_multiplier\": {auto}}}");
    for auto in [
        "2.001",
        "2.000000000000000000001",
        "1.999999999999999999999",
        "200000000000000000000.1e-20",
    ] {
        let refused = sends(&ann, BET, &bet(auto)).await;
        refused.refuses_field("auto_cashout_multiplier");
    }
    assert_eq!(ann.stands_at().await, stood);
    for (written, auto) in [("2.00", 2.0), ("2.5", 2.5), ("2.500", 2.5), ("25e-1", 2.5)] {
        let round = sends(&ann, BET, &bet(written)).await.with(200);
        assert_eq!(round["auto_cashout_multiplier"], auto, "{written}");
        club.clock.advance_secs(120);
    }
}

#[apply(both_engines)]
async fn the_server_settles_what_is_due(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let round = ann.post(BET, &json!({"bet_amount": 50})).await.with(200);
    club.clock.advance_secs(120);
    let settled = async { while ann.get(CURRENT).await.with(200)["session"] != Value::Null {} };
    tokio::time::timeout(Duration::from_secs(30), settled)
        .await
        .unwrap();
    let hand = ann
        .get(&format!(
            "/api/fairness/rounds/{}",
            round["game_id"].as_str().unwrap()
        ))
        .await
        .with(200);
    assert_eq!(
        ann.stands_at().await.0,
        950 + hand["payout"].as_i64().unwrap()
    );
}

async fn sends(member: &Member, path: &str, body: &str) -> Answer {
    let request = member
        .request(Method::POST, path)
        .header("content-type", "application/json");
    Answer::to(request.body(body.to_owned())).await
}

#[apply(both_engines)]
async fn without_the_live_sessions_a_bet_is_told_to_come_back(engine: Engine) {
    // Nothing listens on the discard port.
    let redis = "redis://127.0.0.1:9";
    let without = |settings: &mut Settings| settings.redis_url = Some(redis.to_owned().into());
    within(engine, without, told_to_come_back).await;
}

async fn told_to_come_back(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let refused = ann.post(BET, &json!({"bet_amount": 50})).await;
    refused.refused(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(ann.stands_at().await, stood);
    let current = ann.get(CURRENT).await.with(200);
    assert_eq!(
        (&current["available"], &current["session"]),
        (&json!(false), &Value::Null)
    );
    ann.spins(10).await.with(200);
}
