//! Rate limits by address and by member, and whose address counts.

use std::collections::BTreeSet;

use backend::Settings;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Engine, apply, both_engines, within};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, credentials, form};
use crate::page_calls::path_of;

async fn narrow(
    engine: Engine,
    change: impl FnOnce(&mut Settings),
    body: impl AsyncFnOnce(TestApp),
) {
    within(engine, change, async |club| {
        body(TestApp::serve(&club).await).await;
    })
    .await;
}

#[track_caller]
fn limited(answer: &Answer) {
    answer.refused(429, "rate_limited");
    assert!(answer.header("retry-after").parse::<i64>().unwrap() >= 1);
}

#[apply(both_engines)]
async fn sign_ups_are_limited_by_address(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.sign_ups_per_minute = 1;
    narrow(engine, few, async |app| {
        Member::join(&app, "ann").await;
        limited(&app.post("/api/auth/signup", &form("bob")).await);
    })
    .await;
}

#[apply(both_engines)]
async fn sign_ins_and_refreshes_are_limited_by_address(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.sign_ins_per_minute = 1;
    narrow(engine, few, async |app| {
        let ann = Member::join(&app, "ann").await;
        app.post("/api/auth/login", &credentials("ann"))
            .await
            .with(200);
        limited(&app.post("/api/auth/login", &credentials("ann")).await);
        limited(
            &app.post("/api/auth/refresh", &json!({"refresh_token": ann.refresh}))
                .await,
        );
    })
    .await;
}

#[apply(both_engines)]
async fn code_checks_are_limited_by_address(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.code_checks_per_minute = 1;
    narrow(engine, few, async |app| {
        app.post("/api/invite/validate", &json!({"code": "5858"}))
            .await
            .with(200);
        limited(
            &app.post("/api/invite/validate", &json!({"code": "5858"}))
                .await,
        );
    })
    .await;
}

#[apply(both_engines)]
async fn promo_codes_are_tried_as_often_as_invite_codes_and_prices_without_them_freely(
    engine: Engine,
) {
    let few = |settings: &mut Settings| settings.limits.code_checks_per_minute = 1;
    narrow(engine, few, async |app| {
        let price = "/api/shop/price/frame_neon";
        let tried = format!("{price}?promo_code=GUESS");
        app.get(&tried).await.refused(400, "promo_invalid");
        limited(&app.get(&tried).await);
        app.get(price).await.with(200);
    })
    .await;
}

#[apply(both_engines)]
async fn refusals_of_staffs_calls_are_kept_up_to_a_limit(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.code_checks_per_minute = 1;
    narrow(engine, few, async |app| {
        let ann = Member::join(&app, "ann").await;
        ann.get("/api/admin/transactions")
            .await
            .refused(403, "forbidden");
        limited(&ann.get("/api/admin/transactions").await);
    })
    .await;
}

#[apply(both_engines)]
async fn hands_are_limited_by_member_and_a_refused_one_moves_nothing(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.plays_per_minute = 1;
    narrow(engine, few, async |app| {
        let (ann, bob) = (
            Member::join(&app, "ann").await,
            Member::join(&app, "bob").await,
        );
        ann.spins(10).await.with(200);
        let stood = ann.stands_at().await;
        limited(&ann.spins(10).await);
        assert_eq!(ann.stands_at().await, stood);
        bob.spins(10).await.with(200);
    })
    .await;
}

/// As [`limited`], of a page or a call of one.
#[track_caller]
fn page_limited(answer: &Answer) {
    assert_eq!(answer.status, 429, "{answer:?}");
    assert!(answer.header("retry-after").parse::<i64>().unwrap() >= 1);
}

#[apply(both_engines)]
async fn other_changes_are_limited_by_member_at_both_doors_but_not_signing_out(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.writes_per_minute = 1;
    narrow(engine, few, async |app| {
        let (ann, bob) = (
            Member::join(&app, "ann").await,
            Member::join(&app, "bob").await,
        );
        let rotate = "/api/fairness/rotate";
        ann.post(rotate, &json!({})).await.with(200);
        limited(&ann.post(rotate, &json!({})).await);
        page_limited(&ann.post(path_of("rotate"), &json!({})).await);
        bob.post(rotate, &json!({})).await.with(200);
        ann.post("/api/auth/logout", &json!({})).await.with(204);
    })
    .await;
}

#[apply(both_engines)]
async fn what_is_read_is_limited_by_member_at_both_doors_and_hands_go_on(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.reads_per_minute = 2;
    narrow(engine, few, async |app| {
        let (ann, bob) = (
            Member::join(&app, "ann").await,
            Member::join(&app, "bob").await,
        );
        let (balance, cookies) = ("/api/users/balance", ann.cookies());
        ann.get(balance).await.with(200);
        // A page counts once, whatever is read for it.
        assert_eq!(app.page("/profile", &cookies).await.status, 200);
        limited(&ann.get(balance).await);
        page_limited(&app.page("/fairness", &cookies).await);
        page_limited(&ann.post(path_of("load_seeds"), &json!({})).await);
        bob.get(balance).await.with(200);
        ann.spins(10).await.with(200);
    })
    .await;
}

/// Page functions that are not counted as reading, by why they are not.
const NO_READS: [(&str, &[&str]); 5] = [
    (
        "whoever comes in is counted by address",
        &["sign_up", "log_in", "enter_desk"],
    ),
    (
        "nobody is kept from signing out",
        &["log_out", "log_out_all", "end_session"],
    ),
    (
        "it changes something, and is counted as that",
        &[
            "ban_member",
            "buy",
            "cancel_approval",
            "cash_out",
            "change_nickname",
            "change_password",
            "change_phone",
            "change_roles",
            "claim_achievement",
            "disable_factor",
            "equip_item",
            "force_settle",
            "give_tokens",
            "grant_approval",
            "place_bet",
            "pull",
            "read_notifications",
            "refund_purchase",
            "refuse_approval",
            "reset_factor",
            "rotate",
            "set_client_seed",
            "settle_purchase",
            "spin",
            "take_off",
            "take_tokens",
            "throw",
            "unban_member",
            "use_item",
        ],
    ),
    (
        "it is kept in the browser, and no row is read",
        &["set_language", "set_motion", "set_sound"],
    ),
    (
        "it is the same for everybody, and of promo codes the address is counted",
        &["load_receipt_key", "price_of"],
    ),
];

#[apply(both_engines)]
async fn every_page_function_that_reads_is_limited_by_member(engine: Engine) {
    let one = |settings: &mut Settings| settings.limits.reads_per_minute = 1;
    narrow(engine, one, async |app| {
        let ann = Member::join(&app, "ann").await;
        let names = NO_READS.iter().flat_map(|(_, names)| *names);
        let others: BTreeSet<&str> = names.map(|name| path_of(name)).collect();
        let reads = server_fn_paths().map(|(path, _)| path);
        for path in reads.filter(|path| !others.contains(path)) {
            ann.post(path, &what_is_read()).await;
            page_limited(&ann.post(path, &what_is_read()).await);
        }
    })
    .await;
}

/// Each function takes of it what it is asked with.
fn what_is_read() -> Value {
    json!({
        "limit": 10, "game_id": "none", "hand_id": "none", "receipt_code": "none",
        "product_id": "felt_midnight",
        "choice": {"game": null, "period": "all", "metric": "net"},
    })
}

#[apply(both_engines)]
async fn a_client_states_its_address_only_through_a_trusted_proxy(club: Club) {
    let mut running = Vec::new();
    for (trusted, seen) in [(false, "127.0.0.1"), (true, "198.51.100.7")] {
        let app = TestApp::serve_with(&club, |http| {
            http.trusted_proxies = if trusted {
                vec!["127.0.0.0/8".parse().unwrap()]
            } else {
                Vec::new()
            };
        })
        .await;
        let name = format!("ann_{trusted}");
        let request = app
            .request(Method::POST, "/api/auth/signup")
            .header("x-forwarded-for", "198.51.100.7");
        let agent = format!("Agent {}", "x".repeat(300));
        let token = Answer::to(request.header("user-agent", agent).json(&form(&name)))
            .await
            .with(201);
        let ann = Member::of(&app.client, &app.base, &token);
        let sessions = ann.get("/api/auth/sessions").await.with(200);
        assert_eq!(sessions["items"][0]["address"], seen);
        assert_eq!(sessions["items"][0]["device"].as_str().unwrap().len(), 200);
        // A server that stops closes the club's database.
        running.push(app);
    }
}
