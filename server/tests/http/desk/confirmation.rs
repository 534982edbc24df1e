//! Acts that ask who it is, in the form itself.

use testkit::club::{PASSWORD, strict};
use testkit::{Club, apply, both_engines, within};

use super::{DOOR, TEN_MINUTES, browser_of, enters, fresh, guarded, is_asked, path_to, stands_in};
use crate::app::TestApp;
use crate::member::Member;
use crate::words::say;

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
