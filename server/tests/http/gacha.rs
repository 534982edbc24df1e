//! The gacha over REST.

use serde_json::json;
use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

const PULL: &str = "/api/games/gacha/pull";

#[apply(both_engines)]
async fn a_round_of_pulls_answers_what_the_hand_stores(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let pulled = ann
        .post(
            PULL,
            &json!({"pullCount": 10, "gachaId": "standard", "usePremiumCurrency": false}),
        )
        .await
        .with(200);
    assert_eq!(
        (&pulled["cost"], &pulled["balance"]),
        (&json!(450), &json!(550))
    );
    let round = ann
        .get(&format!(
            "/api/fairness/rounds/{}",
            pulled["hand_id"].as_str().unwrap()
        ))
        .await
        .with(200);
    assert_eq!(
        (&round["play"]["game"], &round["result"]),
        (&json!("gacha"), &json!("bonus"))
    );
    let drawn = round["play"]["outcome"]["pulls"].as_array().unwrap();
    let items = pulled["items"].as_array().unwrap();
    assert_eq!(items.len(), 10);
    for (item, pull) in items.iter().zip(drawn) {
        assert_eq!(
            (&item["code"], &item["rarity"], &item["animation"]),
            (&pull["item"], &pull["rarity"], &pull["animation"])
        );
        assert!(item["name"].as_str().is_some_and(|name| !name.is_empty()));
    }
    let stats = ann.get("/api/games/gacha/stats").await.with(200);
    assert_eq!(
        (&stats["pulls"], &stats["pity"], &stats["state"]),
        (&json!(10), &pulled["pity"], &pulled["state"])
    );
}

#[apply(both_engines)]
async fn pulls_that_break_the_rules_move_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.post(PULL, &json!({"pull_count": 10})).await.with(200);
    for _ in 0..3 {
        ann.post(PULL, &json!({"pull_count": 1})).await.with(200);
    }
    let stood = ann.stands_at().await;
    ann.post(PULL, &json!({"pull_count": 10}))
        .await
        .refused(400, "insufficient_tokens");
    for count in [
        json!(0),
        json!(-1),
        json!(11),
        json!(1.5),
        json!("1"),
        json!(null),
    ] {
        ann.post(PULL, &json!({"pull_count": count}))
            .await
            .refuses_field("pull_count");
    }
    ann.post(PULL, &json!({"pull_count": 1, "gacha_id": "golden"}))
        .await
        .refuses_field("gacha_id");
    ann.post(
        PULL,
        &json!({"pull_count": 1, "use_premium_currency": true}),
    )
    .await
    .refuses_field("use_premium_currency");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn the_tables_are_public_and_the_history_is_not(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let config = app.get("/api/games/gacha/config").await.with(200);
    let weights = config["table"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["weight"].as_u64().unwrap());
    assert_eq!(weights.sum::<u64>(), 100_000);
    assert!(config["items"].as_array().unwrap().len() >= 24);
    for path in ["stats", "history", "history.csv"] {
        app.get(&format!("/api/games/gacha/{path}"))
            .await
            .refused(401, "unauthenticated");
    }
    ann.post(PULL, &json!({"pull_count": 2})).await.with(200);
    let history = ann.get("/api/games/gacha/history").await.with(200);
    assert_eq!(history["items"][0]["pulls"].as_array().unwrap().len(), 2);
    let csv = ann.get("/api/games/gacha/history.csv").await;
    assert_eq!((csv.status, csv.text.lines().count()), (200, 3));
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
}

#[apply(both_engines)]
async fn a_pull_among_the_games_says_what_it_cost_and_no_payout(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let pulled = ann.post(PULL, &json!({"pull_count": 10})).await.with(200);
    let profile = app.page("/profile", &ann.cookies()).await;
    let row = profile
        .text
        .split("data-testid=\"hand-row\"")
        .nth(1)
        .unwrap();
    let money = row
        .split("class=\"hand-money\"")
        .nth(1)
        .unwrap()
        .split("class=\"hand-when\"")
        .next()
        .unwrap();
    assert!(
        row.contains("Pull") && money.contains("\u{2212}450"),
        "{row}"
    );
    assert!(!money.contains("class=\"tokens\""), "{money}");
    let hand = pulled["hand_id"].as_str().unwrap();
    assert!(row.contains(hand), "{row}");
}

#[apply(both_engines)]
async fn before_one_pulls_it_is_said_that_nine_cost_what_ten_do(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for language in ["ko", "en"] {
        let cookies = format!("casino_language={language}; {}", ann.cookies());
        let page = app.page("/games/gacha", &cookies).await;
        let said = say(language, "gacha.rule_same")
            .replace("{fewer}", "9")
            .replace("{count}", "10")
            .replace("{cost}", "450")
            .replace("{cost:s}", "s");
        assert_eq!(Html::read(&page.text).text_of("as-dear"), said);
    }
    let config = app.get("/api/games/gacha/config").await.with(200);
    assert_eq!(
        (&config["cost"], &config["cost_of_ten"]),
        (&json!(50), &json!(450))
    );
    let document = app.get("/openapi.json").await.with(200);
    let shapes = &document["components"]["schemas"];
    for (shape, field) in [
        ("PullRequest", "pull_count"),
        ("GachaConfig", "cost_of_ten"),
    ] {
        let words = &shapes[shape]["properties"][field]["description"];
        assert!(words.as_str().unwrap().contains("nine"), "{words}");
    }
}
