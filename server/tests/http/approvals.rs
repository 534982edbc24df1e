//! What waits for a second pair of eyes, by REST: all of one, and how many there may be.

use serde_json::{Value, json};
use testkit::{apply, both_engines, within};

use crate::app::TestApp;
use crate::weighed::{APPROVALS, BULK, asked, decides, few, gives, some, tokens, waits};

#[apply(both_engines)]
async fn all_that_waits_is_read_in_pages_by_who_sees_what_waits(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, one) = asked(&app, 500).await;
        let items: Vec<Value> = (1..=60).map(|amount| gives(ann.id, amount)).collect();
        let many = boss.post(BULK, &json!({"items": items})).await.with(202);
        let id = many["approval_id"].as_i64().unwrap();
        let path = format!("{APPROVALS}/{id}");
        let first = finance.get(&path).await.with(200);
        assert_eq!(first["approval"]["actor_nickname"], "boss");
        assert_eq!(
            first["approval"]["preview"]["first"]
                .as_array()
                .unwrap()
                .len(),
            20
        );
        let lines = &first["lines"];
        assert_eq!((&lines["total"], &lines["page"]), (&json!(60), &json!(1)));
        assert_eq!(lines["items"].as_array().unwrap().len(), 50);
        assert_eq!(
            lines["items"][0]["tokens"], 60,
            "what moves most comes first"
        );
        assert_eq!(first["is_as_shown"], true);
        let rights = json!({"approve": true, "refuse": true, "cancel": false});
        assert_eq!(first["rights"], rights);
        let rest = finance.get(&format!("{path}?page=2")).await.with(200);
        let rest = rest["lines"]["items"].as_array().unwrap().clone();
        assert_eq!((rest.len(), &rest[9]["tokens"]), (10, &json!(1)));
        let small = format!("{path}?page=60&page_size=1");
        let small = finance.get(&small).await.with(200);
        assert_eq!(small["lines"]["items"][0]["user_id"], ann.id);
        for field in ["page", "page_size"] {
            let odd = finance.get(&format!("{path}?{field}=0")).await;
            odd.refuses_field(field);
        }
        for missing in [id + 1, 0, -1] {
            let missing = finance.get(&format!("{APPROVALS}/{missing}")).await;
            missing.refused(404, "not_found");
        }
        let own = boss.get(&format!("{APPROVALS}/{one}")).await.with(200);
        let rights = json!({"approve": false, "refuse": false, "cancel": true});
        assert_eq!(own["rights"], rights);
        let line = json!({
            "user_id": ann.id, "nickname": "ann", "tokens": 500, "before": 1_000,
            "after": 1_500, "error": null,
        });
        assert_eq!(own["lines"]["items"], json!([line]));
        decides(&finance, id, "approve").await.with(200);
        let done = finance.get(&path).await.with(200);
        assert_eq!(done["approval"]["decided_by_nickname"], "fin");
        assert_eq!(
            (&done["is_as_shown"], &done["lines"]["total"]),
            (&Value::Null, &json!(60))
        );
        assert_eq!(done["rights"]["approve"], false);
    })
    .await;
}

#[apply(both_engines)]
async fn a_refund_is_read_before_and_after_it_was_granted(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, _) = asked(&app, 500).await;
        let felt = json!({"product_id": "felt_midnight"});
        let bought = ann.post("/api/shop/buy", &felt).await.with(200);
        let code = bought["receipt_code"].as_str().unwrap();
        let refund = format!("/api/admin/transactions/{code}/refund");
        let waits = boss.post(&refund, &json!({})).await.with(202);
        let id = waits["approval_id"].as_i64().unwrap();
        let path = format!("{APPROVALS}/{id}");
        let before = finance.get(&path).await.with(200);
        assert_eq!(before["lines"]["items"][0]["after"], 1_000);
        decides(&finance, id, "approve").await.with(200);
        let after = finance.get(&path).await.with(200);
        let (before, after) = (&before["lines"]["items"][0], &after["lines"]["items"][0]);
        assert_eq!(before["tokens"], after["tokens"]);
        assert_eq!(
            (&after["user_id"], &after["after"]),
            (&json!(ann.id), &Value::Null)
        );
    })
    .await;
}

#[apply(both_engines)]
async fn what_would_have_to_wait_beside_twenty_is_refused(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, first) = asked(&app, 500).await;
        let felt = json!({"product_id": "felt_midnight"});
        let bought = ann.post("/api/shop/buy", &felt).await.with(200);
        for amount in 501..520 {
            waits(&boss, &ann, amount).await;
        }
        let bulk = json!({"items": [gives(ann.id, 500)]});
        let code = bought["receipt_code"].as_str().unwrap();
        let refund = format!("/api/admin/transactions/{code}/refund");
        for (path, body) in [
            (tokens(ann.id, "add"), some(600)),
            (tokens(ann.id, "deduct"), some(200)),
            (BULK.to_owned(), bulk),
            (refund, json!({})),
        ] {
            let more = boss.post(&path, &body).await;
            more.refused(409, "too_much_waits");
        }
        // What waits already is answered, and no more waits. What somebody else asks for is no matter of it, nor is what need not wait.
        assert_eq!(waits(&boss, &ann, 500).await, first);
        waits(&finance, &ann, 500).await;
        boss.post(&tokens(ann.id, "add"), &some(1)).await.with(200);
        decides(&boss, first, "cancel").await.with(200);
        waits(&boss, &ann, 500).await;
    })
    .await;
}
