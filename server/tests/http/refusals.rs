//! What follows from what a call takes, tried at every call that the document names.

mod accounts;
mod full;
mod shop;

use std::collections::BTreeSet;

use backend::Settings;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use testkit::club::{PASSWORD, ban};
use testkit::{Club, apply, both_engines, within};
use wire::UserId;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::crash_game::long_round;
use crate::member::{Member, credentials, form};
use crate::openapi::operations;

/// A call of the document, with something in the place of each parameter of its path.
struct Call {
    id: String,
    method: Method,
    path: String,
    operation: Value,
}

fn calls() -> impl Iterator<Item = Call> {
    operations()
        .into_iter()
        .map(|(method, path, operation)| Call {
            id: operation["operationId"].as_str().unwrap().to_owned(),
            method: Method::from_bytes(method.as_bytes()).unwrap(),
            path,
            operation,
        })
}

impl Call {
    fn takes_a_body(&self) -> bool {
        self.operation["requestBody"].is_object()
    }

    /// What the gateway says is read as it came, once its signature counts.
    fn is_signed(&self) -> bool {
        self.id == "shop_webhook_payment_v1"
    }

    fn refuses(&self, status: &str, code: &str) -> bool {
        let words = self.operation["responses"][status]["description"].as_str();
        words.is_some_and(|words| words.contains(&format!("`{code}`")))
    }

    fn has_parameter(&self, place: &str) -> bool {
        let parameters = self.operation["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter["in"] == place)
    }

    /// The path with this in the place of its parameters.
    fn path_with(&self, value: &str) -> String {
        let part = |part: &str| match part.starts_with('{') {
            true => value.to_owned(),
            false => part.to_owned(),
        };
        self.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    fn by(&self, member: &Member, path: &str) -> RequestBuilder {
        member.request(self.method.clone(), path)
    }
}

async fn bans(club: &Club, member: &Member) {
    let boss = club.staff("the_boss").await;
    let accounts = &club.backend.accounts;
    let banned = accounts.ban(&boss, UserId(member.id), ban("a test"));
    banned.await.unwrap();
}

#[apply(both_engines)]
async fn a_banned_member_may_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    bans(&club, &ann).await;
    for call in calls().filter(|call| call.operation["security"].is_array()) {
        let request = call.by(&ann, &call.path_with("1"));
        Answer::to(request.json(&body_of(&call.id)))
            .await
            .refused(403, "banned");
    }
}

#[apply(both_engines)]
async fn every_call_for_staff_is_for_nobody_else(engine: Engine) {
    // Such calls are limited.
    let many = |settings: &mut Settings| settings.limits.code_checks_per_minute = 1_000;
    within(engine, many, refuses_whoever_is_no_staff).await;
}

async fn refuses_whoever_is_no_staff(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let boss = Member::promoted(&app, "boss").await;
    let invite = boss
        .post("/api/invite/generate", &json!({}))
        .await
        .with(201);
    let code = invite["code"].as_str().unwrap();
    for call in calls().filter(|call| call.refuses("403", "forbidden")) {
        let path = match call.path.contains("{code}") {
            true => call.path_with(code),
            false => call.path_with(&boss.id.to_string()),
        };
        let request = call.by(&ann, &path).json(&body_of(&call.id));
        Answer::to(request).await.refused(403, "forbidden");
    }
}

#[apply(both_engines)]
async fn every_body_that_cannot_be_read_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let parsed = calls().filter(|call| call.takes_a_body() && !call.is_signed());
    for call in parsed {
        let send = async |kind: &str, body: &str| {
            let request = call.by(&boss, &call.path_with("1"));
            let request = request.header("content-type", kind).body(body.to_owned());
            Answer::to(request).await
        };
        send("application/json", "{")
            .await
            .refused(400, "malformed_body");
        send("text/plain", "{}")
            .await
            .refused(415, "unsupported_media_type");
        for other in ["7", "[]", "null"] {
            send("application/json", other)
                .await
                .refused(400, "malformed_body");
        }
        send("application/json", r#"{"twice": 1, "twice": 1}"#)
            .await
            .refuses_field("twice");
    }
}

#[apply(both_engines)]
async fn every_change_is_for_no_page_of_another_site_and_for_no_large_body(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for call in calls().filter(|call| call.method != Method::GET) {
        let path = call.path_with("1");
        let foreign = app
            .request(call.method.clone(), &path)
            .header("cookie", boss.cookies())
            .header("origin", "https://evil.example");
        Answer::to(foreign).await.refused(403, "foreign_origin");
        let large = call.by(&boss, &path).body("x".repeat(70_000));
        Answer::to(large).await.refused(413, "body_too_large");
    }
}

#[apply(both_engines)]
async fn every_parameter_that_cannot_be_read_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for call in calls().filter(|call| !call.is_signed()) {
        if call.has_parameter("path") {
            let request = call.by(&boss, &call.path_with("a%00b"));
            Answer::to(request.json(&json!({})))
                .await
                .refused(422, "invalid");
        }
        if call.has_parameter("query") {
            for (query, name) in [("odd=%00", "odd"), ("twice=1&twice=1", "twice")] {
                let path = format!("{}?{query}", call.path_with("1"));
                Answer::to(call.by(&boss, &path)).await.refuses_field(name);
            }
        }
        if call.has_parameter("header") {
            let request = call.by(&boss, &call.path_with("x"));
            let request = request.header("idempotency-key", "two words");
            Answer::to(request.json(&json!({})))
                .await
                .refuses_field("Idempotency-Key");
        }
    }
}

/// Something that a call takes, so that it is counted.
fn body_of(id: &str) -> Value {
    match id {
        "auth_login_v1" | "auth_admin_login_v1" => credentials("ann"),
        "auth_refresh_v1" => json!({"refresh_token": "made up"}),
        "auth_sign_up_v1" => form("zed"),
        "auth_totp_setup_v1" | "auth_confirm_v1" => json!({"password": PASSWORD}),
        "auth_totp_confirm_v1" => json!({"code": "123456"}),
        "auth_totp_disable_v1" | "auth_totp_recovery_codes_v1" => {
            json!({"password": PASSWORD, "code": "123456"})
        }
        "fairness_client_seed_v1" => json!({"client_seed": "chosen"}),
        "games_crash_bet_v1" => json!({"bet_amount": 10}),
        "games_crash_cashout_v1" => json!({"game_id": "nowhere"}),
        "games_gacha_pull_v1" => json!({"pull_count": 1}),
        "games_rps_play_v1" => json!({"bet_amount": 10, "choice": "rock"}),
        "play_session_end_v1" => json!({"session_id": "0".repeat(32)}),
        "play_session_start_v1" => json!({"game_type": "slot"}),
        "games_slot_spin_v1" => json!({"bet_amount": 10, "lines": 5}),
        "invite_validate_v1" => json!({"code": "5858"}),
        "shop_buy_limited_v1" => json!({"package_id": "nothing"}),
        "shop_buy_v1" => json!({"product_id": "nothing"}),
        "shop_equip_v1" | "shop_use_v1" => json!({"item": "nothing"}),
        "shop_unequip_v1" => json!({"kind": "felt"}),
        _ => json!({}),
    }
}

#[apply(both_engines)]
async fn every_call_that_is_limited_says_so(engine: Engine) {
    let one = |settings: &mut Settings| {
        let limits = &mut settings.limits;
        limits.sign_ups_per_minute = 1;
        limits.sign_ins_per_minute = 1;
        limits.plays_per_minute = 1;
        limits.purchases_per_minute = 1;
        limits.writes_per_minute = 1;
        limits.reads_per_minute = 1;
        limits.code_checks_per_minute = 1;
    };
    within(engine, one, limits_each_call).await;
}

async fn limits_each_call(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    // Who is named to sign in.
    Member::join(&app, "ann").await;
    // Of connections so many may be open; that has a test of its own.
    let counts = |call: &Call| call.operation["tags"][0] != "live";
    let limited = calls().filter(|call| call.refuses("429", "rate_limited"));
    for (number, call) in limited.filter(counts).enumerate() {
        is_limited(&app, &call, number).await;
    }
}

/// Asks twice, as a member and from an address that have asked for nothing else.
async fn is_limited(app: &TestApp, call: &Call, number: usize) {
    let address = format!("198.51.100.{number}");
    let from_there = |request: RequestBuilder| request.header("x-forwarded-for", &*address);
    let join = from_there(app.request(Method::POST, "/api/auth/signup"));
    let token = Answer::to(join.json(&form(&format!("ann_{number}")))).await;
    let ann = Member::of(&app.client, &app.base, &token.with(201));
    let path = match &*call.path {
        path if path.contains("{product_id}") => {
            "/api/shop/price/felt_midnight?promo_code=NO".to_owned()
        }
        // What there is, or can be read, where that is asked before it counts.
        path if path.contains("{id}") => call.path_with("1"),
        _ => call.path_with("first_hand"),
    };
    let send = async || {
        let request = from_there(call.by(&ann, &path));
        Answer::to(request.json(&body_of(&call.id))).await
    };
    send().await;
    let refused = send().await;
    refused.refused(429, "rate_limited");
    assert_ne!(refused.header("retry-after"), "", "{}", call.id);
}

/// Sends two requests with one key: the second is another than the key is bound to.
async fn binds(member: &Member, first: (&str, Value), then: (&str, Value)) {
    let send = async |(path, body): (&str, Value)| {
        let request = member.request(Method::POST, path);
        let request = request.header("idempotency-key", "k");
        Answer::to(request.json(&body)).await
    };
    send(first).await.with(200);
    send(then).await.refused(422, "idempotency_mismatch");
}

/// Those of staff who move members' tokens.
async fn binds_tokens(app: &TestApp, ann: &Member) -> [String; 3] {
    let boss = Member::promoted(app, "the_boss").await;
    let tokens = |amount| json!({"amount": amount, "reason": "a test"});
    for verb in ["add", "deduct"] {
        let path = format!("/api/admin/users/{}/tokens/{verb}", ann.id);
        binds(&boss, (&path, tokens(1)), (&path, tokens(2))).await;
    }
    let bulk = "/api/admin/rewards/grant-bulk";
    let reward = |amount| {
        let item = json!({"user_id": ann.id, "reward_type": "TOKENS", "amount": amount});
        json!({"items": [item]})
    };
    binds(&boss, (bulk, reward(1)), (bulk, reward(2))).await;
    let all = [
        "admin_add_tokens_v1",
        "admin_deduct_tokens_v1",
        "admin_grant_bulk_v1",
    ];
    all.map(str::to_owned)
}

#[apply(both_engines)]
async fn every_key_is_bound_to_its_request(club: Club) {
    let app = TestApp::serve(&club).await;
    let bob = Member::join(&app, "bob").await;
    let round = long_round(&club, &bob, &json!({"bet_amount": 10})).await;
    club.clock.advance_secs(3);
    let spin = |stake| json!({"bet_amount": stake, "lines": 5});
    let throw = |stake| json!({"bet_amount": stake, "choice": "rock"});
    let bet = |stake| json!({"bet_amount": stake});
    let pull = |count| json!({"pull_count": count});
    let cashout = |game: &Value| json!({"game_id": game});
    let package = |id| json!({"package_id": id, "promo_code": "LANTERN300"});
    let item = |item| json!({"item": item});
    let product = |quantity| json!({"product_id": "felt_midnight", "quantity": quantity});
    let (ann, eve, dan) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "eve").await,
        Member::join(&app, "dan").await,
    );
    let lantern = package("lantern_festival");
    let scroll = item("consumable_training_scroll");
    let cases = [
        (
            "games_crash_cashout_v1",
            &bob,
            cashout(&round["game_id"]),
            cashout(&json!("other")),
        ),
        ("games_slot_spin_v1", &ann, spin(10), spin(20)),
        ("games_rps_play_v1", &ann, throw(10), throw(20)),
        ("games_crash_bet_v1", &ann, bet(10), bet(20)),
        ("games_gacha_pull_v1", &ann, pull(1), pull(2)),
        ("shop_buy_limited_v1", &eve, lantern, package("another")),
        ("shop_use_v1", &eve, scroll, item("another")),
        ("shop_buy_v1", &dan, product(1), product(2)),
    ];
    let mut tried = BTreeSet::from(["achievements_claim_v1".to_owned()]);
    for (id, member, first, then) in cases {
        let path = calls().find(|call| call.id == id).unwrap().path;
        binds(member, (&path, first), (&path, then)).await;
        tried.insert(id.to_owned());
    }
    tried.extend(binds_tokens(&app, &ann).await);
    let claim = |code| (code, json!({}));
    let (first, then) = (
        claim("/api/games/achievements/first_hand/claim"),
        claim("/api/games/achievements/first_win/claim"),
    );
    binds(&ann, first, then).await;
    let keyed = calls().filter(|call| call.refuses("422", "idempotency_mismatch"));
    assert_eq!(tried, keyed.map(|call| call.id).collect());
}
