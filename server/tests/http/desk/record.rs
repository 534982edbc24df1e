//! What the audit log keeps of the desk's forms: what was shown, what was refused, who strayed.

use backend::db::Columns;
use reqwest::Method;
use serde_json::json;
use testkit::{Club, apply, both_engines};
use wire::staff::Role;

use super::{LIST, browser_of, is_told_once, path_to};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::{Member, form};
use crate::page_calls::path_of;

const FORM: &str = "application/x-www-form-urlencoded";

const HTML: &str = "text/html";

/// How many rows the audit log has.
async fn all(club: &Club) -> i64 {
    rows(club, "%").await
}

/// How many of them are of this action.
async fn kept(club: &Club, action: &str) -> i64 {
    rows(club, action).await
}

async fn rows(club: &Club, action: &str) -> i64 {
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query("SELECT COUNT(*) AS n FROM audit_log WHERE action LIKE $1");
    let row = rows.bind(action.to_owned()).fetch_one(&mut *conn).await;
    row.unwrap().int("n").unwrap()
}

#[apply(both_engines)]
async fn a_phone_number_is_shown_whole_once_and_that_is_kept(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    assert!(boss.page.text_of("phone").contains('*'));
    assert_eq!(boss.press("show-phone", &[]).await, 200);
    assert_eq!(boss.path, path);
    let whole = form("ann")["phone_number"].clone();
    let whole = whole.as_str().unwrap();
    assert_eq!(boss.page.text_of("phone"), whole);
    is_told_once(&boss.answer, whole);
    assert!(boss.page.text_of("moment").contains("users/phone"));
    boss.visit(&path).await;
    assert!(boss.page.text_of("phone").contains('*'), "it is shown once");
}

#[apply(both_engines)]
async fn what_else_is_posted_to_the_page_of_a_member_shows_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let amy = Member::promoted_as(&app, "amy", Role::Auditor).await;
    let ann = Member::join(&app, "ann").await;
    let path = path_to(&ann);
    let posts = |who: &Member, body: &'static str| {
        let request = who.request(Method::POST, &path).header("accept", HTML);
        Answer::to(request.header("content-type", FORM).body(body))
    };
    let whole = form("ann")["phone_number"].clone();
    let whole = whole.as_str().unwrap();
    for (who, body) in [
        (&boss, ""),
        (&boss, "show=all"),
        (&boss, "show=phone&show=phone"),
        (&amy, "show=phone"),
    ] {
        let answer = posts(who, body).await;
        let led = (answer.status, answer.header("location"));
        assert_eq!(led, (302, path.as_str()), "{body}");
        assert!(!answer.text.contains(whole), "{body}");
    }
    let ann = posts(&ann, "show=phone").await;
    assert_eq!((ann.status, ann.text.contains(whole)), (403, false));
    let kept = (
        kept(&club, "unreadable").await,
        kept(&club, "users/phone").await,
    );
    assert_eq!(kept, (3, 1));
}

#[apply(both_engines)]
async fn what_the_forms_of_the_desk_are_refused_is_kept_once(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let why = ("reason", "a reason of its own");
    let take = |amount, site_id| [("amount", amount), ("site_id", site_id), why];
    let ban = |hours, site_id| [("hours", hours), ("site_id", site_id), why];
    // By the form, before any service is asked.
    for (form, typed) in [
        ("ban_member", ban("good", "anna")),
        ("ban_member", ban("2", "")),
        ("take_tokens", take("10", "ben")),
        ("take_tokens", take("ten", "ann")),
        ("give_tokens", take("", "")),
        (
            "give_tokens",
            [("amount", "10"), ("key", "no key of ours"), why],
        ),
    ] {
        let before = (all(&club).await, kept(&club, "unreadable").await);
        boss.visit(&path_to(&ann)).await;
        boss.send(form, &typed).await;
        let after = (all(&club).await, kept(&club, "unreadable").await);
        assert_eq!(after, (before.0 + 1, before.1 + 1), "{form} {typed:?}");
    }
    // By the service, which keeps it as what it was to be.
    for (form, action, typed) in [
        ("ban_member", "users/ban", ("reason", "no")),
        ("take_tokens", "users/tokens/deduct", ("amount", "1001")),
        ("give_tokens", "users/tokens/add", ("amount", "0")),
    ] {
        let before = (all(&club).await, kept(&club, action).await);
        boss.visit(&path_to(&ann)).await;
        let filled = [("hours", "1"), ("site_id", "ann"), ("amount", "1"), why];
        let filled = filled.into_iter().filter(|it| it.0 != typed.0);
        let filled: Vec<_> = filled.chain([typed]).collect();
        boss.send(form, &filled).await;
        let after = (all(&club).await, kept(&club, action).await);
        assert_eq!(after, (before.0 + 1, before.1 + 1), "{form} {typed:?}");
    }
    assert_eq!(ann.stands_at().await.0, 1_000);
}

#[apply(both_engines)]
async fn a_form_of_the_desk_that_cannot_be_read_is_kept_and_said_to_be(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let boss = &mut browser_of(&app, "boss").await;
    boss.visit(&path_to(&ann)).await;
    for (count, function) in (1..).zip(["ban_member", "take_tokens", "change_roles"]) {
        let fields = [("user_id".to_owned(), "nobody".to_owned())];
        let answer = Answer::to(boss.post(path_of(function), &fields)).await;
        let led = (answer.status, answer.header("location"));
        assert_eq!(led, (302, "/admin"), "{function}");
        let flash = answer.cookie("casino_flash").unwrap();
        assert!(!flash.is_empty(), "{function}");
        assert_eq!(kept(&club, "unreadable").await, count, "{function}");
    }
    assert_eq!(boss.send("ban_member", &[("user_id", "nobody")]).await, 302);
    assert_eq!(boss.path, "/admin");
    assert!(!boss.page.text_of("unread").is_empty());
    boss.visit("/admin").await;
    assert_eq!(boss.page.tests("unread"), 0, "it is said once");
    // Of a member who does not run the club there is no row.
    let fields = json!({"user_id": "nobody"});
    let refused = ann.post(path_of("ban_member"), &fields).await;
    assert!((400..500).contains(&refused.status), "{refused:?}");
    assert_eq!(kept(&club, "unreadable").await, 4);
}

#[apply(both_engines)]
async fn strangers_are_counted_by_the_route_and_not_by_what_they_wrote_into_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for odd in ["1", "2", "%3Cscript%3E", "a@b.example"] {
        let path = format!("{LIST}/{odd}");
        assert_eq!(app.page(&path, &ann.cookies()).await.status, 403, "{odd}");
    }
    let asked = json!({"user_id": ann.id, "reason": "for fun"});
    let function = path_of("unban_member");
    assert_eq!(ann.post(function, &asked).await.status, 403);
    let mut conn = club.backend.db().read().await.unwrap();
    let rows = sqlx::query("SELECT DISTINCT path FROM audit_strangers ORDER BY path");
    let rows = rows.fetch_all(&mut *conn).await.unwrap();
    let paths: Vec<String> = rows.iter().map(|row| row.text("path").unwrap()).collect();
    assert_eq!(paths, ["/admin/members/{id}", function]);
}
