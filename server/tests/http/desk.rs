//! The desk's pages: who may open which, and what their forms do without scripts.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::club::PASSWORD;
use testkit::{apply, both_engines};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::plain::Plain;
use crate::words::say;

/// Every page of the desk with its title and its heading.
const PAGES: [(&str, &str, &str); 4] = [
    ("/admin", "title.desk", "desk.today"),
    ("/admin/members", "title.desk_members", "desk.members"),
    ("/admin/staff", "title.desk_staff", "desk.staff"),
    ("/admin/audit", "title.desk_audit", "desk.audit"),
];

/// A browser without scripts that this member is signed in with.
pub(crate) async fn browser_of(app: &TestApp, name: &str) -> Plain {
    let mut browser = Plain::open(app).await;
    browser.visit("/login").await;
    let typed = [("site_id", name), ("password", PASSWORD)];
    browser.send("log_in", &typed).await;
    browser
}

/// What gives these roles, by REST.
fn roles(roles: &[&str], version: i64) -> Value {
    json!({"roles": roles, "version": version, "reason": "a test"})
}

fn is_ticked(page: &Html, role: &str) -> bool {
    let role = page.test(&format!("role-{role}"));
    role.attribute("checked").is_some()
}

/// The English name of a role.
fn named(role: &str) -> String {
    say("en", &format!("desk.role_{role}"))
}

pub(crate) fn has_link(page: &Html, path: &str) -> bool {
    page.links_in("body").contains(&path)
}

/// That nothing of a page is the browser's to run but the one script that it may.
#[track_caller]
fn runs_nothing(answer: &Answer) {
    for part in ["<script src", "modulepreload", "wasm", "__RESOLVED"] {
        assert!(!answer.text.contains(part), "{part} in {}", answer.text);
    }
    let mut scripts = answer.text.split("<script").skip(1);
    let script = scripts.next().unwrap();
    assert_eq!(scripts.next(), None);
    let nonce = script.split("nonce=\"").nth(1).unwrap();
    let nonce = nonce.split('"').next().unwrap();
    let policy = answer.header("content-security-policy");
    assert!(policy.contains(&format!("'nonce-{nonce}'")), "{policy}");
    assert!(answer.text.contains("noindex"), "{}", answer.text);
}

#[apply(both_engines)]
async fn an_owner_reads_every_page_of_the_desk_in_both_languages(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for language in ["ko", "en"] {
        let cookies = format!("casino_language={language}; {}", boss.cookies());
        for (path, title, heading) in PAGES {
            let answer = app.page(path, &cookies).await;
            assert_eq!(answer.status, 200, "{path}");
            let page = Html::read(&answer.text);
            assert_eq!(page.text_in("title"), say(language, title), "{path}");
            assert_eq!(page.text_in("h1"), say(language, heading), "{path}");
            let headings = page.tags().filter(|(_, tag)| tag.name == "h1");
            assert_eq!(headings.count(), 1, "{path}");
            for (other, ..) in PAGES {
                assert!(has_link(&page, other), "{other} on {path}");
            }
        }
        let page = Html::read(&app.page("/admin", &cookies).await.text);
        let who = page.text_of("desk-who");
        let owner = say(language, "desk.role_owner");
        assert!(who.contains("boss") && who.contains(&owner), "{who}");
    }
}

#[apply(both_engines)]
async fn a_page_of_the_desk_is_sent_whole_and_never_wakes(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let member = format!("/admin/members/{}", ann.id);
    let pages = PAGES.map(|(path, ..)| path);
    for path in pages.into_iter().chain([member.as_str()]) {
        let answer = app.page(path, &boss.cookies()).await;
        assert_eq!(answer.status, 200, "{path}");
        runs_nothing(&answer);
    }
    runs_nothing(&app.page("/admin", &ann.cookies()).await);
    let club = app.page("/", &boss.cookies()).await;
    assert!(
        club.text.contains("modulepreload"),
        "as pages of players do"
    );
}

#[apply(both_engines)]
async fn what_is_not_below_the_desk_is_missing_there(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for path in ["/admin/nothing", "/admin/members/1/nothing"] {
        for cookies in [boss.cookies(), String::new()] {
            let missing = app.page(path, &cookies).await;
            assert_eq!(missing.status, 404, "{path}");
            runs_nothing(&missing);
            let page = Html::read(&missing.text);
            assert_eq!(page.text_in("h1"), say("en", "missing.title"));
            assert!(has_link(&page, "/admin") && has_link(&page, "/"));
        }
    }
}

#[apply(both_engines)]
async fn the_language_is_changed_and_the_desk_is_left_by_forms_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = "/admin/members?sort=oldest";
    boss.visit(path).await;
    boss.press("lang-ko", &[]).await;
    assert_eq!(boss.path, path);
    assert_eq!(boss.page.text_in("h1"), say("ko", "desk.members"));
    boss.send("log_out", &[]).await;
    assert_eq!(boss.path, "/");
    boss.visit(path).await;
    let door = "/admin/login?next=/admin";
    assert!(boss.path.starts_with(door), "{}", boss.path);
}

#[apply(both_engines)]
async fn a_member_is_refused_and_a_visitor_is_led_to_the_door(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for (path, ..) in PAGES {
        let refused = app.page(path, &ann.cookies()).await;
        assert_eq!(refused.status, 403, "{path}");
        let page = Html::read(&refused.text);
        let said = page.text_of("trouble");
        assert!(said.contains(&say("en", "error.forbidden")), "{said}");
        assert_eq!(page.tests("staff-row") + page.tests("audit-row"), 0);
        let visitor = app.page(path, "").await;
        assert_eq!(visitor.status, 302, "{path}");
        let door = format!("/admin/login?next={path}");
        assert_eq!(visitor.header("location"), door);
    }
    let filtered = app.page("/admin/audit?actor=5", "").await;
    let door = "/admin/login?next=/admin/audit%3Factor%3D5";
    assert_eq!(filtered.header("location"), door);
}

#[apply(both_engines)]
async fn only_who_runs_the_club_is_shown_the_way_there(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    for (member, is_staff) in [(&ann, false), (&sue, true)] {
        let profile = Html::read(&app.page("/profile", &member.cookies()).await.text);
        assert_eq!(has_link(&profile, "/admin"), is_staff);
        let games = app.page("/games", &member.cookies()).await;
        let leads_there = games.text.contains("href=\"/admin");
        assert!(!leads_there, "no page of players does");
    }
}

#[apply(both_engines)]
async fn support_is_shown_no_page_that_it_may_not_open(club: Club) {
    let app = TestApp::serve(&club).await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    let desk = app.page("/admin", &sue.cookies()).await;
    assert_eq!(desk.status, 200);
    let page = Html::read(&desk.text);
    assert!(page.text_of("desk-who").contains(&named("support")));
    assert!(page.text().contains(&say("en", "desk.may_members")));
    for path in ["/admin/staff", "/admin/audit"] {
        assert!(!has_link(&page, path), "{path}");
        let refused = app.page(path, &sue.cookies()).await;
        assert_eq!(refused.status, 403, "{path}");
    }
}

#[apply(both_engines)]
async fn an_auditor_reads_who_runs_the_club_and_is_offered_no_form(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let amy = Member::promoted_as(&app, "amy", Role::Auditor).await;
    let path = format!("/admin/staff?user={}", boss.id);
    let page = Html::read(&app.page(&path, &amy.cookies()).await.text);
    assert_eq!(page.tests("staff-row"), 2);
    assert!(page.text_of("stands").contains(&named("owner")));
    assert_eq!(page.tests("save-roles"), 0);
    // Nor by the function that the form would post to.
    let asked = json!({"user_id": boss.id, "version": 1, "reason": "for myself"});
    let refused = amy.post(path_of("change_roles"), &asked).await;
    assert_eq!(refused.status, 403, "{refused:?}");
}

#[apply(both_engines)]
async fn roles_are_given_and_taken_by_forms_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit("/admin/staff").await;
    assert_eq!(boss.page.tests("staff-row"), 1);
    let number = ann.id.to_string();
    boss.press("find", &[("user", number.as_str())]).await;
    let path = format!("/admin/staff?user={number}");
    assert_eq!(boss.path, path);
    assert_eq!(boss.value("user"), number);
    assert!(
        boss.page
            .text_of("stands")
            .contains(&say("en", "desk.no_role"))
    );

    let given = [
        ("support", "true"),
        ("games", "true"),
        ("reason", "covers the night"),
    ];
    assert_eq!(boss.send("change_roles", &given).await, 302);
    assert_eq!(boss.path, path);
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!(boss.page.tests("staff-row"), 2);
    let stands = boss.page.text_of("stands");
    assert!(stands.contains(&named("support")) && stands.contains(&named("games")));
    let ticked = ["support", "games", "owner"].map(|role| is_ticked(&boss.page, role));
    assert_eq!(ticked, [true, true, false]);
    assert_eq!(boss.value("reason"), "", "what is done is not asked again");
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("told"), 0, "it is said once");

    let taken = [
        ("support", ""),
        ("games", ""),
        ("reason", "the night is over"),
    ];
    boss.send("change_roles", &taken).await;
    assert_eq!(boss.page.tests("staff-row"), 1);
    assert!(
        boss.page
            .text_of("stands")
            .contains(&say("en", "desk.no_role"))
    );
}

#[apply(both_engines)]
async fn a_refused_form_says_why_at_its_field_and_keeps_what_was_ticked_and_typed(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = format!("/admin/staff?user={}", ann.id);
    // One letter more than a reason may have, of three bytes each.
    let long = "가".repeat(501);
    for (reason, word) in [("no", "too_short"), (long.as_str(), "too_long")] {
        boss.visit(&path).await;
        let typed = [("games", "true"), ("reason", reason)];
        boss.send("change_roles", &typed).await;
        assert_eq!(boss.path, path);
        let why = say("en", &format!("field.{word}"));
        let told = format!("{}: {why}", say("en", "desk.reason"));
        assert_eq!(boss.page.text_of("field-error-reason"), told);
        assert_eq!(boss.value("reason"), reason);
        let ticked = ["games", "owner"].map(|role| is_ticked(&boss.page, role));
        assert_eq!(ticked, [true, false]);
    }
    boss.visit(&path).await;
    assert_eq!(
        boss.page.text_of("field-error-reason"),
        "",
        "it is said once"
    );
    assert!(!is_ticked(&boss.page, "games"));
}

#[apply(both_engines)]
async fn what_was_ticked_for_one_member_never_stands_in_the_form_of_another(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let ben = Member::join(&app, "ben").await;
    let form = format!("user_id={}&version=0&owner=true&reason=no", ann.id);
    let request = boss
        .request(Method::POST, path_of("change_roles"))
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded");
    let refused = Answer::to(request.body(form)).await;
    assert_eq!(refused.status, 302, "{refused:?}");
    let flash = refused.cookie("casino_flash").unwrap();
    let cookies = format!("{}; casino_flash={flash}", boss.cookies());
    for (member, is_of_them) in [(&ben, false), (&ann, true)] {
        let path = format!("/admin/staff?user={}", member.id);
        let page = Html::read(&app.page(&path, &cookies).await.text);
        assert_eq!(is_ticked(&page, "owner"), is_of_them);
        let said = page.text_of("field-error-reason");
        assert_eq!(!said.is_empty(), is_of_them);
    }
}

#[apply(both_engines)]
async fn a_stale_form_shows_what_stands_now_beside_what_was_ticked(club: Club) {
    let app = TestApp::serve(&club).await;
    let rest = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&format!("/admin/staff?user={}", ann.id)).await;
    let path = format!("/api/admin/staff/{}", ann.id);
    rest.put(&path, &roles(&["finance"], 0)).await.with(200);

    let typed = [("support", "true"), ("reason", "covers the night")];
    boss.send("change_roles", &typed).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.edit_conflict"));
    let stands = boss.page.text_of("stands");
    assert!(stands.contains(&named("finance")) && !stands.contains(&named("support")));
    let ticked = ["support", "finance"].map(|role| is_ticked(&boss.page, role));
    assert_eq!(ticked, [true, false]);
    assert_eq!(boss.value("reason"), "covers the night");
    assert_eq!(boss.value("version"), "1");

    // Sent once more, it is meant.
    boss.send("change_roles", &[]).await;
    assert_eq!(boss.page.text_of("form-error"), "");
    let given = rest.get(&path).await.with(200);
    assert_eq!(given["roles"], json!(["support"]));
}

#[apply(both_engines)]
async fn nobody_leaves_the_club_without_an_owner_or_changes_their_own_roles(club: Club) {
    let app = TestApp::serve(&club).await;
    let own = Member::promoted(&app, "boss").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&format!("/admin/staff?user={}", own.id)).await;
    let leaves = [("owner", ""), ("reason", "on holiday")];
    boss.send("change_roles", &leaves).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.last_owner"));
    assert!(!is_ticked(&boss.page, "owner"), "it stays unticked");
    Member::promoted(&app, "bea").await;
    boss.send("change_roles", &[]).await;
    let told = boss.page.text_of("form-error");
    assert_eq!(told, say("en", "error.own_account"));
    assert!(boss.page.text_of("stands").contains(&named("owner")));
}

#[apply(both_engines)]
async fn a_member_who_is_not_there_is_said_to_be_missing(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit("/admin/staff?user=999").await;
    let told = boss.page.text_of("field-error-user");
    assert_eq!(told, say("en", "desk.no_member"));
    for odd in ["nobody", "", "%00", "99999999999999999999"] {
        boss.visit(&format!("/admin/staff?user={odd}")).await;
        assert_eq!(boss.answer.status, 200, "{odd}");
        let shown = ["staff-row", "stands"].map(|id| boss.page.tests(id));
        assert_eq!(shown, [1, 0], "{odd}");
    }
}

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
