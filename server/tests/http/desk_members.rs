//! What staff see of members, and do for them, by REST.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, credentials, form};

#[apply(both_engines)]
async fn members_are_listed_a_page_at_a_time(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = "/api/admin/users";
    let listed = boss
        .get(&format!("{path}?page_size=1&sort=newest"))
        .await
        .with(200);
    let seen = ["page", "page_size", "total"].map(|name| listed[name].as_i64());
    assert_eq!(seen, [Some(1), Some(1), Some(2)]);
    assert_eq!(listed["items"][0]["id"], ann.id);
    let found = boss
        .get(&format!("{path}?search=BOS&standing=active&role=owner"))
        .await
        .with(200);
    assert_eq!(found["items"][0]["site_id"], "boss");
    for (query, field) in [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1000000000", "page"),
        ("page=x", "page"),
        ("page_size=201", "page_size"),
        ("rank=KING", "rank"),
        ("standing=lost", "standing"),
        ("role=god", "role"),
        ("sort=odd", "sort"),
        ("since=yesterday", "since"),
        ("search=a%00b", "search"),
        ("search=a%0ab", "search"),
    ] {
        boss.get(&format!("{path}?{query}"))
            .await
            .refuses_field(field);
    }
    let long = "a".repeat(10_000);
    boss.get(&format!("{path}?search={long}"))
        .await
        .refuses_field("search");
    ann.get(path).await.refused(403, "forbidden");
}

#[apply(both_engines)]
async fn a_member_is_shown_whole_but_for_the_phone_number(club: Club) {
    let app = TestApp::serve(&club).await;
    let support = Member::promoted_as(&app, "sue", Role::Support).await;
    let ann = Member::join(&app, "ann").await;
    ann.spins(10).await.with(200);
    let felt = json!({"product_id": "felt_midnight"});
    let bought = ann.post("/api/shop/buy", &felt).await.with(200);
    let path = format!("/api/admin/users/{}", ann.id);
    let whole = support.get(&path).await.with(200);
    assert_eq!(
        (&whole["site_id"], &whole["invite_code"]),
        (&json!("ann"), &json!("5858"))
    );
    assert_eq!(
        (&whole["hands"], &whole["purchases"]),
        (&json!(1), &json!(1))
    );
    let recent = &whole["recent"];
    assert_eq!(
        recent["receipts"][0]["receipt_code"],
        bought["receipt_code"]
    );
    assert_eq!(recent["hands"].as_array().unwrap().len(), 1);
    assert_eq!(recent["transfers"][0]["kind"], "shop_payment");
    let masked = whole["phone_number"].as_str().unwrap();
    let shown = support
        .post(&format!("{path}/phone"), &json!({}))
        .await
        .with(200);
    assert_eq!(shown["phone_number"], form("ann")["phone_number"]);
    assert!(
        masked.contains("-***") && shown["phone_number"] != masked,
        "{masked}"
    );
    support
        .get("/api/admin/users/999")
        .await
        .refused(404, "not_found");
    support
        .get("/api/admin/users/ann")
        .await
        .refuses_field("user_id");
    let nobody = support.post("/api/admin/users/999/phone", &json!({})).await;
    nobody.refused(404, "not_found");
}

#[apply(both_engines)]
async fn a_members_timeline_is_read_page_by_page(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    ann.spins(10).await.with(200);
    let felt = json!({"product_id": "felt_midnight"});
    ann.post("/api/shop/buy", &felt).await.with(200);
    let path = format!("/api/admin/users/{}", ann.id);
    boss.post(&format!("{path}/phone"), &json!({}))
        .await
        .with(200);
    let note = json!({"text": "<script>alert(1)</script>"});
    let noted = boss.post(&format!("{path}/notes"), &note).await.with(201);
    assert_eq!(
        (&noted["text"], &noted["author"]),
        (&note["text"], &json!(boss.id))
    );
    for text in [json!(""), json!("a".repeat(1_001)), json!(7), json!("a\0b")] {
        let odd = boss
            .post(&format!("{path}/notes"), &json!({"text": text}))
            .await;
        odd.refuses_field("text");
    }
    let nobody = boss.post("/api/admin/users/999/notes", &note).await;
    nobody.refused(404, "not_found");
    let timeline = format!("{path}/timeline");
    let whole = boss.get(&timeline).await.with(200);
    let items = whole["items"].as_array().unwrap();
    let kinds = items.iter().map(|item| item["kind"].as_str().unwrap());
    let kinds: BTreeSet<&str> = kinds.collect();
    let expected = [
        "act", "hand", "note", "notice", "receipt", "sign_in", "transfer",
    ];
    assert_eq!(kinds, BTreeSet::from(expected));
    let mut pages = Vec::new();
    let mut next = format!("{timeline}?limit=2");
    loop {
        let page = boss.get(&next).await.with(200);
        pages.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        next = format!("{timeline}?limit=2&cursor={cursor}");
    }
    assert_eq!(&pages, items);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=1:act", "cursor"),
        ("cursor=1:god:1", "cursor"),
    ] {
        boss.get(&format!("{timeline}?{query}"))
            .await
            .refuses_field(field);
    }
    boss.get("/api/admin/users/999/timeline")
        .await
        .refused(404, "not_found");
}

#[apply(both_engines)]
async fn tokens_are_given_and_taken_by_rest(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let finance = Member::promoted_as(&app, "fin", Role::Finance).await;
    let ann = Member::join(&app, "ann").await;
    let path = |user: i64, verb: &str| format!("/api/admin/users/{user}/tokens/{verb}");
    let some = |amount: i64| json!({"amount": amount, "reason": "a test"});
    let (add, deduct) = (path(ann.id, "add"), path(ann.id, "deduct"));
    let send = async || {
        let request = finance.request(Method::POST, &add).json(&some(500));
        Answer::to(request.header("idempotency-key", "k")).await
    };
    let given = send().await;
    let expected = json!({"user_id": ann.id, "balance": 1_500, "seq": 2});
    assert_eq!(given.with(200), expected);
    assert_eq!(send().await.text, given.text);
    assert_eq!(ann.stands_at().await, (1_500, 2));
    let taken = finance.post(&deduct, &some(1_400)).await.with(200);
    assert_eq!((&taken["balance"], &taken["seq"]), (&json!(100), &json!(3)));
    finance
        .post(&deduct, &some(101))
        .await
        .refused(400, "insufficient_tokens");
    let largest = some(9_007_199_254_740_991);
    finance
        .post(&add, &largest)
        .await
        .refused(409, "balance_too_large");
    for amount in [
        json!(0),
        json!(-1),
        json!(9_007_199_254_740_992_i64),
        json!(1.5),
        json!("x"),
    ] {
        let odd = json!({"amount": amount, "reason": "a test"});
        finance.post(&add, &odd).await.refuses_field("amount");
    }
    for verb in ["add", "deduct"] {
        let own = finance.post(&path(finance.id, verb), &some(1)).await;
        own.refused(403, "own_account");
        let nobody = boss.post(&path(999, verb), &some(1)).await;
        nobody.refused(404, "not_found");
        let of_staff = finance.post(&path(boss.id, verb), &some(1)).await;
        of_staff.refused(403, "forbidden");
    }
    assert_eq!(ann.stands_at().await, (100, 3));
}

#[apply(both_engines)]
async fn a_member_is_edited_by_rest_and_a_stale_form_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let support = Member::promoted_as(&app, "sue", Role::Support).await;
    let ann = Member::join(&app, "ann").await;
    Member::join(&app, "ben").await;
    let path = |user: i64| format!("/api/admin/users/{user}");
    let edit = async |user: i64, edit: &Value| {
        let request = support.request(Method::PATCH, &path(user));
        Answer::to(request.json(edit)).await
    };
    let version = support.get(&path(ann.id)).await.with(200)["version"].clone();
    let named = json!({"nickname": "Annie", "rank": "VIP", "version": version});
    let row = edit(ann.id, &named).await.with(200);
    assert_eq!(
        (&row["nickname"], &row["rank"]),
        (&json!("Annie"), &json!("VIP"))
    );
    edit(ann.id, &named).await.refused(409, "edit_conflict");
    let taken = json!({"nickname": form("ben")["nickname"]});
    edit(ann.id, &taken).await.refused(409, "nickname_taken");
    let taken = json!({"phone_number": form("ben")["phone_number"]});
    edit(ann.id, &taken).await.refused(409, "phone_taken");
    edit(ann.id, &json!({"nickname": "x"}))
        .await
        .refuses_field("nickname");
    edit(ann.id, &json!({"rank": "KING"}))
        .await
        .refuses_field("rank");
    let rank = json!({"rank": "VIP"});
    edit(support.id, &rank).await.refused(403, "own_account");
    edit(999, &rank).await.refused(404, "not_found");
    assert_eq!(ann.get("/api/auth/me").await.with(200)["nickname"], "Annie");
}

#[apply(both_engines)]
async fn a_member_is_unlocked_and_signed_out_by_rest(club: Club) {
    let app = TestApp::serve(&club).await;
    let support = Member::promoted_as(&app, "sue", Role::Support).await;
    let ann = Member::join(&app, "ann").await;
    let path = |user: i64, verb: &str| format!("/api/admin/users/{user}/{verb}");
    let wrong = json!({"site_id": "ann", "password": "not the password"});
    for _ in 0..5 {
        app.post("/api/auth/login", &wrong)
            .await
            .refused(401, "bad_credentials");
    }
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .refused(429, "locked");
    let unlocked = support
        .post(&path(ann.id, "unlock"), &json!({}))
        .await
        .with(200);
    assert_eq!(unlocked["id"], ann.id);
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    support
        .post(&path(ann.id, "sessions/end"), &json!({}))
        .await
        .with(200);
    ann.get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    let own = support.post(&path(support.id, "unlock"), &json!({})).await;
    own.refused(403, "own_account");
    for verb in ["unlock", "sessions/end"] {
        let nobody = support.post(&path(999, verb), &json!({})).await;
        nobody.refused(404, "not_found");
    }
}
