//! What waits for a second pair of eyes: listed, read line by line, and decided by forms alone.

use backend::Settings;
use serde_json::json;
use testkit::club::{PASSWORD, strict};
use testkit::{Club, apply, both_engines, within};
use wire::staff::Role;

use super::{
    browser_of, enters, fresh, guarded, has_link, page, path_to, stands_in, told as field_told,
};
use crate::app::TestApp;
use crate::html::{Html, Tag};
use crate::member::Member;
use crate::page_calls::path_of;
use crate::plain::Plain;
use crate::weighed::{BULK, asked, few, gives, waits};
use crate::words::say;

pub(super) const LIST: &str = "/admin/approvals";
const DECISIONS: [&str; 3] = ["approve", "refuse", "take-back"];

/// The page of one.
pub(super) fn path(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// Which decisions a page offers.
fn offered(page: &Html) -> [usize; 3] {
    DECISIONS.map(|verb| page.tests(verb))
}

fn state(browser: &Plain) -> &str {
    let state = browser.page.test("approval").attribute("data-state");
    state.unwrap_or_default()
}

#[apply(both_engines)]
async fn what_waits_is_listed_and_each_is_offered_what_belongs_to_them(engine: Engine) {
    within(engine, few, listed).await;
}

async fn listed(club: Club) {
    let app = TestApp::serve(&club).await;
    let (boss, finance, _, id) = asked(&app, 500).await;
    let auditor = Member::promoted_as(&app, "amy", Role::Auditor).await;
    let support = Member::promoted_as(&app, "sue", Role::Support).await;
    for (query, count) in [
        ("", 1),
        ("?state=all", 1),
        ("?state=done", 0),
        ("?state=x", 1),
    ] {
        let list = page(&app, &format!("{LIST}{query}"), &finance).await;
        assert_eq!(list.tests("approval-row"), count, "{query}");
        assert_eq!(has_link(&list, &path(id)), count == 1, "{query}");
    }
    let list = page(&app, LIST, &finance).await;
    let row = list.text_of("approval-row");
    for part in [
        "boss",
        "500",
        &say("en", "desk.give"),
        &say("en", "desk.approval_waiting"),
    ] {
        assert!(row.contains(part), "{part}: {row}");
    }
    for (who, expected) in [
        (&boss, [0, 0, 1]),
        (&finance, [1, 1, 0]),
        (&auditor, [0, 0, 0]),
    ] {
        let whole = page(&app, &path(id), who).await;
        assert_eq!(offered(&whole), expected);
        let head = whole.text_of("approval");
        assert!(head.contains("boss") && head.contains("a test"), "{head}");
        let line = whole.text_of("line");
        assert!(
            line.contains("ann") && line.contains("1,000 → 1,500"),
            "{line}"
        );
    }
    for missing in ["999", "0", "x"] {
        let missing = app
            .page(&format!("{LIST}/{missing}"), &finance.cookies())
            .await;
        assert_eq!(missing.status, 404);
    }
    for path in [LIST.to_owned(), path(id)] {
        let refused = app.page(&path, &support.cookies()).await;
        assert_eq!(refused.status, 403, "{path}");
    }
}

#[apply(both_engines)]
async fn somebody_else_grants_by_a_form_and_nobody_their_own(engine: Engine) {
    within(engine, few, granted).await;
}

async fn granted(club: Club) {
    let app = TestApp::serve(&club).await;
    let (boss, finance, ann, id) = asked(&app, 500).await;
    let form = json!({"approval_id": id, "reason": "a test"});
    for function in ["grant_approval", "refuse_approval"] {
        let own = boss.post(path_of(function), &form).await;
        assert_eq!(own.status, 403, "{function}: {own:?}");
        assert!(own.text.contains("own_account"), "{own:?}");
    }
    assert_eq!(ann.stands_at().await.0, 1_000);
    let mut browser = browser_of(&app, "fin").await;
    browser.visit(&path(id)).await;
    assert_eq!(browser.send("grant_approval", &[]).await, 302);
    assert_eq!(browser.path, path(id));
    assert_eq!(browser.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!((state(&browser), offered(&browser.page)), ("done", [0; 3]));
    assert!(
        has_link(&browser.page, &path_to(&finance)),
        "who granted it"
    );
    assert_eq!(ann.stands_at().await.0, 1_500);
    browser.visit(LIST).await;
    assert_eq!(browser.page.tests("approval-row"), 0);
    browser.visit(&format!("{LIST}?state=done")).await;
    assert_eq!(browser.page.tests("approval-row"), 1);
}

#[apply(both_engines)]
async fn it_is_refused_with_a_reason_and_taken_back_by_forms_alone(engine: Engine) {
    within(engine, few, refused).await;
}

async fn refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let (boss, _, ann, first) = asked(&app, 500).await;
    let mut finance = browser_of(&app, "fin").await;
    finance.visit(&path(first)).await;
    finance.send("refuse_approval", &[("reason", "no")]).await;
    assert_eq!(finance.path, path(first));
    let said = finance.page.text_of("field-error-refuse-reason");
    assert_eq!(said, field_told("desk.reason", "too_short"));
    assert_eq!(stands_in(&finance.page, "field-refuse-reason"), "no");
    let typed = [("reason", "the wrong member")];
    finance.send("refuse_approval", &typed).await;
    assert_eq!(state(&finance), "refused");
    assert!(finance.page.text_of("why-not").contains("the wrong member"));

    let second = waits(&boss, &ann, 400).await;
    finance.visit(&path(second)).await;
    let mut owner = browser_of(&app, "boss").await;
    owner.visit(&path(second)).await;
    owner.send("cancel_approval", &[]).await;
    assert_eq!((state(&owner), offered(&owner.page)), ("cancelled", [0; 3]));
    assert_eq!(owner.page.text_of("told"), say("en", "desk.act_done"));
    // Whoever still has it open is told so.
    finance.send("grant_approval", &[]).await;
    let said = finance.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.approval_decided"));
    assert_eq!(ann.stands_at().await.0, 1_000);
}

#[apply(both_engines)]
async fn every_line_of_many_is_read_in_pages_before_it_is_granted(engine: Engine) {
    within(engine, few, many).await;
}

async fn many(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    Member::promoted_as(&app, "fin", Role::Finance).await;
    let mut members = Vec::new();
    for number in 0..60 {
        members.push(Member::join(&app, &format!("member{number}")).await);
    }
    let items = members.iter().map(|member| gives(member.id, 5));
    let items = json!({"items": items.collect::<Vec<_>>()});
    let asked = boss.post(BULK, &items).await.with(202);
    let id = asked["approval_id"].as_i64().unwrap();
    let mut finance = browser_of(&app, "fin").await;
    let mut read = Vec::new();
    for (query, count) in [("", 50), ("?page=2", 10), ("?page=3", 0)] {
        finance.visit(&format!("{}{query}", path(id))).await;
        let lines = finance.page.tags();
        let lines = lines.filter(|(_, tag)| tag.is_of_test("line"));
        let user = |(_, tag): (usize, &Tag)| tag.attribute("data-user").unwrap().to_owned();
        let users: Vec<String> = lines.map(user).collect();
        assert_eq!(users.len(), count, "{query}");
        read.extend(users);
    }
    let mut all: Vec<String> = members.iter().map(|it| it.id.to_string()).collect();
    all.sort();
    read.sort();
    assert_eq!(read, all);
    finance.send("grant_approval", &[]).await;
    assert_eq!(state(&finance), "done");
    assert_eq!(members[59].stands_at().await.0, 1_005);
}

#[apply(both_engines)]
async fn a_form_that_has_to_wait_leads_to_what_waits_and_waits_once(engine: Engine) {
    within(engine, few, leads).await;
}

async fn leads(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path_to(&ann)).await;
    let mut led = Vec::new();
    for typed in [&[("amount", "500"), ("reason", "a lost parcel")][..], &[]] {
        boss.send("give_tokens", typed).await;
        assert_eq!(boss.path, path_to(&ann));
        let said = boss.page.texts_of("form-error").concat();
        assert_eq!(said, say("en", "error.approval_waits"));
        led.push(
            boss.page
                .test("waits")
                .attribute("href")
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(led[0], led[1]);
    boss.visit(&led[0]).await;
    assert_eq!((state(&boss), offered(&boss.page)), ("waiting", [0, 0, 1]));
    boss.visit(LIST).await;
    assert_eq!(boss.page.tests("approval-row"), 1);
}

#[apply(both_engines)]
async fn what_would_do_something_else_by_now_says_so_and_why_it_failed(engine: Engine) {
    within(engine, few, changed).await;
}

async fn changed(club: Club) {
    let app = TestApp::serve(&club).await;
    let (boss, _, ann, given) = asked(&app, 500).await;
    let deduct = format!("/api/admin/users/{}/tokens/deduct", ann.id);
    let some = json!({"amount": 900, "reason": "a test"});
    let asked = boss.post(&deduct, &some).await.with(202);
    let taken = asked["approval_id"].as_i64().unwrap();
    let felt = json!({"product_id": "felt_midnight"});
    ann.post("/api/shop/buy", &felt).await.with(200);
    let mut finance = browser_of(&app, "fin").await;
    finance.visit(&path(given)).await;
    assert_eq!(
        finance.page.tests("changed"),
        0,
        "giving hangs on no balance"
    );
    finance.visit(&path(taken)).await;
    assert_eq!(finance.page.tests("changed"), 1);
    finance.send("grant_approval", &[]).await;
    let said = finance.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "desk.approval_stale"));
    assert_eq!(
        (state(&finance), offered(&finance.page)),
        ("failed", [0; 3])
    );
    assert!(!finance.page.text_of("why-not").is_empty());
}

fn strict_and_few(settings: &mut Settings) {
    strict(settings);
    few(settings);
}

#[apply(both_engines)]
async fn granting_asks_who_it_is_and_refusing_does_not(engine: Engine) {
    within(engine, strict_and_few, confirmed).await;
}

async fn confirmed(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (of_boss, _) = guarded(&club, "boss").await;
    let (of_bea, _) = guarded(&club, "bea").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &of_boss)).await;
    boss.visit(&path_to(&ann)).await;
    let typed = [("amount", "500"), ("reason", "a lost parcel")];
    boss.send("give_tokens", &typed).await;
    let waits = boss.page.test("waits").attribute("href").unwrap();
    let mut bea = enters(&app, "bea", &fresh(&club, &of_bea)).await;
    club.clock.advance_secs(10 * 60);
    bea.visit(waits).await;
    let asks = ["confirm-approve", "confirm-refuse"].map(|id| bea.page.tests(id));
    assert_eq!(asks, [1, 0]);
    bea.send("grant_approval", &[]).await;
    let said = bea.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.confirmation_required"));
    let code = fresh(&club, &of_bea);
    let typed = [("password", PASSWORD), ("code", code.as_str())];
    bea.send("grant_approval", &typed).await;
    assert_eq!(state(&bea), "done");
}
