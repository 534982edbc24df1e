//! The desk's pages of members: who is listed, one of them whole, and what is done to them by forms alone.

use backend::db::Columns;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Club, apply, both_engines};
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::desk::{browser_of, has_link};
use crate::desk_sign_in::is_told_once;
use crate::html::{Html, Tag};
use crate::member::{Member, form};
use crate::page_calls::path_of;
use crate::plain::Plain;
use crate::words::say;

const LIST: &str = "/admin/members";
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

/// The page of a member.
fn path_to(member: &Member) -> String {
    format!("{LIST}/{}", member.id)
}

/// A page in English, as this member sees it.
async fn page(app: &TestApp, path: &str, who: &Member) -> Html {
    let answer = app.page(path, &who.cookies()).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    Html::read(&answer.text)
}

/// The members of a list, in its order.
fn listed(page: &Html) -> Vec<i64> {
    let rows = page.tags().filter(|(_, tag)| tag.is_of_test("member-row"));
    let users = rows.filter_map(|(_, tag)| tag.attribute("data-user"));
    users.map(|user| user.parse().unwrap()).collect()
}

/// The kinds of what happened, in their order.
fn kinds(page: &Html) -> Vec<&str> {
    let rows = page.tags().filter(|(_, tag)| tag.is_of_test("moment"));
    rows.filter_map(|(_, tag)| tag.attribute("data-kind"))
        .collect()
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
fn told(label: &str, word: &str) -> String {
    format!(
        "{}: {}",
        say("en", label),
        say("en", &format!("field.{word}"))
    )
}

/// What is said of the field that asks for this site id.
fn unsure(site_id: &str, word: &str) -> String {
    let label = say("en", "desk.sure").replace("{site_id}", site_id);
    format!("{label}: {}", say("en", &format!("field.{word}")))
}

fn balance(browser: &Plain) -> &str {
    let balance = browser.page.test("member-balance");
    balance.attribute("data-value").unwrap_or_default()
}

#[apply(both_engines)]
async fn members_are_listed_found_filtered_and_sorted_in_both_languages(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let (b, a, n) = (boss.id, ann.id, anna.id);
    for language in ["ko", "en"] {
        let cookies = format!("casino_language={language}; {}", boss.cookies());
        let cases = [
            ("", vec![n, a, b]),
            ("?search=ANN", vec![n, a]),
            ("?search=nn", vec![n, a]),
            ("?search=%25", vec![]),
            ("?role=owner", vec![b]),
            ("?role=games", vec![]),
            ("?rank=STANDARD&sort=oldest", vec![b, a, n]),
            ("?rank=VIP", vec![]),
            ("?standing=active&sort=nickname", vec![a, n, b]),
            ("?standing=banned", vec![]),
            ("?since=1971-01-01", vec![n, a, b]),
            ("?since=2999-01-01", vec![]),
            (
                "?rank=KING&standing=lost&role=god&since=soon&sort=odd&page=x",
                vec![n, a, b],
            ),
        ];
        for (query, expected) in cases {
            let answer = app.page(&format!("{LIST}{query}"), &cookies).await;
            assert_eq!(answer.status, 200, "{query}");
            let page = Html::read(&answer.text);
            assert_eq!(listed(&page), expected, "{query}");
            let none = page.text().contains(&say(language, "desk.members_none"));
            assert_eq!(none, expected.is_empty(), "{query}");
        }
        let page = Html::read(&app.page(LIST, &cookies).await.text);
        let range = say(language, "desk.range");
        let range = range
            .replace("{from}", "1")
            .replace("{to}", "3")
            .replace("{total}", "3");
        assert_eq!(page.text_of("range"), range);
        let row = page.text_of("member-row");
        let (rank, standing) = (say(language, "rank.standard"), say(language, "desk.active"));
        for part in ["anna", "1,000", rank.as_str(), standing.as_str()] {
            assert!(row.contains(part), "{part} in {row}");
        }
        assert!(has_link(&page, &path_to(&anna)));
    }
}

#[apply(both_engines)]
async fn the_list_is_searched_and_filtered_by_forms_and_keeps_what_was_asked(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let mut boss = browser_of(&app, "boss").await;
    // From any page of the desk.
    boss.visit("/admin/audit").await;
    boss.press("desk-find", &[("search", "ann")]).await;
    assert_eq!(boss.path, "/admin/members?search=ann");
    assert_eq!(listed(&boss.page), [anna.id, ann.id]);
    assert_eq!(boss.value("search"), "ann");
    boss.press("filter", &[("standing", "active"), ("since", "1971-01-01")])
        .await;
    assert_eq!(listed(&boss.page), [anna.id, ann.id]);
    let kept = ["search", "standing", "rank", "since"].map(|name| boss.value(name));
    assert_eq!(kept, ["ann", "active", "", "1971-01-01"]);
    let sorted = "/admin/members?search=ann&standing=active&since=1971%2D01%2D01&sort=oldest";
    assert!(
        has_link(&boss.page, sorted),
        "{:?}",
        boss.page.links_in("main")
    );
    boss.press("filter", &[("standing", "banned")]).await;
    assert!(listed(&boss.page).is_empty());
}

#[apply(both_engines)]
async fn whom_a_number_or_a_site_id_names_exactly_is_offered_first(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let anna = Member::join(&app, "anna").await;
    let (of_ann, of_anna) = (ann.id.to_string(), anna.id.to_string());
    let cases = [
        ("Ann", Some(&of_ann)),
        ("anna", Some(&of_anna)),
        (of_anna.as_str(), Some(&of_anna)),
        ("an", None),
    ];
    for (typed, expected) in cases {
        let page = page(&app, &format!("{LIST}?search={typed}"), &boss).await;
        let offered = page.tags().find(|(_, tag)| tag.is_of_test("exactly"));
        let offered = offered.and_then(|(_, tag)| tag.attribute("data-user"));
        assert_eq!(offered, expected.map(String::as_str), "{typed}");
    }
}

#[apply(both_engines)]
async fn the_list_is_leafed_through_by_numbers(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    for number in 0..51 {
        Member::join(&app, &format!("member_{number}")).await;
    }
    let start = "/admin/members?sort=oldest";
    let first = page(&app, start, &boss).await;
    assert_eq!(listed(&first).len(), 50);
    let next = format!("{start}&page=2");
    assert!(has_link(&first, &next), "{:?}", first.links_in("main"));
    let second = page(&app, &next, &boss).await;
    assert_eq!(listed(&second).len(), 2);
    assert!(has_link(&second, start), "{:?}", second.links_in("main"));
    let beyond = page(&app, &format!("{start}&page=1000000"), &boss).await;
    assert!(listed(&beyond).is_empty());
    assert!(has_link(&beyond, &next), "back to the last");
}

#[apply(both_engines)]
async fn what_no_list_can_be_of_shows_the_refusals_words(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let long = format!("search={}", "a".repeat(10_000));
    for odd in [
        "page=0",
        "page=-1",
        "page=1000000000",
        "search=a%00b",
        "search=a%0ab",
        &long,
    ] {
        let refused = app.page(&format!("{LIST}?{odd}"), &boss.cookies()).await;
        assert_eq!(refused.status, 422, "{odd}");
        let said = Html::read(&refused.text).text_of("trouble");
        assert!(said.contains(&say("en", "error.invalid")), "{odd}: {said}");
    }
}

#[apply(both_engines)]
async fn support_opens_members_and_a_games_member_is_refused(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    let gus = Member::promoted_as(&app, "gus", Role::Games).await;
    for path in [LIST.to_owned(), path_to(&ann)] {
        let opened = page(&app, &path, &sue).await;
        assert_eq!(opened.tests("desk-search"), 1, "{path}");
        for refused in [&gus, &ann] {
            let answer = app.page(&path, &refused.cookies()).await;
            assert_eq!(answer.status, 403, "{path}");
            let said = Html::read(&answer.text).text_of("trouble");
            assert!(said.contains(&say("en", "error.forbidden")), "{said}");
            assert!(!answer.text.contains("member-row"), "{path}");
        }
    }
    let desk = page(&app, "/admin", &gus).await;
    assert_eq!(desk.tests("desk-search"), 0);
    assert!(!has_link(&desk, LIST));
}

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

#[apply(both_engines)]
async fn a_ban_is_given_and_lifted_by_forms_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.active"));

    let typed = [("hours", "24"), ("reason", "no")];
    assert_eq!(boss.send("ban_member", &typed).await, 302);
    assert_eq!(boss.path, path);
    let why = boss.page.text_of("field-error-ban-reason");
    assert_eq!(why, told("desk.reason", "too_short"));
    assert_eq!(stands_in(&boss.page, "field-ban-reason"), "no");
    let is_chosen = |browser: &Plain, term: &str| {
        let term = browser.page.test(&format!("hours-{term}"));
        term.attribute("checked").is_some()
    };
    assert_eq!(
        ["1", "24"].map(|term| is_chosen(&boss, term)),
        [false, true]
    );

    // What was chosen is sent again.
    boss.send("ban_member", &[("reason", "rude at the table")])
        .await;
    assert_eq!(boss.path, path);
    let stands = boss.page.text_of("standing");
    assert!(
        stands.starts_with(&say("en", "desk.banned_until")),
        "{stands}"
    );
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert!(boss.page.text_of("ban-note").contains("rude at the table"));
    let newest = boss.page.text_of("moment");
    assert!(
        newest.contains("users/ban") && newest.contains("rude at the table"),
        "{newest}"
    );
    ann.get("/api/users/balance").await.refused(403, "banned");
    boss.visit("/admin/members?standing=banned").await;
    assert_eq!(listed(&boss.page), [ann.id]);

    boss.visit(&path).await;
    assert_eq!(
        boss.page.tests("ban"),
        0,
        "who is banned is not banned again"
    );
    boss.send("unban_member", &[("reason", "said sorry")]).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.active"));
    assert_eq!(boss.page.tests("ban-note"), 0);
    assert!(boss.page.text_of("moment").contains("said sorry"));
}

#[apply(both_engines)]
async fn a_ban_for_good_is_an_owners_and_names_the_member(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    Member::promoted_as(&app, "sue", Role::Support).await;
    let ann = Member::join(&app, "ann").await;
    let path = path_to(&ann);
    let mut sue = browser_of(&app, "sue").await;
    sue.visit(&path).await;
    let offered = ["hours-168", "hours-good"].map(|id| sue.page.tests(id));
    assert_eq!(offered, [1, 0]);
    let forged = [
        ("hours", "good"),
        ("site_id", "ann"),
        ("reason", "for ever"),
    ];
    sue.send("ban_member", &forged).await;
    assert_eq!(sue.page.text_of("standing"), say("en", "desk.active"));

    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path).await;
    let why = "cheats with three accounts";
    for (site_id, word) in [("", "required"), ("anna", "other")] {
        let typed = [("hours", "good"), ("reason", why), ("site_id", site_id)];
        boss.send("ban_member", &typed).await;
        let said = boss.page.text_of("field-error-ban-site_id");
        assert_eq!(said, unsure("ann", word));
        assert_eq!(stands_in(&boss.page, "field-ban-reason"), why);
        assert_eq!(stands_in(&boss.page, "field-ban-site_id"), site_id);
    }
    boss.send("ban_member", &[("site_id", "ann")]).await;
    assert_eq!(boss.page.text_of("standing"), say("en", "desk.banned"));
    // What only an owner gives, only an owner is shown to take back.
    sue.visit(&path).await;
    assert_eq!((sue.page.tests("ban"), sue.page.tests("unban")), (0, 0));
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("unban"), 1);
}

#[apply(both_engines)]
async fn tokens_are_given_once_for_the_key_of_the_page(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    let action = path_of("give_tokens");
    let typed = [("amount", "1,500"), ("reason", "a lost parcel")];
    let fields = {
        let mut forms = boss.page.tags();
        let is_it = |(_, tag): &(usize, &Tag)| tag.attribute("action") == Some(action);
        let (start, _) = forms.find(is_it).unwrap();
        boss.fields(start, None, &typed)
    };
    let key = fields.iter().find(|(name, _)| name == "key").unwrap();
    assert!(!key.1.is_empty(), "{fields:?}");
    for _ in 0..2 {
        let answer = Answer::to(boss.post(action, &fields)).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, path.as_str())
        );
    }
    assert_eq!(ann.stands_at().await, (2_500, 2));
    boss.visit(&path).await;
    assert_eq!(balance(&boss), "2500");
    assert!(boss.page.text_of("moment").contains("a lost parcel"));
    let gained = boss.page.text_of("moment-change");
    assert!(
        gained.contains("+1,500") && gained.contains("2,500"),
        "{gained}"
    );

    // The page has another key by now.
    boss.send(
        "give_tokens",
        &[("amount", "1500"), ("reason", "another parcel")],
    )
    .await;
    assert_eq!(
        (boss.path.as_str(), balance(&boss)),
        (path.as_str(), "4000")
    );
    assert_eq!(boss.page.text_of("told"), "2,500 → 4,000");
    boss.visit(&path).await;
    assert_eq!(boss.page.tests("told"), 0, "it is said once");
}

#[apply(both_engines)]
async fn taking_tokens_names_the_member_and_is_refused_at_its_field(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    boss.visit(&path_to(&ann)).await;
    let why = "sent twice by mistake";
    let cases = [
        ("ten", "ann", "amount", told("desk.amount", "format")),
        ("", "ann", "amount", told("desk.amount", "required")),
        ("0", "ann", "amount", told("desk.amount", "range")),
        ("10", "", "site_id", unsure("ann", "required")),
        ("10", "ben", "site_id", unsure("ann", "other")),
    ];
    for (amount, site_id, field, expected) in cases {
        let typed = [("amount", amount), ("reason", why), ("site_id", site_id)];
        boss.send("take_tokens", &typed).await;
        let said = boss.page.text_of(&format!("field-error-take-{field}"));
        assert_eq!(said, expected, "{amount} of {site_id}");
        let kept = ["amount", "reason", "site_id"].map(|name| format!("field-take-{name}"));
        let kept = kept.each_ref().map(|id| stands_in(&boss.page, id));
        assert_eq!(kept, [amount, why, site_id]);
        assert_eq!(
            stands_in(&boss.page, "field-give-amount"),
            "",
            "of the other form"
        );
        assert_eq!(balance(&boss), "1000");
    }
    let typed = [("amount", "1001"), ("reason", why), ("site_id", "ann")];
    boss.send("take_tokens", &typed).await;
    let said = boss.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.insufficient_tokens"));
    assert_eq!(stands_in(&boss.page, "field-take-amount"), "1001");
    assert_eq!(boss.page.tests("told"), 0);
    let typed = [("amount", "400"), ("reason", why), ("site_id", "ann")];
    boss.send("take_tokens", &typed).await;
    assert_eq!(balance(&boss), "600");
    assert_eq!(boss.page.text_of("told"), "1,000 → 600");
    assert!(boss.page.text_of("moment").contains(why));
    let most = [
        ("amount", "9007199254740991"),
        ("reason", "as much as there is"),
    ];
    boss.send("give_tokens", &most).await;
    let said = boss.page.text_of("field-error-give-amount");
    assert_eq!(said, told("desk.amount", "range"));
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
