//! One's own second factor, and that of others: by forms alone.

use reqwest::Method;
use testkit::club::{PASSWORD, strict};
use testkit::{Authenticator, Club, apply, both_engines, within};
use wire::staff::Role;

use super::{
    FACTOR, OF_STAFF, TEN_MINUTES, enters, fresh, guarded, has_link, is_asked, is_told_once,
    stands_in,
};
use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;
use crate::words::say;

/// What is in a QR code and in no other drawing.
const DRAWN: &str = "shape-rendering=\"crispEdges\"";

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
    for path in OF_STAFF {
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
