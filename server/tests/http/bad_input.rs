//! Stakes, lines, games and fields that are refused, each with its own code, and nothing moves.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, form};
use crate::openapi::operations;

#[apply(both_engines)]
async fn a_stake_that_breaks_the_rules_moves_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let cases = [
        (0, 5, 422, "stake_too_small"),
        (-10, 5, 422, "stake_too_small"),
        (i64::MIN, 5, 422, "stake_too_small"),
        (5, 5, 422, "stake_too_small"),
        (10_005, 5, 422, "stake_too_large"),
        (9_007_199_254_740_992, 1, 422, "stake_too_large"),
        (i64::MAX, 1, 422, "stake_too_large"),
        (11, 5, 422, "stake_uneven"),
        (10, 0, 422, "bad_lines"),
        (10, 6, 422, "bad_lines"),
        (10, -1, 422, "bad_lines"),
        (10, i64::MAX, 422, "bad_lines"),
        (1_005, 5, 400, "insufficient_tokens"),
    ];
    for (stake, lines, status, code) in cases {
        let answer = ann
            .post(
                "/api/games/slot/spin",
                &json!({"bet_amount": stake, "lines": lines}),
            )
            .await;
        answer.refused(status, code);
    }
    assert_eq!(ann.stands_at().await, stood);
    assert_eq!(
        ann.get("/api/games/history").await.with(200)["items"],
        json!([])
    );
}

#[apply(both_engines)]
async fn a_stake_of_the_wrong_type_names_the_field(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for stake in [
        "10.5",
        "1e30",
        "99999999999999999999",
        "\"10\"",
        "null",
        "[10]",
        "true",
    ] {
        let body = format!("{{\"bet_amount\": {stake}, \"lines\": 5}}");
        spin_with(&ann, &body).await.refuses_field("bet_amount");
    }
    for lines in ["1.5", "\"5\"", "null"] {
        spin_with(&ann, &format!("{{\"bet_amount\": 10, \"lines\": {lines}}}"))
            .await
            .refuses_field("lines");
    }
    spin_with(&ann, "{\"lines\": 5}")
        .await
        .refuses_field("bet_amount");
    spin_with(
        &ann,
        "{\"bet_amount\": 10, \"betAmount\": 10, \"lines\": 5}",
    )
    .await
    .refuses_field("bet_amount");
    spin_with(&ann, "[]").await.refused(400, "malformed_body");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn an_unknown_game_has_a_code_of_its_own(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let bet = json!({"bet_amount": 10, "lines": 5});
    ann.post("/api/games/roulette/spin", &bet)
        .await
        .refused(404, "unknown_game");
    ann.post("/api/games/roulette", &bet)
        .await
        .refused(404, "unknown_game");
    ann.post("/api/games/slot/cashout", &bet)
        .await
        .refused(404, "not_found");
    ann.get("/api/games/slot/spin")
        .await
        .refused(405, "method_not_allowed");
    ann.get("/api/games/history?game_type=roulette")
        .await
        .refused(404, "unknown_game");
}

#[apply(both_engines)]
async fn a_form_that_breaks_the_rules_names_the_field_and_makes_no_member(club: Club) {
    let app = TestApp::serve(&club).await;
    let long = "x".repeat(4_000);
    let cases: [(&str, Value); 19] = [
        ("site_id", json!("ab")),
        ("site_id", json!(&long[..51])),
        ("site_id", json!("white space")),
        ("site_id", json!("한글한글")),
        ("site_id", json!("nul\0nul")),
        ("site_id", json!(7)),
        ("nickname", json!("a")),
        ("nickname", json!(long)),
        ("nickname", json!("nul\0nul")),
        ("nickname", json!("\u{3164}\u{3164}")),
        ("nickname", json!("an\u{2028}n")),
        ("nickname", json!("an\u{e0041}n")),
        ("phone_number", json!("123")),
        ("phone_number", json!("0101234567890123")),
        ("phone_number", json!("not a number")),
        ("password", json!("short")),
        ("password", json!(&long[..129])),
        ("password", json!(null)),
        ("invite_code", json!("nul\0nul")),
    ];
    for (field, value) in cases {
        let mut person = form("ann");
        person[field] = value;
        app.post("/api/auth/signup", &person)
            .await
            .refuses_field(field);
    }
    let mut person = form("ann");
    person.as_object_mut().unwrap().remove("password");
    app.post("/api/auth/signup", &person)
        .await
        .refuses_field("password");
    app.get("/api/users/1").await.refused(404, "not_found");
}

#[apply(both_engines)]
async fn lists_and_paths_refuse_what_they_cannot_read(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for list in [
        "/api/users/transactions",
        "/api/games/history",
        "/api/fairness/rounds",
        "/api/invite/codes",
    ] {
        for limit in ["0", "201", "-1", "x", "1.5", "99999999999999999999", ""] {
            ann.get(&format!("{list}?limit={limit}"))
                .await
                .refuses_field("limit");
        }
        ann.get(&format!("{list}?cursor=made%20up"))
            .await
            .refuses_field("cursor");
        ann.get(&format!("{list}?cursor=%00"))
            .await
            .refused(422, "invalid");
    }
    ann.get("/api/games/history?since=yesterday")
        .await
        .refuses_field("since");
    app.get("/api/users/ann").await.refuses_field("user_id");
    app.get("/api/users/99999999999999999999")
        .await
        .refuses_field("user_id");
    for absent in ["0", "-1", "4711"] {
        app.get(&format!("/api/users/{absent}"))
            .await
            .refused(404, "not_found");
    }
    ann.get("/api/fairness/rounds/nowhere")
        .await
        .refused(404, "not_found");
    ann.get("/api/fairness/rounds/a%00b")
        .await
        .refused(422, "invalid");
}

#[apply(both_engines)]
async fn every_list_takes_up_to_two_hundred(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let has_limit = |operation: &Value| {
        let parameters = operation["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter["name"] == "limit")
    };
    let mut lists = 0;
    for (_, path, operation) in operations() {
        if !has_limit(&operation) {
            continue;
        }
        lists += 1;
        let path = path.replace("{user_id}", &boss.id.to_string());
        for limit in [1, 200] {
            let answer = boss.get(&format!("{path}?limit={limit}")).await;
            answer.with(200);
        }
        for limit in [0, 201] {
            let answer = boss.get(&format!("{path}?limit={limit}")).await;
            answer.refuses_field("limit");
        }
    }
    assert!(lists > 5, "{lists} lists");
}

#[apply(both_engines)]
async fn an_id_in_a_path_is_written_in_one_way(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    assert_eq!(ann.id, 1);
    for path in [
        "/api/users/{}",
        "/api/games/session/{}/current",
        "/api/games/stats/{}",
        "/api/games/achievements/{}",
        "/sse/notifications/{}",
        "/ws/notifications/{}",
        "/ws/game-stats/{}",
    ] {
        for other in ["01", "+1", "%2B1", "%30%31", "%ff"] {
            let answer = ann.get(&path.replace("{}", other)).await;
            answer.refused(404, "not_found");
        }
    }
    let read = |id: &str| format!("/api/notifications/{id}/read");
    ann.post(&read("01"), &json!({}))
        .await
        .refused(404, "not_found");
    ann.post(&read("one"), &json!({})).await.refuses_field("id");
    for same in ["1", "%31"] {
        let seen = ann.get(&format!("/api/users/{same}")).await.with(200);
        assert_eq!(seen["id"], 1);
    }
}

async fn spin_with(member: &Member, body: &str) -> Answer {
    let request = member
        .request(Method::POST, "/api/games/slot/spin")
        .header("content-type", "application/json");
    Answer::to(request.body(body.to_owned())).await
}
