//! The forms of the door and of the language.

use testkit::club::PASSWORD;
use testkit::{apply, both_engines};

use super::Plain;
use crate::app::TestApp;
use crate::member::Member;
use crate::words::say;

/// What somebody of that name types into the sign-up form.
pub(super) async fn join(browser: &mut Plain, name: &str) {
    browser.visit("/signup").await;
    let phone = "01012345678";
    let typed = [
        ("site_id", name),
        ("nickname", name),
        ("phone_number", phone),
        ("password", PASSWORD),
        ("invite_code", "5858"),
    ];
    assert_eq!(browser.send("sign_up", &typed).await, 302);
}

/// Where the club leads whoever did not say where to.
const FIRST_ROOM: &str = "/games/slot";

/// The balance in the header.
pub(super) fn balance(browser: &Plain) -> &str {
    browser
        .page
        .test("balance")
        .attribute("data-value")
        .unwrap_or_default()
}

#[apply(both_engines)]
async fn somebody_joins_looks_around_signs_out_and_comes_back(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    join(&mut browser, "ann_of_the_house").await;
    assert_eq!(
        (browser.path.as_str(), balance(&browser)),
        (FIRST_ROOM, "1000")
    );

    browser.visit("/profile").await;
    assert!(browser.page.text_in("main").contains("ann_of_the_house"));
    let line = browser.page.test("ledger-row");
    assert_eq!(
        (line.attribute("data-seq"), line.attribute("data-balance")),
        (Some("1"), Some("1000"))
    );
    assert_eq!(browser.page.tests("ledger-row"), 1);
    browser.visit("/fairness").await;
    let commitment = browser.page.text_of("active-commitment");
    assert!(
        commitment.len() == 64 && commitment.bytes().all(|c| c.is_ascii_hexdigit()),
        "{commitment}"
    );
    browser.visit("/games/slot").await;
    assert_eq!(browser.page.tests("spin"), 1);

    browser.visit("/settings").await;
    assert_eq!(browser.press("logout", &[]).await, 302);
    assert!(!browser.page.text().contains("ann_of_the_house"));
    assert_eq!(browser.page.tests("balance"), 0);

    browser.visit("/profile").await;
    assert_eq!(browser.path, "/login?next=/profile");
    browser
        .send(
            "log_in",
            &[("site_id", "ann_of_the_house"), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(browser.path, "/profile");
    assert!(browser.page.text_in("main").contains("ann_of_the_house"));
    assert_eq!(browser.page.text_in("title"), say("en", "title.profile"));
}

#[apply(both_engines)]
async fn nobody_is_sent_to_another_site_once_they_are_in(club: Club) {
    let app = TestApp::serve(&club).await;
    Member::join(&app, "ann").await;
    for elsewhere in [
        "//elsewhere.example",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
    ] {
        let mut browser = Plain::open(&app).await;
        browser.visit(&format!("/login?next={elsewhere}")).await;
        browser
            .send("log_in", &[("site_id", "ann"), ("password", PASSWORD)])
            .await;
        assert_eq!(
            (browser.path.as_str(), balance(&browser)),
            (FIRST_ROOM, "1000"),
            "{elsewhere}"
        );
    }
}

#[apply(both_engines)]
async fn a_wrong_password_is_said_once_and_the_name_stays_in_the_form(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/login").await;
    browser
        .send("log_in", &[("site_id", "ann"), ("password", PASSWORD)])
        .await;
    assert_eq!(
        browser.page.text_of("form-error"),
        say("en", "error.bad_credentials")
    );
    assert_eq!(
        (browser.value("site_id"), browser.value("password")),
        ("ann", "")
    );
    browser.visit("/login").await;
    assert_eq!(browser.page.text_of("form-error"), "");
}

#[apply(both_engines)]
async fn a_refused_sign_up_keeps_what_was_typed_but_the_password(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/signup").await;
    let typed = [
        ("site_id", "ann"),
        ("nickname", "앤 \"A\" & co"),
        ("phone_number", "01012345678"),
        ("password", PASSWORD),
        ("invite_code", "nobody-said-this"),
    ];
    browser.send("sign_up", &typed).await;
    assert_eq!(browser.path, format!("/signup?next={FIRST_ROOM}"));
    assert_eq!(
        browser.page.text_of("field-error-invite_code"),
        say("en", "error.invite_unknown")
    );
    for (field, value) in &typed[..3] {
        assert_eq!(browser.value(field), *value);
    }
    assert_eq!(browser.value("password"), "");
}

#[apply(both_engines)]
async fn the_language_is_switched_by_the_server_and_kept(club: Club) {
    let app = TestApp::serve(&club).await;
    let mut browser = Plain::open(&app).await;
    browser.visit("/login?next=%2Ffairness").await;
    assert_eq!(browser.page.text_in("title"), say("en", "title.sign_in"));
    browser.press("lang-ko", &[]).await;
    assert!(browser.path.starts_with("/login?next="), "{}", browser.path);
    assert_eq!(browser.page.text_in("title"), say("ko", "title.sign_in"));
    browser.visit("/games/slot").await;
    assert_eq!(browser.page.text_in("title"), say("ko", "title.slot"));
    browser.press("lang-en", &[]).await;
    assert_eq!(browser.page.text_in("title"), say("en", "title.slot"));
}
