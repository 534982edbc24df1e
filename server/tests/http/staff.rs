//! Who may which call of staff's, and what becomes of the rest.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};
use wire::staff::{Permission, Role};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;
use crate::openapi::operations;

/// What a call takes, so that its service is asked.
fn body_of(id: &str) -> Value {
    match id {
        "admin_add_tokens_v1" | "admin_deduct_tokens_v1" => {
            json!({"amount": 1, "reason": "a test"})
        }
        "admin_ban_v1" => json!({"reason": "a test", "hours": 1}),
        "admin_change_roles_v1" => json!({"roles": [], "version": 9}),
        "admin_grant_bulk_v1" => json!({"items": [{
            "user_id": 999, "reward_type": "TOKENS", "amount": 1, "source_description": "a test"
        }]}),
        "admin_note_v1" => json!({"text": "a test"}),
        "admin_elevate_v1" => json!({"site_id": "nobody"}),
        "admin_upsert_discount_v1" => json!({
            "code": "x", "product_id": "nothing", "reduction": {"kind": "percent", "percent": 1},
            "is_active": false
        }),
        "admin_upsert_package_v1" => json!({
            "package_id": "x", "price": 1, "contents": {"tokens": 1, "items": []}, "stock": 1,
            "member_limit": 1, "is_active": false
        }),
        "admin_upsert_product_v1" => json!({
            "product_id": "x", "kind": "item", "item": "felt_ruby", "is_active": false,
            "prices": [{"amount": 1, "currency": "TOKENS"}]
        }),
        "admin_upsert_promo_v1" => json!({
            "code": "XXX", "reduction": {"kind": "percent", "percent": 1}, "is_active": false
        }),
        _ => json!({}),
    }
}

/// A call of staff's, as the document has it.
pub(crate) struct Call {
    pub(crate) id: String,
    method: Method,
    path: String,
    permission: Permission,
    /// Whether it asks for a confirmation where the club is strict.
    pub(crate) is_confirmed: bool,
}

impl Call {
    fn of((method, path, operation): (String, String, Value)) -> Option<Self> {
        let word = operation["x-permission"].as_str()?;
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let permission = Permission::parse(word);
        let refusals = operation["responses"]["403"]["description"].as_str();
        Some(Self {
            method: Method::from_bytes(method.as_bytes()).unwrap(),
            path,
            permission: permission.unwrap_or_else(|| panic!("{id} names {word}")),
            is_confirmed: refusals.unwrap().contains("`confirmation_required`"),
            id,
        })
    }

    /// Whether the table gives it to this role.
    pub(crate) fn is_for(&self, role: Role) -> bool {
        self.permission.holders().contains(&role)
    }

    /// What becomes of it where it concerns this member.
    pub(crate) async fn on(&self, member: &Member, staff: &Member) -> Answer {
        let path = self.path.replace("{user_id}", &member.id.to_string());
        let path = path.replace("{id}", "nothing");
        let path = path.replace("{approval_id}", "999");
        let path = path.replace("{receipt_code}", "CC-00000000");
        let request = staff.request(self.method.clone(), &path);
        Answer::to(request.json(&body_of(&self.id))).await
    }
}

/// Each call of staff's.
pub(crate) fn calls() -> Vec<Call> {
    operations().into_iter().filter_map(Call::of).collect()
}

#[test]
fn every_call_of_staff_names_its_permission_and_no_other_does() {
    for (_, path, operation) in operations() {
        let is_for_staff = path.starts_with("/api/admin/") || path == "/api/invite/generate";
        let is_named = operation["x-permission"].is_string();
        assert_eq!(is_named, is_for_staff, "{path}");
    }
    let asked: BTreeSet<_> = calls().into_iter().map(|call| call.permission).collect();
    // To see codes is asked for where one's own are.
    let all = Permission::ALL.iter().copied();
    let others: BTreeSet<_> = all.filter(|it| *it != Permission::InvitesRead).collect();
    assert_eq!(asked, others);
}

/// The whole matrix: each role at each call.
#[apply(both_engines)]
async fn each_role_may_what_the_table_says_and_nothing_else(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for role in Role::ALL {
        let staff = Member::promoted_as(&app, &format!("the_{}", role.as_str()), *role).await;
        for call in calls() {
            let answer = call.on(&ann, &staff).await;
            let is_refused = answer.status == 403 && answer.json()["code"] == "forbidden";
            let may = call.is_for(*role);
            assert_eq!(is_refused, !may, "{role:?} at {}: {answer:?}", call.id);
        }
    }
}

#[apply(both_engines)]
async fn a_member_is_banned_and_let_in_again_by_rest(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = |verb: &str| format!("/api/admin/users/{}/{verb}", ann.id);
    let reason = json!({"reason": "cheating"});
    let banned = boss.post(&path("ban"), &reason).await.with(200);
    assert_eq!(
        (&banned["id"], &banned["is_active"]),
        (&json!(ann.id), &json!(false))
    );
    ann.get("/api/auth/me").await.refused(403, "banned");
    let again = json!({"reason": "a mistake"});
    let free = boss.post(&path("unban"), &again).await.with(200);
    assert_eq!(free["is_active"], true);
    for row in [&banned, &free] {
        let phone = row["phone_number"].as_str().unwrap();
        assert!(
            phone.contains('*'),
            "whole numbers are shown by an act: {phone}"
        );
    }
    ann.get("/api/auth/me").await.with(200);
    let rows = boss.get("/api/admin/audit?limit=2").await.with(200);
    let seen = |number: usize| {
        (
            &rows["items"][number]["action"],
            &rows["items"][number]["reason"],
        )
    };
    assert_eq!(seen(0), (&json!("users/unban"), &json!("a mistake")));
    assert_eq!(seen(1), (&json!("users/ban"), &json!("cheating")));
    assert_eq!(rows["items"][0]["address"], "127.0.0.1");
    let request_id = rows["items"][0]["request_id"].as_str().unwrap();
    assert_eq!(request_id.len(), 32, "it finds the request in the log");
    boss.post("/api/admin/users/999/ban", &reason)
        .await
        .refused(404, "not_found");
    boss.post("/api/admin/users/999/unban", &again)
        .await
        .refused(404, "not_found");
    boss.post("/api/admin/users/boss/ban", &reason)
        .await
        .refuses_field("user_id");
    boss.post(&path("ban"), &json!({"reason": "a\nb c d"}))
        .await
        .refuses_field("reason");
    boss.post(&path("ban"), &json!({"hours": 0}))
        .await
        .refuses_field("hours");
    let own = format!("/api/admin/users/{}/ban", boss.id);
    boss.post(&own, &reason).await.refused(409, "last_owner");
}

#[apply(both_engines)]
async fn roles_are_given_by_rest_and_a_stale_form_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = |user: i64| format!("/api/admin/staff/{user}");
    let change = |roles: &[&str], version: i64| json!({"roles": roles, "version": version, "reason": "a test"});
    let none = boss.get(&path(ann.id)).await.with(200);
    assert_eq!((&none["roles"], &none["version"]), (&json!([]), &json!(0)));
    let given = boss
        .put(&path(ann.id), &change(&["support", "finance"], 0))
        .await;
    assert_eq!(given.with(200)["roles"], json!(["finance", "support"]));
    let stale = boss.put(&path(ann.id), &change(&["games"], 0)).await;
    stale.refused(409, "edit_conflict");
    let odd = boss.put(&path(ann.id), &change(&["god"], 1)).await;
    odd.refuses_field("roles[0]");
    boss.get(&path(999)).await.refused(404, "not_found");
    boss.put(&path(999), &change(&[], 0))
        .await
        .refused(404, "not_found");
    boss.put(&path(boss.id), &change(&[], 1))
        .await
        .refused(409, "last_owner");
    let listed = boss.get("/api/admin/staff").await.with(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let elevated = boss
        .post("/api/admin/users/elevate", &json!({"site_id": "ann"}))
        .await;
    assert_eq!(elevated.with(200)["is_admin"], true);
    let nobody = boss
        .post("/api/admin/users/elevate", &json!({"site_id": "nobody"}))
        .await;
    nobody.refused(404, "not_found");
    let own = boss
        .post("/api/admin/users/elevate", &json!({"site_id": "boss"}))
        .await;
    own.refused(403, "own_account");
    // Now that there are two, nobody changes their own, nor undoes what they bought.
    let own = boss.put(&path(boss.id), &change(&["owner"], 1)).await;
    own.refused(403, "own_account");
    let felt = json!({"product_id": "felt_midnight"});
    let bought = boss.post("/api/shop/buy", &felt).await.with(200);
    let code = bought["receipt_code"].as_str().unwrap();
    let refund = format!("/api/admin/transactions/{code}/refund");
    boss.post(&refund, &json!({}))
        .await
        .refused(403, "own_account");
}
