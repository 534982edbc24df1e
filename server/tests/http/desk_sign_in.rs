//! The door of the desk, one's own second factor, and confirmations: by forms alone.

use reqwest::Method;
use testkit::club::{PASSWORD, strict};
use testkit::{Authenticator, Club, apply, both_engines, within};
use wire::Secret;
use wire::staff::Role;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::desk::{browser_of, has_link};
use crate::desk_pages::stands_in;
use crate::member::Member;
use crate::plain::Plain;
use crate::words::say;

const DOOR: &str = "/admin/login";
const FACTOR: &str = "/admin/factor";
/// Pages of the desk that want a member of staff.
const PAGES: [&str; 5] = [
    "/admin",
    "/admin/members",
    "/admin/members/1",
    "/admin/staff?user=1",
    "/admin/audit",
];
/// What is in a QR code and in no other drawing.
const DRAWN: &str = "shape-rendering=\"crispEdges\"";
const TEN_MINUTES: i64 = 10 * 60;

/// A new owner of the club, who has a second factor: what makes its codes, and the recovery codes.
async fn guarded(club: &Club, name: &str) -> (Authenticator, Vec<Secret>) {
    club.member(name).await;
    let accounts = &club.backend.accounts;
    accounts.promote(name, Role::Owner).await.unwrap();
    let player = club.signs_in(name).await;
    club.has_factor(&player.member).await
}

/// A code that was not shown before.
fn fresh(club: &Club, authenticator: &Authenticator) -> String {
    club.clock.advance_secs(30);
    authenticator.code(club.backend.clock().now())
}

/// A browser without scripts in which somebody signs in at the door of the desk.
async fn enters(app: &TestApp, name: &str, code: &str) -> Plain {
    let mut browser = Plain::open(app).await;
    browser.visit(DOOR).await;
    let typed = [("site_id", name), ("password", PASSWORD), ("code", code)];
    browser.send("enter_desk", &typed).await;
    browser
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

/// Whether the form of that name asks for password and code.
fn is_asked(browser: &Plain, form: &str) -> bool {
    browser.page.tests(&format!("confirm-{form}")) == 1
}

fn path_to(member: &Member) -> String {
    format!("/admin/members/{}", member.id)
}

#[apply(both_engines)]
async fn whoever_signs_in_comes_to_what_they_wanted_of_the_desk_and_nowhere_else(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let wanted = "/admin/audit?actor=5";
    let mut boss = Plain::open(&app).await;
    boss.visit(wanted).await;
    assert_eq!(boss.path, "/admin/login?next=/admin/audit%3Factor%3D5");
    assert_eq!(boss.page.text_in("title"), say("en", "title.desk_sign_in"));
    assert_eq!(boss.page.text_in("h1"), say("en", "desk.sign_in"));
    assert_eq!(boss.page.tests("door-why"), 0);
    let typed = [("site_id", "boss"), ("password", PASSWORD)];
    assert_eq!(boss.send("enter_desk", &typed).await, 302);
    assert_eq!(boss.path, wanted);
    assert!(boss.page.text_of("desk-who").contains("boss"));
    for other in ["/profile", "//evil.example/admin", "https://evil.example"] {
        boss.visit(&format!("{DOOR}?next={other}")).await;
        let typed = [typed[0], typed[1], ("next", other)];
        boss.send("enter_desk", &typed).await;
        assert_eq!(boss.path, "/admin", "{other}");
    }
}

#[apply(both_engines)]
async fn the_door_asks_for_a_code_at_its_field_and_keeps_the_site_id_alone(club: Club) {
    let app = TestApp::serve(&club).await;
    let (authenticator, codes) = guarded(&club, "boss").await;
    let mut boss = Plain::open(&app).await;
    boss.visit("/admin/login?next=/admin/audit").await;
    for (code, refusal) in [("", "code_required"), ("12345", "wrong_code")] {
        let typed = [("site_id", "boss"), ("password", PASSWORD), ("code", code)];
        boss.send("enter_desk", &typed).await;
        assert_eq!(boss.path, "/admin/login?next=/admin/audit");
        let said = boss.page.text_of("field-error-enter-code");
        assert_eq!(said, say("en", &format!("error.{refusal}")));
        assert_eq!(boss.page.text_of("form-error"), "");
        let stands = ["site_id", "password", "code"].map(|name| boss.value(name));
        assert_eq!(stands, ["boss", "", ""]);
    }
    let code = fresh(&club, &authenticator);
    boss.send("enter_desk", &[("password", "not it"), ("code", &code)])
        .await;
    let said = boss.page.text_of("form-error");
    assert_eq!(said, say("en", "error.bad_credentials"));
    boss.send("enter_desk", &[("password", PASSWORD), ("code", &code)])
        .await;
    assert_eq!(boss.path, "/admin/audit");
    let again = enters(&app, "boss", &code).await;
    let said = again.page.text_of("field-error-enter-code");
    assert_eq!(said, say("en", "error.wrong_code"), "it counts once");
    let other = enters(&app, "boss", codes[0].text()).await;
    assert_eq!(other.path, "/admin");
}

#[apply(both_engines)]
async fn a_member_who_does_not_run_the_club_is_let_in_nowhere(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let browser = enters(&app, "ann", "").await;
    let said = browser.page.text_of("form-error");
    assert_eq!(said, say("en", "error.forbidden"));
    let refused = app.page(FACTOR, &ann.cookies()).await;
    assert_eq!(refused.status, 403);
    let visitor = app.page(FACTOR, "").await;
    assert_eq!(
        visitor.header("location"),
        "/admin/login?next=/admin/factor"
    );
}

#[apply(both_engines)]
async fn what_is_posted_to_the_page_of_a_second_factor_comes_from_it(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let posts = |cookies: &str, origin: &str, form: &str| {
        let request = app
            .request(Method::POST, FACTOR)
            .header("accept", "text/html")
            .header("cookie", cookies)
            .header("origin", origin)
            .header("content-type", "application/x-www-form-urlencoded");
        Answer::to(request.body(form.to_owned()))
    };
    let begin = format!("step=begin&password={}", PASSWORD.replace(' ', "+"));
    let cookies = boss.cookies();
    let foreign = posts(&cookies, "https://evil.example", &begin).await;
    assert_eq!(foreign.status, 403, "{foreign:?}");
    let visitor = posts("x=1", &app.base, &begin).await;
    assert_eq!(
        visitor.header("location"),
        "/admin/login?next=/admin/factor"
    );
    for odd in ["step=other", "", "step=begin&step=begin", "x=%ff"] {
        let answer = posts(&cookies, &app.base, odd).await;
        let led = (answer.status, answer.header("location"));
        assert_eq!(led, (302, FACTOR), "{odd}");
    }
    let begun = posts(&cookies, &app.base, &begin).await;
    assert_eq!(begun.status, 200, "{begun:?}");
}

#[apply(both_engines)]
async fn a_sign_in_of_members_is_none_of_staffs_and_the_door_says_so(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        let (authenticator, _) = guarded(&club, "boss").await;
        let mut boss = browser_of(&app, "boss").await;
        for path in [PAGES[1], FACTOR] {
            boss.visit(path).await;
            let door = format!("{DOOR}?next={path}&needed=true");
            assert_eq!(boss.path, door);
            let why = boss.page.text_of("door-why");
            assert_eq!(why, say("en", "desk.sign_in_needed"));
        }
        let code = fresh(&club, &authenticator);
        let typed = [("site_id", "boss"), ("password", PASSWORD), ("code", &code)];
        boss.send("enter_desk", &typed).await;
        assert_eq!((boss.path.as_str(), boss.answer.status), (FACTOR, 200));
    })
    .await;
}

#[apply(both_engines)]
async fn an_owner_without_a_second_factor_is_led_to_set_one_up(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        Member::promoted(&app, "boss").await;
        let mut boss = enters(&app, "boss", "").await;
        for path in PAGES {
            boss.visit(path).await;
            assert_eq!(boss.path, format!("{FACTOR}?needed=true"), "{path}");
            let why = boss.page.text_of("factor-why");
            assert_eq!(why, say("en", "desk.factor_needed"));
            assert_eq!(boss.page.tests("begin-now"), 1);
        }
    })
    .await;
}

#[apply(both_engines)]
async fn a_second_factor_is_set_up_by_forms_alone_and_what_is_told_is_told_once(engine: Engine) {
    within(engine, strict, sets_up).await;
}

async fn sets_up(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let mut boss = enters(&app, "boss", "").await;
    assert_eq!(
        boss.press("begin-now", &[("password", "not it")]).await,
        302
    );
    assert_eq!(boss.path, FACTOR);
    let said = boss.page.text_of("field-error-begin-password");
    assert_eq!(said, say("en", "error.wrong_password"));

    assert_eq!(
        boss.press("begin-now", &[("password", PASSWORD)]).await,
        200
    );
    let shown = boss.page.text_of("factor-key");
    assert!(shown.split(' ').all(|group| group.len() == 4), "{shown}");
    let key = shown.replace(' ', "");
    assert!(boss.answer.text.contains(DRAWN), "{:?}", boss.answer);
    is_told_once(&boss.answer, &key);

    boss.visit(FACTOR).await;
    assert_eq!(boss.page.tests("factor-key"), 0);
    assert!(!boss.answer.text.contains(DRAWN));
    assert_eq!(boss.page.tests("begin-now"), 1, "it can be begun again");
    boss.press("confirm-now", &[("code", "12345")]).await;
    let said = boss.page.text_of("field-error-confirm-code");
    assert_eq!(said, say("en", "error.wrong_code"));

    let code = fresh(&club, &Authenticator::of(&key));
    assert_eq!(boss.press("confirm-now", &[("code", &code)]).await, 200);
    let codes = boss.page.texts_of("recovery-code");
    assert_eq!(codes.len(), 10, "{codes:?}");
    for told in &codes {
        is_told_once(&boss.answer, told);
    }
    assert!(boss.page.text().contains(&say("en", "desk.codes_text")));
    assert!(has_link(&boss.page, "/admin"));

    let again = [("step", "confirm"), ("code", code.as_str())];
    let again = again.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = Answer::to(boss.post(FACTOR, &again)).await;
    let led = (answer.status, answer.header("location"));
    assert_eq!(led, (302, FACTOR), "nothing is told twice");
    boss.visit(FACTOR).await;
    assert_eq!(boss.page.text_of("codes-left"), "10");
    for gone in ["recovery-code", "begin-now", "confirm-now", "factor-off"] {
        assert_eq!(boss.page.tests(gone), 0, "{gone}");
    }
    for path in PAGES {
        boss.visit(path).await;
        assert_eq!((boss.path.as_str(), boss.answer.status), (path, 200));
    }

    let mut other = enters(&app, "boss", &codes[0]).await;
    assert_eq!(other.path, "/admin");
    assert!(has_link(&other.page, FACTOR), "who looks leads there");
    other.visit(FACTOR).await;
    assert_eq!(other.page.text_of("codes-left"), "9");
}

#[apply(both_engines)]
async fn a_second_factor_is_given_up_where_the_club_is_not_strict(club: Club) {
    let app = TestApp::serve(&club).await;
    let (authenticator, codes) = guarded(&club, "boss").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    boss.visit(FACTOR).await;
    let code = codes[0].text();
    for (password, shown, field, refusal) in [
        ("not it", code, "password", "wrong_password"),
        (PASSWORD, "12345", "code", "wrong_code"),
        (PASSWORD, "", "code", "code_required"),
    ] {
        let typed = [("password", password), ("code", shown)];
        boss.send("disable_factor", &typed).await;
        assert_eq!(boss.path, FACTOR);
        let said = boss
            .page
            .text_of(&format!("field-error-factor-off-{field}"));
        assert_eq!(said, say("en", &format!("error.{refusal}")));
    }
    boss.send("disable_factor", &[("password", PASSWORD), ("code", code)])
        .await;
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!(boss.page.tests("begin-now"), 1);
}

#[apply(both_engines)]
async fn a_ban_asks_who_it_is_and_one_press_does_both(engine: Engine) {
    within(engine, strict, bans).await;
}

async fn bans(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (authenticator, _) = guarded(&club, "boss").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    let (path, active) = (path_to(&ann), say("en", "desk.active"));
    boss.visit(&path).await;
    assert!(!is_asked(&boss, "ban"), "the sign-in was a confirmation");
    club.clock.advance_secs(TEN_MINUTES);
    boss.visit(&path).await;
    assert!(["ban", "give", "take"].iter().all(|it| is_asked(&boss, it)));
    assert_eq!(boss.press("show-phone", &[]).await, 200);
    let phone = boss.page.text_of("phone");
    assert!(!phone.contains('*'), "to look asks for nothing: {phone}");

    let typed = [("hours", "24"), ("reason", "rude at the table")];
    boss.send("ban_member", &typed).await;
    let said = boss.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.confirmation_required"));
    for (password, code, field, refusal) in [
        ("not it", "123456", "password", "wrong_password"),
        (PASSWORD, "12345", "code", "wrong_code"),
        (PASSWORD, "", "code", "code_required"),
    ] {
        let typed = [typed[0], typed[1], ("password", password), ("code", code)];
        assert_eq!(boss.send("ban_member", &typed).await, 302);
        assert_eq!(boss.path, path);
        let said = boss.page.text_of(&format!("field-error-ban-{field}"));
        assert_eq!(said, say("en", &format!("error.{refusal}")));
        let stands = ["reason", "password", "code"].map(|name| format!("field-ban-{name}"));
        let stands = stands.each_ref().map(|id| stands_in(&boss.page, id));
        assert_eq!(stands, ["rude at the table", "", ""]);
        assert_eq!(boss.page.text_of("standing"), active);
    }
    let code = fresh(&club, &authenticator);
    boss.send("ban_member", &[("password", PASSWORD), ("code", &code)])
        .await;
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_ne!(boss.page.text_of("standing"), active);
    assert!(boss.page.text_of("ban-note").contains("rude at the table"));

    assert!(!is_asked(&boss, "unban"), "it was just shown");
    boss.send("unban_member", &[("reason", "said sorry")]).await;
    assert_eq!(boss.page.text_of("standing"), active);
    club.clock.advance_secs(TEN_MINUTES);
    boss.visit(&path).await;
    assert!(is_asked(&boss, "ban"), "ten minutes later it is again");
}

#[apply(both_engines)]
async fn roles_and_tokens_ask_who_it_is(engine: Engine) {
    within(engine, strict, moves_much).await;
}

async fn moves_much(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (authenticator, _) = guarded(&club, "boss").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    club.clock.advance_secs(TEN_MINUTES);
    boss.visit(&format!("/admin/staff?user={}", ann.id)).await;
    assert!(is_asked(&boss, "roles"));
    let typed = [("games", "true"), ("reason", "covers the night")];
    let wrong = [typed[0], typed[1], ("password", PASSWORD), ("code", "1")];
    boss.send("change_roles", &wrong).await;
    let said = boss.page.text_of("field-error-roles-code");
    assert_eq!(said, say("en", "error.wrong_code"));
    assert_eq!(boss.value("reason"), "covers the night");
    let games = boss.page.test("role-games");
    assert!(games.attribute("checked").is_some(), "it stays ticked");
    let no_role = say("en", "desk.no_role");
    assert!(boss.page.text_of("stands").contains(&no_role));
    let code = fresh(&club, &authenticator);
    boss.send("change_roles", &[("password", PASSWORD), ("code", &code)])
        .await;
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert!(!boss.page.text_of("stands").contains(&no_role));

    for (form, told) in [("give", "1,000 → 1,500"), ("take", "1,500 → 1,000")] {
        club.clock.advance_secs(TEN_MINUTES);
        boss.visit(&path_to(&ann)).await;
        assert!(is_asked(&boss, form));
        let code = fresh(&club, &authenticator);
        let typed = [
            ("amount", "500"),
            ("reason", "a lost parcel"),
            ("site_id", "ann"),
            ("password", PASSWORD),
            ("code", &code),
        ];
        boss.send(&format!("{form}_tokens"), &typed).await;
        assert_eq!(boss.page.text_of("told"), told);
    }
}

#[apply(both_engines)]
async fn what_runs_out_between_showing_and_sending_is_asked_for_with_what_was_typed(
    engine: Engine,
) {
    within(engine, strict, runs_out).await;
}

async fn runs_out(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let (authenticator, _) = guarded(&club, "boss").await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    let path = path_to(&ann);
    boss.visit(&path).await;
    assert!(!is_asked(&boss, "give"));
    club.clock.advance_secs(TEN_MINUTES);
    let typed = [("amount", "500"), ("reason", "a lost parcel")];
    boss.send("give_tokens", &typed).await;
    assert_eq!(boss.path, path);
    let said = boss.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.confirmation_required"));
    let stands = ["field-give-amount", "field-give-reason"];
    let stands = stands.map(|id| stands_in(&boss.page, id));
    assert_eq!(stands, ["500", "a lost parcel"]);
    assert!(is_asked(&boss, "give"));
    let code = fresh(&club, &authenticator);
    boss.send("give_tokens", &[("password", PASSWORD), ("code", &code)])
        .await;
    assert_eq!(boss.page.text_of("told"), "1,000 → 1,500");

    // So does the sign-in, unused.
    club.clock.advance_secs(30 * 60);
    boss.send("give_tokens", &typed).await;
    let door = format!("{DOOR}?next={path}&needed=true");
    assert_eq!(boss.path, door);
    let code = fresh(&club, &authenticator);
    let typed = [("site_id", "boss"), ("password", PASSWORD), ("code", &code)];
    boss.send("enter_desk", &typed).await;
    assert_eq!(boss.path, path);
    let holds = boss.page.test("member-balance");
    assert_eq!(holds.attribute("data-value"), Some("1500"));
    let stands = ["field-give-amount", "field-give-reason"];
    let stands = stands.map(|id| stands_in(&boss.page, id));
    assert_eq!(stands, ["500", "a lost parcel"], "nothing was lost");
    let said = boss.page.texts_of("form-error").concat();
    assert_eq!(said, say("en", "error.staff_session_required"));
    boss.send("give_tokens", &[]).await;
    assert_eq!(boss.page.text_of("told"), "1,500 → 2,000");
}

#[apply(both_engines)]
async fn nothing_is_asked_for_where_the_club_is_not_strict(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let mut boss = browser_of(&app, "boss").await;
    club.clock.advance_secs(TEN_MINUTES);
    boss.visit(&path_to(&ann)).await;
    for form in ["ban", "give", "take"] {
        assert!(!is_asked(&boss, form), "{form}");
    }
    let typed = [("amount", "500"), ("reason", "a lost parcel")];
    boss.send("give_tokens", &typed).await;
    assert_eq!(boss.page.text_of("told"), "1,000 → 1,500");
    boss.visit(&format!("/admin/staff?user={}", ann.id)).await;
    assert!(!is_asked(&boss, "roles"));
}

#[apply(both_engines)]
async fn an_owner_sees_who_has_a_second_factor_and_resets_that_of_others(engine: Engine) {
    within(engine, strict, resets).await;
}

async fn resets(club: Club) {
    let app = TestApp::serve(&club).await;
    let (authenticator, _) = guarded(&club, "boss").await;
    guarded(&club, "bea").await;
    let sue = Member::promoted_as(&app, "sue", Role::Support).await;
    let mut boss = enters(&app, "boss", &fresh(&club, &authenticator)).await;
    boss.visit("/admin/staff").await;
    let [yes, no] = ["factor_yes", "factor_no"].map(|it| say("en", &format!("desk.{it}")));
    let stands = boss.page.texts_of("has-factor");
    assert_eq!(stands, [yes.as_str(), yes.as_str(), no.as_str()]);
    let user = |name: &str| {
        let rows = boss.page.tags();
        let mut rows = rows.filter(|(_, tag)| tag.is_of_test("staff-row"));
        let at = ["boss", "bea", "sue"].iter().position(|it| *it == name);
        let row = rows.nth(at.unwrap()).unwrap().1;
        row.attribute("data-user").unwrap().to_owned()
    };
    let [own, hers, none] = ["boss", "bea", "sue"].map(user);
    assert_eq!(none, sue.id.to_string());
    for (user, offered) in [(&own, 0), (&none, 0), (&hers, 1)] {
        boss.visit(&format!("/admin/staff?user={user}")).await;
        assert_eq!(boss.page.tests("reset-now"), offered, "{user}");
    }
    club.clock.advance_secs(TEN_MINUTES);
    boss.visit(&format!("/admin/staff?user={hers}")).await;
    assert!(is_asked(&boss, "reset"));
    let code = fresh(&club, &authenticator);
    let typed = [("reason", "no"), ("password", PASSWORD), ("code", &code)];
    boss.send("reset_factor", &typed).await;
    let label = say("en", "desk.reason");
    let short = format!("{label}: {}", say("en", "field.too_short"));
    assert_eq!(boss.page.text_of("field-error-reset-reason"), short);
    assert_eq!(stands_in(&boss.page, "field-reset-reason"), "no");
    assert!(!is_asked(&boss, "reset"), "that it is them was shown");
    boss.send("reset_factor", &[("reason", "lost her phone")])
        .await;
    assert_eq!(boss.page.text_of("told"), say("en", "desk.act_done"));
    assert_eq!(boss.page.tests("reset-now"), 0);
    assert_eq!(boss.page.texts_of("has-factor")[1], no);
    boss.visit("/admin/audit").await;
    let newest = boss.page.text_of("audit-row");
    assert!(newest.contains("users/totp/reset"), "{newest}");
}
