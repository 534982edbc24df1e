//! The settings with the forms alone.

use serde_json::json;
use testkit::club::PASSWORD;
use testkit::{apply, both_engines};

use super::Plain;
use super::forms::join;
use crate::app::TestApp;
use crate::member::{Member, credentials};
use crate::words::say;

/// Somebody in a browser without scripts, on their settings.
async fn settle(app: &TestApp, name: &str) -> Plain {
    let mut browser = Plain::open(app).await;
    join(&mut browser, name).await;
    browser.visit("/settings").await;
    browser
}

/// What `<html>` tells the style sheets about motion.
fn motion(browser: &Plain) -> Option<&str> {
    let root = browser.page.tags().find(|(_, tag)| tag.name == "html");
    root.and_then(|(_, tag)| tag.attribute("data-motion"))
}

fn is_pressed(browser: &Plain, choice: &str) -> bool {
    browser.page.test(choice).attribute("aria-pressed") == Some("true")
}

#[apply(both_engines)]
async fn a_visitor_sets_the_browser_and_is_shown_the_door_for_the_rest(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/settings").await;
    for language in ["ko", "en"] {
        browser.press(&format!("locale-{language}"), &[]).await;
        assert_eq!(
            (browser.answer.status, browser.path.as_str()),
            (200, "/settings")
        );
        let main = browser.page.text_in("main");
        for key in [
            "settings.title",
            "settings.account_outside",
            "nav.language",
            "settings.motion_text",
            "settings.sound_text",
        ] {
            assert!(main.contains(&say(language, key)), "{key} in {main}");
        }
        assert!(
            browser
                .page
                .text_in("footer")
                .contains(&say(language, "club.no_cash"))
        );
        assert!(
            browser
                .page
                .links_in("main")
                .contains(&"/login?next=/settings")
        );
    }
    assert!(
        !browser.answer.text.contains("name=\"nickname\""),
        "{}",
        browser.answer.text
    );
}

#[apply(both_engines)]
async fn a_member_finds_the_account_and_the_devices_and_the_profile_is_about_play(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = settle(&app, "ann").await;
    for language in ["ko", "en"] {
        browser.press(&format!("locale-{language}"), &[]).await;
        let main = browser.page.text_in("main");
        for key in [
            "settings.account",
            "profile.change_password",
            "profile.devices",
            "profile.this_device",
            "auth.sign_out_all",
        ] {
            assert!(main.contains(&say(language, key)), "{key} in {main}");
        }
    }
    browser.visit("/profile").await;
    assert!(!browser.answer.text.contains("name=\"current_password\""));
    assert_eq!(
        (
            browser.page.tests("logout"),
            browser.page.tests("device-row")
        ),
        (0, 0)
    );
    assert!(browser.page.links_in("main").contains(&"/settings"));
}

#[apply(both_engines)]
async fn every_page_leads_there(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = settle(&app, "ann").await;
    for path in ["/", "/games", "/login", "/nowhere", "/profile"] {
        browser.visit(path).await;
        let links = browser.page.links_in("footer");
        assert!(
            links.contains(&"/settings") && links.contains(&"/leaderboard"),
            "{path}: {links:?}"
        );
    }
}

#[apply(both_engines)]
async fn less_motion_is_kept_and_told_to_the_style_sheets(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    assert_eq!(motion(&browser), Some("system"));
    browser.visit("/settings").await;
    assert_eq!(browser.press("motion-less", &[]).await, 302);
    assert_eq!(
        (browser.path.as_str(), is_pressed(&browser, "motion-less")),
        ("/settings", true)
    );
    for path in ["/games/slot", "/nowhere"] {
        browser.visit(path).await;
        assert_eq!(motion(&browser), Some("less"), "{path}");
    }
    browser.visit("/settings").await;
    browser.press("motion-system", &[]).await;
    assert_eq!(
        (motion(&browser), is_pressed(&browser, "motion-system")),
        (Some("system"), true)
    );
}

#[apply(both_engines)]
async fn sound_is_kept(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/settings?from=somewhere").await;
    assert!(is_pressed(&browser, "sound-off"));
    browser.press("sound-on", &[]).await;
    assert_eq!(
        (browser.path.as_str(), is_pressed(&browser, "sound-on")),
        ("/settings?from=somewhere", true)
    );
}

#[apply(both_engines)]
async fn what_is_no_choice_is_not_kept_and_no_form_leads_away(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/settings").await;
    browser
        .press("motion-less", &[("motion", "wild; Path=/x"), ("next", "/")])
        .await;
    assert_eq!(
        browser.answer.headers.get("set-cookie"),
        None,
        "{:?}",
        browser.answer
    );
    browser.visit("/settings").await;
    assert_eq!(motion(&browser), Some("system"));
    browser
        .press("motion-less", &[("next", "//elsewhere.example")])
        .await;
    assert_eq!(
        (browser.path.as_str(), motion(&browser)),
        ("/", Some("less"))
    );
    let planted = app.page("/", "casino_motion=wild\"><b").await;
    assert!(planted.text.contains("data-motion=\"system\""));
}

#[apply(both_engines)]
async fn names_are_changed_and_a_taken_one_comes_back_with_why(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "bob").await;
    let mut browser = settle(&app, "ann").await;
    assert_eq!(
        browser
            .send("change_nickname", &[("nickname", "Annie of the house")])
            .await,
        302
    );
    assert_eq!(
        (browser.path.as_str(), browser.value("nickname")),
        ("/settings#account", "Annie of the house")
    );
    let phone = ("phone_number", "010 9999 8888");
    browser.send("change_phone", &[phone]).await;
    assert_eq!(
        browser.page.text_of("field-error-phone-current_password"),
        format!(
            "{}: {}",
            say("en", "profile.current_password"),
            say("en", "field.required")
        )
    );
    browser
        .send("change_phone", &[phone, ("current_password", PASSWORD)])
        .await;
    assert_eq!(browser.value("phone_number"), "01099998888");

    browser
        .send("change_nickname", &[("nickname", "bob")])
        .await;
    assert_eq!(
        browser.page.text_of("field-error-nickname"),
        say("en", "error.nickname_taken")
    );
    browser.visit("/settings").await;
    assert_eq!(
        (
            browser.page.text_of("field-error-nickname").as_str(),
            browser.value("nickname")
        ),
        ("", "Annie of the house")
    );
}

#[apply(both_engines)]
async fn a_new_password_ends_the_other_devices_and_wants_the_old_one(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = settle(&app, "ann").await;
    let token = app
        .post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    let other = Member::of(&app.client, &app.base, &token);
    browser
        .send(
            "change_password",
            &[
                ("current_password", "not it, sorry"),
                ("password", "a new password"),
            ],
        )
        .await;
    assert!(
        browser
            .page
            .text_in("main")
            .contains(&say("en", "error.wrong_password"))
    );
    assert_eq!(
        (browser.value("current_password"), browser.value("password")),
        ("", "")
    );
    other.get("/api/auth/me").await.with(200);

    browser
        .send(
            "change_password",
            &[
                ("current_password", PASSWORD),
                ("password", "a new password"),
            ],
        )
        .await;
    assert_eq!(browser.path, "/settings#account");
    assert_eq!(browser.page.tests("device-row"), 1);
    other
        .get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");
    app.post(
        "/api/auth/login",
        &json!({"site_id": "ann", "password": "a new password"}),
    )
    .await
    .with(200);
}

#[apply(both_engines)]
async fn one_device_is_signed_out_by_another_and_then_this_one(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = settle(&app, "ann").await;
    let token = app
        .post("/api/auth/login", &credentials("ann"))
        .await
        .with(200);
    let other = Member::of(&app.client, &app.base, &token);
    browser.visit("/settings").await;
    assert_eq!(
        (
            browser.page.tests("device-row"),
            browser.page.tests("end-session")
        ),
        (2, 1)
    );
    browser.press("end-session", &[]).await;
    assert_eq!(
        (browser.path.as_str(), browser.page.tests("device-row")),
        ("/settings#devices", 1)
    );
    other
        .get("/api/auth/me")
        .await
        .refused(401, "unauthenticated");

    browser.press("logout", &[]).await;
    assert_eq!(browser.page.tests("balance"), 0);
    browser.visit("/settings").await;
    assert_eq!(
        (browser.answer.status, browser.page.tests("device-row")),
        (200, 0)
    );
}
