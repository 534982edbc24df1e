//! Profiles, and what others may see of them.

use serde_json::json;
use testkit::club::PASSWORD;
use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::member::{Member, credentials};

#[apply(both_engines)]
async fn a_member_changes_only_what_is_theirs_to_change(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let before = ann.get("/api/users/profile").await.with(200);
    let change = json!({
        "nickname": "Annie", "rank": "VIP", "is_admin": true, "cyber_token_balance": 1_000_000, "site_id": "boss", "level": 99
    });
    let after = ann.put("/api/users/profile", &change).await.with(200);
    let mut expected = before.clone();
    expected["nickname"] = json!("Annie");
    assert_eq!(after, expected);
    assert_eq!(ann.get("/api/users/info").await.with(200), expected);
}

#[apply(both_engines)]
async fn a_new_password_wants_the_current_one(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let wrong = json!({"password": "a new password", "current_password": "not it, sorry"});
    ann.put("/api/users/profile", &wrong)
        .await
        .refused(403, "wrong_password");
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    let right = json!({"password": "a new password", "current_password": PASSWORD});
    ann.put("/api/users/profile", &right).await.with(200);
    app.post("/api/auth/login", &credentials("ann"))
        .await
        .refused(401, "bad_credentials");
}

#[apply(both_engines)]
async fn others_see_no_phone_and_no_balance(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let seen = app.get(&format!("/api/users/{}", ann.id)).await.with(200);
    let names: Vec<&String> = seen.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["badges", "id", "joined", "level", "nickname", "rank"]
    );
}

#[apply(both_engines)]
async fn nobody_can_ask_for_anothers_profile(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.get(&format!("/api/users/{}/profile", ann.id))
        .await
        .refused(404, "not_found");
}

#[apply(both_engines)]
async fn the_ledger_tells_every_move(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for _ in 0..5 {
        ann.spins(10).await.with(200);
    }
    let (balance, seq) = ann.stands_at().await;
    let mut path = "/api/users/transactions?limit=2".to_owned();
    let mut lines = Vec::new();
    loop {
        let page = ann.get(&path).await.with(200);
        lines.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/api/users/transactions?limit=2&cursor={cursor}");
    }
    let numbers: Vec<i64> = lines
        .iter()
        .map(|line| line["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=seq).rev().collect::<Vec<_>>());
    assert_eq!(
        lines
            .iter()
            .map(|line| line["change"].as_i64().unwrap())
            .sum::<i64>(),
        balance
    );
    assert_eq!(lines[0]["balance_after"], balance);
    let stats = ann.get("/api/users/stats").await.with(200);
    assert_eq!(
        (stats["hands"].as_i64(), stats["staked"].as_i64()),
        (Some(5), Some(50))
    );
}
