//! The frame of the desk: who may open which of its pages, and what they are made of.

use testkit::{apply, both_engines};
use wire::staff::Role;

use super::{browser_of, has_link, named};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::words::say;

/// Every page of the desk with its title and its heading.
const PAGES: [(&str, &str, &str); 6] = [
    ("/admin", "title.desk", "desk.today"),
    ("/admin/members", "title.desk_members", "desk.members"),
    ("/admin/purchases", "title.desk_purchases", "desk.purchases"),
    ("/admin/approvals", "title.desk_approvals", "desk.approvals"),
    ("/admin/staff", "title.desk_staff", "desk.staff"),
    ("/admin/audit", "title.desk_audit", "desk.audit"),
];

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
    for path in ["/admin/approvals", "/admin/staff", "/admin/audit"] {
        assert!(!has_link(&page, path), "{path}");
        let refused = app.page(path, &sue.cookies()).await;
        assert_eq!(refused.status, 403, "{path}");
    }
}
