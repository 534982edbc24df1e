//! The desk's pages, without scripts: what they show, and what their forms do.

mod acts;
mod approvals;
mod audit;
mod confirmation;
mod dashboard;
mod door;
mod endings;
mod factor;
mod frame;
mod granting;
mod list;
mod member;
mod purchases;
mod record;
mod roles;

use serde_json::{Value, json};
use testkit::club::PASSWORD;
use testkit::{Authenticator, Club};
use wire::Secret;
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::{Html, Tag};
use crate::member::Member;
use crate::plain::Plain;
use crate::words::say;

pub(crate) const LIST: &str = "/admin/members";
pub(crate) const DOOR: &str = "/admin/login";
pub(crate) const FACTOR: &str = "/admin/factor";
/// Pages of the desk that want a member of staff.
pub(crate) const OF_STAFF: [&str; 5] = [
    "/admin",
    "/admin/members",
    "/admin/members/1",
    "/admin/staff?user=1",
    "/admin/audit",
];
/// For how long a confirmation counts, in seconds.
pub(crate) const TEN_MINUTES: i64 = 10 * 60;

/// A browser without scripts that this member is signed in with.
pub(crate) async fn browser_of(app: &TestApp, name: &str) -> Plain {
    let mut browser = Plain::open(app).await;
    browser.visit("/login").await;
    let typed = [("site_id", name), ("password", PASSWORD)];
    browser.send("log_in", &typed).await;
    browser
}

/// A new owner of the club, who has a second factor: what makes its codes, and the recovery codes.
pub(crate) async fn guarded(club: &Club, name: &str) -> (Authenticator, Vec<Secret>) {
    club.member(name).await;
    let accounts = &club.backend.accounts;
    accounts.promote(name, Role::Owner).await.unwrap();
    let player = club.signs_in(name).await;
    club.has_factor(&player.member).await
}

/// A code that was not shown before.
pub(crate) fn fresh(club: &Club, authenticator: &Authenticator) -> String {
    club.clock.advance_secs(30);
    authenticator.code(club.backend.clock().now())
}

/// A browser without scripts in which somebody signs in at the door of the desk.
pub(crate) async fn enters(app: &TestApp, name: &str, code: &str) -> Plain {
    let mut browser = Plain::open(app).await;
    browser.visit(DOOR).await;
    let typed = [("site_id", name), ("password", PASSWORD), ("code", code)];
    browser.send("enter_desk", &typed).await;
    browser
}

/// The page of a member.
pub(crate) fn path_to(member: &Member) -> String {
    format!("{LIST}/{}", member.id)
}

/// A page in English, as this member sees it.
pub(crate) async fn page(app: &TestApp, path: &str, who: &Member) -> Html {
    let answer = app.page(path, &who.cookies()).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    Html::read(&answer.text)
}

pub(crate) fn has_link(page: &Html, path: &str) -> bool {
    page.links_in("body").contains(&path)
}

/// The kinds of what happened, in their order.
pub(crate) fn kinds(page: &Html) -> Vec<&str> {
    let rows = page.tags().filter(|(_, tag)| tag.is_of_test("moment"));
    rows.filter_map(|(_, tag)| tag.attribute("data-kind"))
        .collect()
}

/// The members of a list, in its order.
pub(crate) fn listed(page: &Html) -> Vec<i64> {
    let rows = page.tags().filter(|(_, tag)| tag.is_of_test("member-row"));
    let users = rows.filter_map(|(_, tag)| tag.attribute("data-user"));
    users.map(|user| user.parse().unwrap()).collect()
}

/// The element with this id.
#[track_caller]
fn by_id<'a>(page: &'a Html, id: &str) -> &'a Tag {
    let found = page.tags().find(|(_, tag)| tag.attribute("id") == Some(id));
    found
        .unwrap_or_else(|| panic!("no {id} on the page: {}", page.text()))
        .1
}

/// What stands in the field with this id.
#[track_caller]
pub(crate) fn stands_in<'a>(page: &'a Html, id: &str) -> &'a str {
    by_id(page, id).attribute("value").unwrap_or_default()
}

/// A message about a field: its name, and what is wrong.
pub(crate) fn told(label: &str, word: &str) -> String {
    format!(
        "{}: {}",
        say("en", label),
        say("en", &format!("field.{word}"))
    )
}

/// What is said of the field that asks for this site id.
pub(crate) fn unsure(site_id: &str, word: &str) -> String {
    let label = say("en", "desk.sure").replace("{site_id}", site_id);
    format!("{label}: {}", say("en", &format!("field.{word}")))
}

pub(crate) fn balance(browser: &Plain) -> &str {
    let balance = browser.page.test("member-balance");
    balance.attribute("data-value").unwrap_or_default()
}

/// That what an answer tells is told by its page alone.
#[track_caller]
pub(crate) fn is_told_once(answer: &Answer, told: &str) {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.cookie("casino_flash"), None);
    let head = format!("{:?}", answer.headers);
    assert!(!head.contains(told), "{head}");
    assert!(!answer.text.contains("otpauth"), "an address");
}

/// What gives these roles, by REST.
pub(crate) fn roles(roles: &[&str], version: i64) -> Value {
    json!({"roles": roles, "version": version, "reason": "a test"})
}

/// The English name of a role.
pub(crate) fn named(role: &str) -> String {
    say("en", &format!("desk.role_{role}"))
}

/// Whether the form of that name asks for password and code.
pub(crate) fn is_asked(browser: &Plain, form: &str) -> bool {
    browser.page.tests(&format!("confirm-{form}")) == 1
}
