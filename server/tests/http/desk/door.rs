//! The door of the desk: who is let in, and where they come to.

use testkit::club::{PASSWORD, strict};
use testkit::{apply, both_engines, within};

use super::{DOOR, FACTOR, OF_STAFF, browser_of, enters, fresh, guarded};
use crate::app::TestApp;
use crate::member::Member;
use crate::plain::Plain;
use crate::words::say;

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
async fn a_sign_in_of_members_is_none_of_staffs_and_the_door_says_so(engine: Engine) {
    within(engine, strict, async |club| {
        let app = TestApp::serve(&club).await;
        let (authenticator, _) = guarded(&club, "boss").await;
        let mut boss = browser_of(&app, "boss").await;
        for path in [OF_STAFF[1], FACTOR] {
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
        for path in OF_STAFF {
            boss.visit(path).await;
            assert_eq!(boss.path, format!("{FACTOR}?needed=true"), "{path}");
            let why = boss.page.text_of("factor-why");
            assert_eq!(why, say("en", "desk.factor_needed"));
            assert_eq!(boss.page.tests("begin-now"), 1);
        }
    })
    .await;
}
