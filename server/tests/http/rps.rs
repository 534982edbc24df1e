//! Rock-paper-scissors over REST.

use serde_json::json;
use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::member::Member;

const PLAY: &str = "/api/games/rps/play";

#[apply(both_engines)]
async fn a_throw_answers_what_the_hand_stores(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let thrown = ann
        .post(PLAY, &json!({"choice": "rock", "betAmount": 20}))
        .await
        .with(200);
    let round = ann
        .get(&format!(
            "/api/fairness/rounds/{}",
            thrown["hand_id"].as_str().unwrap()
        ))
        .await
        .with(200);
    assert_eq!(round["play"]["game"], "rps");
    assert_eq!(round["play"]["choice"], thrown["player_choice"]);
    assert_eq!(round["play"]["outcome"]["house"], thrown["computer_choice"]);
    assert_eq!(round["payout"], thrown["win_amount"]);
    let balance = ann.get("/api/users/balance").await.with(200);
    assert_eq!(balance["cyber_token_balance"], thrown["balance"]);
}

#[apply(both_engines)]
async fn a_throw_that_breaks_the_rules_moves_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let throw = |choice, stake: i64| json!({"choice": choice, "bet_amount": stake});
    for (body, status, code) in [
        (throw("rock", 0), 422, "stake_too_small"),
        (throw("rock", -10), 422, "stake_too_small"),
        (throw("rock", 10_001), 422, "stake_too_large"),
        (throw("rock", i64::MAX), 422, "stake_too_large"),
        (throw("rock", 1_001), 400, "insufficient_tokens"),
    ] {
        ann.post(PLAY, &body).await.refused(status, code);
    }
    for body in [
        throw("lizard", 10),
        json!({"choice": 1, "bet_amount": 10}),
        json!({"bet_amount": 10}),
    ] {
        ann.post(PLAY, &body).await.refuses_field("choice");
    }
    ann.post(PLAY, &json!({"choice": "rock", "bet_amount": 10.5}))
        .await
        .refuses_field("bet_amount");
    assert_eq!(ann.stands_at().await, stood);
}
