//! The page of a member: all of them, and what happened to them.

use serde_json::{Value, json};
use testkit::{apply, both_engines};
use wire::staff::Role;

use super::{LIST, has_link, kinds, page, path_to};
use crate::app::TestApp;
use crate::html::Html;
use crate::member::{Member, form};
use crate::page_calls::path_of;
use crate::words::say;

#[apply(both_engines)]
async fn a_member_who_is_not_there_is_not_found(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for nobody in ["999", "0", "-1", "ann", "99999999999999999999"] {
        let path = format!("{LIST}/{nobody}");
        let answer = app.page(&path, &boss.cookies()).await;
        assert_eq!(answer.status, 404, "{nobody}");
        let said = Html::read(&answer.text).text_of("trouble");
        assert!(said.contains(&say("en", "error.not_found")), "{said}");
    }
    let visitor = app.page("/admin/members/1", "").await;
    let door = "/admin/login?next=/admin/members/1";
    assert_eq!(visitor.header("location"), door);
}

#[apply(both_engines)]
async fn a_member_is_shown_whole_with_what_happened_to_them(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    ann.spins(10).await.with(200);
    let felt = json!({"product_id": "felt_midnight"});
    let bought = ann.post("/api/shop/buy", &felt).await.with(200);
    let path = path_to(&ann);
    let rest = format!("/api/admin/users/{}", ann.id);
    boss.post(&format!("{rest}/phone"), &json!({}))
        .await
        .with(200);
    let page = page(&app, &path, &boss).await;
    assert_eq!(page.text_in("h1"), "ann");
    let whole = boss.get(&rest).await.with(200);
    let head = page.text_of("member");
    for part in [&whole["phone_number"], &whole["invite_code"], &json!("ann")] {
        assert!(head.contains(part.as_str().unwrap()), "{part} in {head}");
    }
    let balance = page.test("member-balance").attribute("data-value");
    assert_eq!(balance, Some(whole["balance"].to_string().as_str()));
    let seen = kinds(&page);
    for kind in ["act", "hand", "notice", "receipt", "transfer"] {
        assert!(seen.contains(&kind), "{kind} in {seen:?}");
        let filtered = format!("{path}?kind={kind}");
        assert!(has_link(&page, &filtered), "{kind}");
    }
    let story = page.text_of("timeline");
    let code = bought["receipt_code"].as_str().unwrap();
    for part in [
        code,
        "users/phone",
        &say("en", "slot.name"),
        &say("en", "kind.shop_payment"),
    ] {
        assert!(story.contains(part), "{part} in {story}");
    }
    assert!(has_link(&page, &path_to(&boss)), "who acted leads to them");
    assert!(has_link(&page, &format!("/admin/audit?subject={}", ann.id)));
}

#[apply(both_engines)]
async fn a_timeline_is_of_one_kind_and_leafed_through_within_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    for _ in 0..31 {
        ann.spins(10).await.with(200);
    }
    let start = format!("{}?kind=hand", path_to(&ann));
    let first = page(&app, &start, &boss).await;
    assert_eq!(kinds(&first), ["hand"; 30]);
    let links = first.links_in("main");
    let older = links.into_iter().find(|it| it.contains("cursor=")).unwrap();
    assert!(older.starts_with(&format!("{start}&cursor=")), "{older}");
    let second = page(&app, older, &boss).await;
    assert_eq!(kinds(&second), ["hand"]);
    assert!(has_link(&second, &start), "back to the newest");
    let bob = Member::join(&app, "bob").await;
    let odd = page(&app, &format!("{}?kind=god", path_to(&bob)), &boss).await;
    assert_eq!(kinds(&odd), ["transfer"], "anything unknown is all of it");
    // What cannot be leafed to is said in its place, and the member is there.
    let path = format!("{}?cursor=nonsense", path_to(&ann));
    let answer = app.page(&path, &boss.cookies()).await;
    let page = Html::read(&answer.text);
    assert_eq!((page.tests("member"), page.tests("part-trouble")), (1, 1));
}

#[apply(both_engines)]
async fn a_script_in_what_somebody_wrote_is_text(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let script = "<script>alert(1)</script>";
    let mut asked = form("ann");
    asked["nickname"] = Value::from(script);
    let token = app.post("/api/auth/signup", &asked).await.with(201);
    let ann = Member::of(&app.client, &app.base, &token);
    let ban = json!({"reason": script, "hours": 1});
    boss.post(&format!("/api/admin/users/{}/ban", ann.id), &ban)
        .await
        .with(200);
    for (path, times) in [(LIST.to_owned(), 1), (path_to(&ann), 3)] {
        let answer = app.page(&path, &boss.cookies()).await;
        assert!(!answer.text.contains(script), "{path}");
        let text = Html::read(&answer.text).text_in("main");
        assert_eq!(text.matches(script).count(), times, "{path}: {text}");
    }
}

#[apply(both_engines)]
async fn nobody_is_shown_an_act_that_their_roles_do_not_have(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let acts = ["show-phone", "ban", "give", "take"];
    let cases = [
        (Role::Auditor, [0, 0, 0, 0]),
        (Role::Support, [1, 1, 0, 0]),
        (Role::Finance, [0, 0, 1, 1]),
    ];
    for (role, expected) in cases {
        let staff = Member::promoted_as(&app, role.as_str(), role).await;
        let of_ann = page(&app, &path_to(&ann), &staff).await;
        assert_eq!(acts.map(|id| of_ann.tests(id)), expected, "{role:?}");
        let of_boss = page(&app, &path_to(&boss), &staff).await;
        assert_eq!(
            acts.map(|id| of_boss.tests(id)),
            [0; 4],
            "{role:?} on an owner"
        );
        assert_eq!(of_boss.tests("acts"), 0, "{role:?}");
    }
    let of_ann = page(&app, &path_to(&ann), &boss).await;
    assert_eq!(acts.map(|id| of_ann.tests(id)), [1; 4]);
    // Nor by the functions that the forms would post to.
    let amy = Member::promoted_as(&app, "amy", Role::Auditor).await;
    let (stood, user) = (ann.stands_at().await, ann.id);
    let tokens = json!({
        "user_id": user, "amount": "1", "reason": "for myself", "site_id": "ann", "key": "k",
    });
    let ban = json!({"user_id": user, "hours": "1", "reason": "for fun", "site_id": ""});
    let plain = json!({"user_id": user, "reason": "for fun"});
    for (function, asked) in [
        ("give_tokens", &tokens),
        ("take_tokens", &tokens),
        ("ban_member", &ban),
        ("unban_member", &plain),
    ] {
        let refused = amy.post(path_of(function), asked).await;
        assert_eq!(refused.status, 403, "{function}: {refused:?}");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_members_number_leads_to_their_page(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let ban = json!({"reason": "a test", "hours": 1});
    boss.post(&format!("/api/admin/users/{}/ban", ann.id), &ban)
        .await
        .with(200);
    let staff = page(&app, "/admin/staff", &boss).await;
    assert!(has_link(&staff, &path_to(&boss)));
    let audit = page(&app, "/admin/audit", &boss).await;
    assert!(has_link(&audit, &path_to(&boss)), "who did it");
    assert!(has_link(&audit, &path_to(&ann)), "to whom");
}
