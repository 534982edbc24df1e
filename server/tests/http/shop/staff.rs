//! What whoever runs the club does, and what others are refused.

use backend::db::Columns;
use serde_json::{Value, json};
use server::sandbox::Mode;
use testkit::{Club, apply, both_engines};

use super::sandbox::paid_by;
use crate::member::Member;

async fn audited(club: &Club, outcome: &str) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    sqlx::query(
        "SELECT COUNT(*) AS n FROM audit_log WHERE outcome = $1 AND action NOT LIKE 'staff/%'",
    )
    .bind(outcome)
    .fetch_one(&mut *conn)
    .await
    .unwrap()
    .int("n")
    .unwrap()
}

#[apply(both_engines)]
async fn staff_sell_find_and_refund(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let product = json!({
        "product_id": "small_pack", "kind": "tokens", "tokens": 100,
        "prices": [{"amount": 99, "currency": "USD"}, {"amount": 1_300, "currency": "KRW"}], "is_active": true
    });
    boss.post("/api/admin/products", &product).await.with(200);
    let discount = json!({"code": "half", "product_id": "small_pack", "reduction": {"kind": "percent", "percent": 50}, "is_active": true});
    boss.post("/api/admin/discounts", &discount).await.with(200);
    let bought = ann
        .post("/api/shop/buy", &json!({"product_id": "small_pack"}))
        .await
        .with(200);
    assert_eq!(bought["total"], json!({"amount": 650, "currency": "KRW"}));
    let code = bought["receipt_code"].as_str().unwrap();
    let found = boss
        .get(&format!(
            "/api/admin/transactions?user_id={}&status=captured",
            ann.id
        ))
        .await
        .with(200);
    assert_eq!(found["items"][0]["receipt_code"], bought["receipt_code"]);
    let refunded = boss
        .post(
            &format!("/api/admin/transactions/{code}/refund"),
            &json!({}),
        )
        .await
        .with(200);
    assert_eq!(
        (&refunded["status"], ann.stands_at().await.0),
        (&json!("refunded"), 1_000)
    );
    boss.post(
        &format!("/api/admin/transactions/{code}/refund"),
        &json!({}),
    )
    .await
    .refused(409, "not_refundable");
    boss.post(
        &format!("/api/admin/transactions/{code}/force-settle"),
        &json!({}),
    )
    .await
    .refused(409, "not_refundable");
    let package = json!({"package_id": "rare", "price": 10, "contents": {"tokens": 0, "items": []}, "stock": 1, "member_limit": 1, "is_active": true});
    boss.post("/api/admin/limited-packages", &package)
        .await
        .with(200);
    boss.post("/api/admin/limited-packages/rare/disable", &json!({}))
        .await
        .with(200);
    ann.post("/api/shop/buy-limited", &json!({"package_id": "rare"}))
        .await
        .refused(409, "package_unavailable");
    let promo = json!({"code": "spring-1", "reduction": {"kind": "flat", "amount": 100, "currency": "KRW"}, "max_uses": 3, "is_active": true});
    assert_eq!(
        boss.post("/api/admin/promo-codes", &promo).await.with(200)["code"],
        json!("SPRING-1")
    );
    assert_eq!(
        (
            audited(&club, "ok").await,
            audited(&club, "not_refundable").await
        ),
        (6, 2)
    );
}

#[apply(both_engines)]
async fn staff_see_a_purchase_whole_and_what_is_open(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let order = json!({"product_id": "tokens_1000"});
    let bought = ann.post("/api/shop/buy", &order).await.with(200);
    let code = bought["receipt_code"].as_str().unwrap();
    let path = format!("/api/admin/transactions/{code}");
    let whole = boss.get(&path).await.with(200);
    assert_eq!(whole["receipt_code"], code);
    assert_eq!(whole["site_id"], "ann");
    assert_eq!(whole["payment"]["waits_until"], Value::Null);
    assert_eq!(whole["transfers"][0]["change"], 1_000);
    boss.get("/api/admin/transactions/CC-99999999")
        .await
        .refused(404, "not_found");
    let list = "/api/admin/transactions?refund_due=false&sort=oldest";
    let found = boss.get(list).await.with(200);
    assert_eq!(found["items"][0]["nickname"], "ann");
    boss.get("/api/admin/transactions?sort=odd")
        .await
        .refuses_field("sort");
    let open = boss.get("/api/admin/owed").await.with(200);
    assert_eq!(open, json!({"pending": 0, "late": 0, "refund_due": 0}));
}

#[apply(both_engines)]
async fn what_staff_ask_for_in_a_wrong_way_is_kept_too(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let boss = Member::promoted(&app, "boss").await;
    let whole = json!({"package_id": "rare", "price": 10, "contents": {"tokens": 0, "items": []}, "stock": 1, "member_limit": 1});
    let refused = boss.post("/api/admin/limited-packages", &whole).await;
    // Whether it is sold is always said: leaving it out must not undo an emergency stop.
    assert_eq!(
        refused.refused(422, "invalid")["fields"][0]["field"],
        json!("is_active")
    );
    boss.post(
        "/api/admin/discounts",
        &json!({"reduction": {"kind": "percent", "percent": 300}}),
    )
    .await
    .refused(422, "invalid");
    boss.post("/api/admin/promo-codes", &json!("no object"))
        .await
        .refused(400, "malformed_body");
    boss.get("/api/admin/transactions?status=perhaps")
        .await
        .refused(422, "invalid");
    assert_eq!(
        (
            audited(&club, "invalid").await,
            audited(&club, "malformed_body").await
        ),
        (2, 1)
    );
}

#[apply(both_engines)]
async fn an_instant_outside_the_years_is_refused_wherever_it_is_asked_for(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let boss = Member::promoted(&app, "boss").await;
    for beyond in ["9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00%2B23:00"] {
        for list in ["/api/admin/transactions", "/api/games/history"] {
            for field in ["since", "until"] {
                let answer = boss.get(&format!("{list}?{field}={beyond}")).await;
                answer.refuses_field(field);
            }
        }
        let beyond = beyond.replace("%2B", "+");
        let package = |window: Value| {
            json!({
                "package_id": "rare", "price": 10, "contents": {"tokens": 0, "items": []}, "stock": 1,
                "member_limit": 1, "is_active": true, "window": window
            })
        };
        for field in ["from", "until"] {
            let answer = boss
                .post(
                    "/api/admin/limited-packages",
                    &package(json!({field: beyond})),
                )
                .await;
            answer.refuses_field(&format!("window.{field}"));
        }
        let last = package(json!({"until": "9999-12-31T23:59:59Z"}));
        let kept = boss.post("/api/admin/limited-packages", &last).await;
        assert_eq!(kept.with(200)["window"]["until"], "9999-12-31T23:59:59Z");
    }
}

#[apply(both_engines)]
async fn nobody_else_may_and_that_is_kept_too(club: Club) {
    let (app, _) = paid_by(&club, Mode::AlwaysSucceeds, None).await;
    let ann = Member::join(&app, "ann").await;
    for path in [
        "products",
        "discounts",
        "limited-packages",
        "promo-codes",
        "products/frame_neon/disable",
        "transactions/CC-00000001/refund",
    ] {
        let path = format!("/api/admin/{path}");
        ann.post(&path, &json!({})).await.refused(403, "forbidden");
        app.post(&path, &json!({}))
            .await
            .refused(401, "unauthenticated");
    }
    ann.get("/api/admin/transactions")
        .await
        .refused(403, "forbidden");
    // They are counted, and fill no place in the chain.
    assert_eq!(audited(&club, "forbidden").await, 0);
    let mut conn = club.backend.db().read().await.unwrap();
    let counted = sqlx::query(
        "SELECT CAST(SUM(calls) AS BIGINT) AS n FROM audit_strangers WHERE user_id = $1",
    );
    let counted = counted.bind(ann.id).fetch_one(&mut *conn).await.unwrap();
    assert_eq!(counted.int("n").unwrap(), 7);
}
