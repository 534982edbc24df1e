//! The page of the audit log: filtered, whole, and leafed through.

use testkit::{apply, both_engines};

use super::{browser_of, has_link, named, roles};
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

#[apply(both_engines)]
async fn the_audit_log_is_filtered_by_its_address(club: Club) {
    let app = TestApp::serve(&club).await;
    let rest = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = format!("/api/admin/staff/{}", ann.id);
    rest.put(&path, &roles(&["finance"], 0)).await.with(200);
    let stale = rest.put(&path, &roles(&["games"], 0)).await;
    stale.refused(409, "edit_conflict");
    let mut boss = browser_of(&app, "boss").await;
    boss.visit("/admin/audit").await;
    // The newest first: what was refused, what was done, who signed in to run the club, and who made an
    // owner on the machine.
    assert_eq!(boss.page.tests("audit-row"), 4);
    assert!(boss.page.text_of("audit-row").contains("edit_conflict"));

    let [boss_id, ann_id] = [rest.id, ann.id].map(|id| id.to_string());
    let cases = [
        ("outcome", "edit_conflict", 1),
        ("outcome", "ok", 3),
        ("actor", boss_id.as_str(), 3),
        ("subject", ann_id.as_str(), 2),
        ("action", "staff/roles", 3),
        ("action", "users/ban", 0),
        ("until", "1971-01-01", 0),
        ("from", "1971-01-01", 4),
        ("actor", "nobody", 4),
        ("from", "yesterday", 4),
    ];
    for (name, value, count) in cases {
        boss.visit("/admin/audit").await;
        boss.press("filter", &[(name, value)]).await;
        assert_eq!(boss.answer.status, 200, "{name} {value}");
        let rows = boss.page.tests("audit-row");
        assert_eq!(rows, count, "{name} {value}");
        let is_read = !["nobody", "yesterday"].contains(&value);
        assert_eq!(boss.value(name), if is_read { value } else { "" });
    }
    boss.visit("/admin/audit?action=users%2Fban").await;
    assert!(boss.page.text().contains(&say("en", "desk.audit_none")));
    for odd in ["action=%00&actor=%00", "cursor=%00", "until=9999-12-31"] {
        let page = app
            .page(&format!("/admin/audit?{odd}"), &rest.cookies())
            .await;
        assert!(page.status < 500, "{odd}: {page:?}");
    }
}

#[apply(both_engines)]
async fn a_row_of_the_audit_log_tells_all_of_its_act(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = format!("/api/admin/staff/{}", ann.id);
    boss.put(&path, &roles(&["finance"], 0)).await.with(200);
    let kept = boss.get("/api/admin/audit?limit=1").await.with(200);
    let text = |name: &str| kept["items"][0][name].as_str().unwrap().to_owned();
    let page = Html::read(&app.page("/admin/audit", &boss.cookies()).await.text);
    let row = page.text_of("audit-row");
    let after = "[\"finance\"]";
    for part in ["staff/roles", "a test", "127.0.0.1", after, &named("owner")] {
        assert!(row.contains(part), "{part} in {row}");
    }
    for part in [text("hash"), text("request_id"), say("en", "desk.done")] {
        assert!(row.contains(&part), "{part} in {row}");
    }
}

#[apply(both_engines)]
async fn the_audit_log_is_leafed_through_within_its_filter(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let path = format!("/api/admin/staff/{}", boss.id);
    for _ in 0..31 {
        let stale = boss.put(&path, &roles(&["owner"], 9)).await;
        stale.refused(409, "edit_conflict");
    }
    let start = "/admin/audit?outcome=edit_conflict";
    let first = Html::read(&app.page(start, &boss.cookies()).await.text);
    assert_eq!(first.tests("audit-row"), 30);
    let links = first.links_in("main");
    let mut older = links.into_iter().filter(|it| it.contains("cursor="));
    let older = older.next().unwrap();
    assert!(older.starts_with(&format!("{start}&cursor=")), "{older}");
    let second = Html::read(&app.page(older, &boss.cookies()).await.text);
    assert_eq!(second.tests("audit-row"), 1);
    assert!(has_link(&second, start), "back to the newest");
}
