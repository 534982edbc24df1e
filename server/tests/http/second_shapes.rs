//! What serde takes for a shape beside the one that is meant: refused by its name, and nothing moves.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::club::PASSWORD;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const SPIN: &str = "/api/games/slot/spin";
const BUY: &str = "/api/shop/buy";
const EQUIPMENT: &str = "/api/shop/inventory";
const PROMO: &str = "/api/admin/promo-codes";

/// Sends a body as it is written.
async fn sends(member: &Member, path: &str, body: &str) -> Answer {
    let request = member
        .request(Method::POST, path)
        .header("content-type", "application/json");
    Answer::to(request.body(body.to_owned())).await
}

#[apply(both_engines)]
async fn a_list_is_no_request(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (stood, me) = (
        ann.stands_at().await,
        ann.get("/api/auth/me").await.with(200),
    );
    let seeds = ann.get("/api/fairness/seeds").await.with(200);
    for (path, list) in [
        (SPIN, json!([10, 1])),
        ("/api/games/rps/play", json!(["rock", 10])),
        ("/api/games/gacha/pull", json!([1])),
        ("/api/games/crash/bet", json!([10, 2.5])),
        ("/api/games/crash/cashout", json!(["nowhere"])),
        ("/api/games/session/start", json!(["slot"])),
        (BUY, json!(["felt_midnight"])),
        ("/api/shop/buy-limited", json!(["lantern_festival"])),
        ("/api/shop/inventory/equip", json!(["felt_midnight"])),
        ("/api/shop/inventory/unequip", json!(["felt"])),
        (
            "/api/shop/inventory/use",
            json!(["consumable_training_scroll"]),
        ),
        ("/api/fairness/rotate", json!(["lucky"])),
        ("/api/auth/login", json!(["ann", PASSWORD])),
        ("/api/auth/refresh", json!([&ann.refresh])),
        ("/api/auth/logout", json!([&ann.refresh])),
    ] {
        ann.post(path, &list).await.refused(400, "malformed_body");
    }
    for (path, list) in [
        ("/api/users/profile", json!(["Annie"])),
        ("/api/fairness/client-seed", json!(["lucky"])),
    ] {
        ann.put(path, &list).await.refused(400, "malformed_body");
    }
    assert_eq!(ann.stands_at().await, stood);
    assert_eq!(ann.get("/api/auth/me").await.with(200), me);
    assert_eq!(ann.get("/api/fairness/seeds").await.with(200), seeds);
    let hands = ann.get("/api/games/history").await.with(200);
    assert_eq!(hands["items"], json!([]));
    // It would be spent.
    let token = json!({"refresh_token": ann.refresh});
    app.post("/api/auth/refresh", &token).await.with(200);
}

#[apply(both_engines)]
async fn a_word_is_no_object_that_names_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let package = json!({"package_id": "lantern_festival"});
    let badge = json!({"item": "badge_lantern_festival"});
    ann.post("/api/shop/buy-limited", &package).await.with(200);
    ann.post("/api/shop/inventory/equip", &badge)
        .await
        .with(200);
    let stood = ann.stands_at().await;
    let worn = ann.get(EQUIPMENT).await.with(200);
    for currency in [json!({"TOKENS": null}), json!(["TOKENS"]), json!(2)] {
        let order = json!({"product_id": "felt_midnight", "currency": currency});
        ann.post(BUY, &order).await.refuses_field("currency");
    }
    for kind in [json!({"badge": null}), json!(["badge"]), json!(2)] {
        let off = json!({"kind": kind});
        ann.post("/api/shop/inventory/unequip", &off)
            .await
            .refuses_field("kind");
    }
    for item in [json!({"badge_fox": null}), json!(["badge_fox"])] {
        let on = json!({"item": item});
        ann.post("/api/shop/inventory/equip", &on)
            .await
            .refuses_field("item");
    }
    assert_eq!(ann.stands_at().await, stood);
    assert_eq!(ann.get(EQUIPMENT).await.with(200), worn);
    assert_eq!(worn["equipment"]["badge"], badge["item"]);
}

#[apply(both_engines)]
async fn what_staff_make_has_one_shape_all_the_way_down(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let promo =
        |reduction: Value| json!({"code": "SPRING", "reduction": reduction, "is_active": true});
    let percent = json!({"kind": "percent"});
    let flat = json!({"kind": "flat", "amount": 1, "currency": {"TOKENS": null}});
    for (reduction, field) in [
        (json!(["percent", 5]), "reduction"),
        (json!({"percent": 5}), "reduction.kind"),
        (
            json!({"kind": {"percent": null}, "percent": 5}),
            "reduction.kind",
        ),
        (json!({"kind": 0, "percent": 5}), "reduction.kind"),
        (percent, "reduction.percent"),
        (flat, "reduction.currency"),
    ] {
        boss.post(PROMO, &promo(reduction))
            .await
            .refuses_field(field);
    }
    let mut open = promo(json!({"kind": "percent", "percent": 5}));
    open["window"] = json!(["2026-01-01T00:00:00Z"]);
    boss.post(PROMO, &open).await.refuses_field("window");
    let product = json!({
        "product_id": "small_pack", "kind": "tokens", "tokens": 100, "prices": [[1_300, "KRW"]],
        "is_active": true,
    });
    boss.post("/api/admin/products", &product)
        .await
        .refuses_field("prices[0]");
    let package = json!({
        "package_id": "rare", "price": 10, "contents": [0, []], "stock": 1, "member_limit": 1,
        "is_active": true,
    });
    boss.post("/api/admin/limited-packages", &package)
        .await
        .refuses_field("contents");
    // None of it is there.
    for (code, id) in [
        ("SPRING", "felt_midnight"),
        ("", "small_pack"),
        ("", "rare"),
    ] {
        let price = format!("/api/shop/price/{id}?promo_code={code}");
        let refused = boss.get(&price).await;
        assert!([400, 404].contains(&refused.status), "{refused:?}");
    }
}

#[apply(both_engines)]
async fn the_nul_character_and_depth_are_refused_before_anything_is_read(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let cashout = "/api/games/crash/cashout";
    let game = r#""game_id":"a\u0000b""#;
    sends(&ann, cashout, &format!("{{{game},\"x\":{deep}}}"))
        .await
        .refuses_field("game_id");
    sends(&ann, cashout, &format!("{{\"x\":{deep},{game}}}"))
        .await
        .refused(422, "invalid");
    let note = r#"{"bet_amount":10,"lines":1,"note":[{"a\u0000":1}]}"#;
    sends(&ann, SPIN, note)
        .await
        .refuses_field("note[0].a\u{fffd}");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_field_or_a_parameter_that_is_there_twice_is_named(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for (body, field) in [
        (r#"{"bet_amount":10,"lines":1,"lines":5}"#, "lines"),
        (
            r#"{"bet_amount":10,"betAmount":10,"lines":1}"#,
            "bet_amount",
        ),
        (r#"{"bet_amount":10,"lines":1,"x":1,"\u0078":1}"#, "x"),
        (
            r#"{"bet_amount":10,"lines":1,"x":{"y":[{"z":1,"z":1}]}}"#,
            "x.y[0].z",
        ),
    ] {
        sends(&ann, SPIN, body).await.refuses_field(field);
    }
    for (query, name) in [
        ("limit=1&limit=2", "limit"),
        ("limit=1&li%6dit=1", "limit"),
        ("game_type=slot&gameType=slot", "game_type"),
        ("x=1&x=1", "x"),
        ("cursor=a%00b", "cursor"),
        ("cursor=%ff", "cursor"),
    ] {
        ann.get(&format!("/api/games/history?{query}"))
            .await
            .refuses_field(name);
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_whole_number_is_one_however_it_is_written(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut hands = 0;
    for (stake, lines) in [
        ("10", "5"),
        ("10.0", "5.00"),
        ("1e1", "50e-1"),
        ("1E+1", "0.5e1"),
    ] {
        let body = format!("{{\"bet_amount\": {stake}, \"lines\": {lines}}}");
        sends(&ann, SPIN, &body).await.with(200);
        hands += 1;
    }
    let history = ann.get("/api/games/history").await.with(200);
    let items = history["items"].as_array().unwrap();
    assert_eq!(items.len(), hands);
    assert!(items.iter().all(|hand| hand["stake"] == 10), "{history}");
    let stood = ann.stands_at().await;
    for stake in ["10.5", "10.00000000000000000001", "1e-1", "1e400"] {
        let body = format!("{{\"bet_amount\": {stake}, \"lines\": 5}}");
        sends(&ann, SPIN, &body).await.refuses_field("bet_amount");
    }
    assert_eq!(ann.stands_at().await, stood);
}
