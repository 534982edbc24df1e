//! What staff do on money or on many, by REST: shown, given to many, and granted by somebody else.

use backend::Settings;
use backend::settings::ApprovalSettings;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Behaviour, apply, both_engines, within};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const BULK: &str = "/api/admin/rewards/grant-bulk";
const APPROVALS: &str = "/api/admin/approvals";
const DAY_SECS: i64 = 24 * 60 * 60;

/// One of staff moves a hundred tokens alone in a day.
pub(crate) fn few(settings: &mut Settings) {
    settings.approvals = ApprovalSettings {
        members_max: 0,
        tokens_max: 100,
    };
}

fn some(amount: i64) -> Value {
    json!({"amount": amount, "reason": "a test"})
}

fn tokens(user: i64, verb: &str) -> String {
    format!("/api/admin/users/{user}/tokens/{verb}")
}

fn gives(user: i64, amount: i64) -> Value {
    json!({
        "user_id": user, "reward_type": "TOKENS", "amount": amount,
        "source_description": "an event",
    })
}

#[apply(both_engines)]
async fn what_would_be_done_is_shown_and_sent_back(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let rows = boss.get("/api/admin/audit").await.with(200);
    for (verb, after) in [("add", 1_005), ("deduct", 995)] {
        let path = tokens(ann.id, verb);
        let seen = boss.post(&format!("{path}?dry_run=true"), &some(5)).await;
        let seen = seen.with(200);
        let shown = json!([{"id": ann.id, "nickname": "ann", "before": 1_000, "after": after}]);
        assert_eq!(seen["first"], shown);
        assert_eq!((&seen["members"], &seen["tokens"]), (&json!(1), &json!(5)));
        assert_eq!(seen["preview"].as_str().unwrap().len(), 64);
    }
    let bulk = json!({"items": [gives(ann.id, 5)]});
    let dry = boss.post(&format!("{BULK}?dry_run=true"), &bulk).await;
    assert_eq!(dry.with(200)["members"], 1);
    assert_eq!(ann.stands_at().await, stood);
    let same = boss.get("/api/admin/audit").await.with(200);
    assert_eq!(same["items"], rows["items"], "a look leaves no row");
    for path in [tokens(ann.id, "add"), tokens(ann.id, "deduct")] {
        let other = boss.post(&format!("{path}?preview=x"), &some(5)).await;
        other.refused(409, "preview_changed");
    }
    let other = boss.post(&format!("{BULK}?preview=x"), &bulk).await;
    other.refused(409, "preview_changed");
    let odd = tokens(ann.id, "add");
    boss.post(&format!("{odd}?dry_run=perhaps"), &some(5))
        .await
        .refuses_field("dry_run");
    assert_eq!(ann.stands_at().await, stood);
    let path = tokens(ann.id, "add");
    let seen = boss.post(&format!("{path}?dry_run=true"), &some(5)).await;
    let seen = seen.with(200)["preview"].as_str().unwrap().to_owned();
    let same = boss.post(&format!("{path}?preview={seen}"), &some(5)).await;
    assert_eq!(same.with(200)["balance"], 1_005);
}

#[apply(both_engines)]
async fn what_a_purchase_would_give_back_is_shown(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let felt = json!({"product_id": "felt_midnight"});
    let bought = ann.post("/api/shop/buy", &felt).await.with(200);
    club.gateway.behaves(Behaviour::Pends);
    let pack = json!({"product_id": "tokens_1000"});
    let pending = ann.post("/api/shop/buy", &pack).await.with(202);
    for (purchase, verb) in [(&bought, "refund"), (&pending, "force-settle")] {
        let code = purchase["receipt_code"].as_str().unwrap();
        let path = format!("/api/admin/transactions/{code}/{verb}");
        let other = boss.post(&format!("{path}?preview=x"), &json!({})).await;
        other.refused(409, "preview_changed");
        let seen = boss.post(&format!("{path}?dry_run=true"), &json!({})).await;
        let seen = seen.with(200);
        assert_eq!(seen["first"][0]["id"], ann.id);
        let shown = seen["preview"].as_str().unwrap();
        let same = boss
            .post(&format!("{path}?preview={shown}"), &json!({}))
            .await;
        assert_eq!(same.with(200)["receipt_code"], purchase["receipt_code"]);
    }
}

#[apply(both_engines)]
async fn many_are_given_tokens_and_each_is_told(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let finance = Member::promoted_as(&app, "fin", Role::Finance).await;
    let (ann, ben) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "ben").await,
    );
    let items = [gives(ann.id, 5), gives(999, 5), gives(ben.id, 7)];
    let send = async || {
        let request = finance.request(Method::POST, BULK);
        let request = request.header("idempotency-key", "k");
        Answer::to(request.json(&json!({"items": items}))).await
    };
    let first = send().await;
    let told = json!({
        "success": false,
        "results": [
            {"user_id": ann.id, "status": "ok"},
            {"user_id": 999, "status": "error", "error": "not_found"},
            {"user_id": ben.id, "status": "ok"},
        ],
    });
    assert_eq!(first.with(200), told);
    assert_eq!(send().await.text, first.text);
    assert_eq!(ann.stands_at().await, (1_005, 2));
    assert_eq!(ben.stands_at().await, (1_007, 2));
    let ledger = ann.get("/api/users/transactions?limit=1").await.with(200);
    assert_eq!(ledger["items"][0]["kind"], "grant");
    let of_type = |reward: &str| {
        let mut item = gives(ann.id, 1);
        item["reward_type"] = json!(reward);
        item
    };
    for (items, field) in [
        (json!([]), "items"),
        (json!(vec![gives(ann.id, 1); 600]), ""),
        (json!([gives(ann.id, 0)]), "items[0].amount"),
        (
            json!([gives(ann.id, 1), of_type("ITEM")]),
            "items[1].reward_type",
        ),
        (json!([{"user_id": ann.id}]), "items[0].reward_type"),
    ] {
        let answer = finance.post(BULK, &json!({"items": items})).await;
        match field {
            "" => assert_eq!(answer.with(200)["success"], true),
            field => answer.refuses_field(field),
        }
    }
}

/// An owner, somebody of finance, a member, and what the owner asked for: so many tokens for that member.
async fn asked(app: &TestApp, amount: i64) -> (Member, Member, Member, i64) {
    let boss = Member::promoted(app, "boss").await;
    let finance = Member::promoted_as(app, "fin", Role::Finance).await;
    let ann = Member::join(app, "ann").await;
    let id = waits(&boss, &ann, amount).await;
    (boss, finance, ann, id)
}

async fn waits(staff: &Member, member: &Member, amount: i64) -> i64 {
    let asked = staff.post(&tokens(member.id, "add"), &some(amount)).await;
    asked.with(202)["approval_id"].as_i64().unwrap()
}

async fn decides(staff: &Member, id: i64, verb: &str) -> Answer {
    let path = format!("{APPROVALS}/{id}/{verb}");
    staff.post(&path, &json!({"reason": "a test"})).await
}

#[apply(both_engines)]
async fn what_goes_beyond_waits_and_is_granted_by_somebody_else(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, id) = asked(&app, 500).await;
        assert_eq!(ann.stands_at().await.0, 1_000);
        let waiting = finance
            .get(&format!("{APPROVALS}?state=waiting"))
            .await
            .with(200);
        let item = &waiting["items"][0];
        assert_eq!(
            (&item["id"], &item["actor"], &item["action"]),
            (&json!(id), &json!(boss.id), &json!("users/tokens/add"))
        );
        assert_eq!(item["preview"]["tokens"], 500);
        finance
            .get(&format!("{APPROVALS}?state=lost"))
            .await
            .refuses_field("state");
        for verb in ["approve", "refuse"] {
            decides(&boss, id, verb).await.refused(403, "own_account");
        }
        decides(&finance, id, "cancel")
            .await
            .refused(403, "forbidden");
        let granted = decides(&finance, id, "approve").await.with(200);
        assert_eq!(
            (&granted["state"], &granted["decided_by"]),
            (&json!("done"), &json!(finance.id))
        );
        assert_eq!(ann.stands_at().await.0, 1_500);
        for (staff, verb) in [
            (&finance, "approve"),
            (&finance, "refuse"),
            (&boss, "cancel"),
        ] {
            decides(staff, id, verb)
                .await
                .refused(409, "approval_decided");
            decides(staff, id + 1, verb).await.refused(404, "not_found");
        }
        assert_eq!(ann.stands_at().await.0, 1_500);
    })
    .await;
}

#[apply(both_engines)]
async fn what_is_refused_taken_back_or_too_old_is_not_done(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, first) = asked(&app, 500).await;
        let refused = decides(&finance, first, "refuse").await.with(200);
        assert_eq!(refused["state"], "refused");
        let second = waits(&boss, &ann, 500).await;
        let back = decides(&boss, second, "cancel").await.with(200);
        assert_eq!(back["state"], "cancelled");
        let third = waits(&boss, &ann, 500).await;
        // Whose sign-in is a day old signs in again.
        club.clock.advance_secs(DAY_SECS);
        let (boss, finance) = (signs_in(&app, "boss").await, signs_in(&app, "fin").await);
        for (staff, verb) in [
            (&finance, "approve"),
            (&finance, "refuse"),
            (&boss, "cancel"),
        ] {
            decides(staff, third, verb).await.refused(409, "expired");
        }
        let seen = signs_in(&app, "ann").await.stands_at().await;
        assert_eq!(seen, (1_000, 1));
    })
    .await;
}

async fn signs_in(app: &TestApp, name: &str) -> Member {
    let credentials = crate::member::credentials(name);
    let token = app.post("/api/auth/login", &credentials).await.with(200);
    Member::of(&app.client, &app.base, &token)
}

#[apply(both_engines)]
async fn what_would_do_something_else_by_now_has_failed(engine: Engine) {
    within(engine, few, async |club| {
        let app = TestApp::serve(&club).await;
        let (boss, finance, ann, _) = asked(&app, 500).await;
        let asked = boss.post(&tokens(ann.id, "deduct"), &some(900)).await;
        let id = asked.with(202)["approval_id"].as_i64().unwrap();
        let felt = json!({"product_id": "felt_midnight"});
        ann.post("/api/shop/buy", &felt).await.with(200);
        let (balance, _) = ann.stands_at().await;
        decides(&finance, id, "approve")
            .await
            .refused(409, "preview_changed");
        let failed = boss
            .get(&format!("{APPROVALS}?state=failed"))
            .await
            .with(200);
        assert_eq!(failed["items"][0]["id"], id);
        assert_eq!(ann.stands_at().await.0, balance);
    })
    .await;
}
