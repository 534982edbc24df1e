//! What doors, forms, lists and games say and offer before any script runs, in both languages.

use serde_json::json;
use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;
use crate::plain::Plain;
use crate::words::say;

const LANGUAGES: [&str; 2] = ["ko", "en"];
const GAMES: [&str; 4] = ["slot", "rps", "gacha", "crash"];

/// A page in a language, for a browser with these cookies.
async fn page(app: &TestApp, language: &str, path: &str, cookies: &str) -> Html {
    let cookies = format!("casino_language={language}; {cookies}");
    Html::read(&app.page(path, &cookies).await.text)
}

/// Where a browser with these cookies is sent on to.
async fn sent_on(app: &TestApp, path: &str, cookies: &str) -> String {
    let answer = app.page(path, cookies).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    answer.header("location").to_owned()
}

/// Where in the page the first tag is with this attribute.
#[track_caller]
fn place(page: &Html, attribute: &str, value: &str) -> usize {
    let found = page
        .tags()
        .find(|(_, tag)| tag.attribute(attribute) == Some(value));
    found
        .unwrap_or_else(|| panic!("no {attribute}={value} on the page: {}", page.text()))
        .0
}

fn is_off(page: &Html, id: &str) -> bool {
    page.test(id).attribute("disabled").is_some()
}

/// The one link to an older page of a list: the cursor is what comes last in its address.
#[track_caller]
fn older<'a>(page: &'a Html, list: &str) -> &'a str {
    let links = page.links_in("main");
    let cursor = format!("{list}=");
    let is_older = |link: &&&str| {
        link.rsplit(['?', '&'])
            .next()
            .is_some_and(|last| last.starts_with(&cursor))
    };
    let found: Vec<_> = links.iter().filter(is_older).collect();
    assert_eq!(found.len(), 1, "{list} in {links:?}");
    found[0]
}

/// The button of the fairness page that checks all says this.
async fn offers(app: &TestApp, member: &Member, phrase: &str) {
    for language in LANGUAGES {
        let page = page(app, language, "/fairness", &member.cookies()).await;
        assert_eq!(page.text_of("verify-all"), say(language, phrase));
    }
}

#[apply(both_engines)]
async fn a_page_that_asks_to_sign_in_says_why(club: Club) {
    let app = TestApp::serve(&club).await;
    assert_eq!(sent_on(&app, "/profile", "").await, "/login?next=/profile");
    for language in LANGUAGES {
        for (next, reason) in [
            ("/profile", "auth.needed"),
            ("/receipts%3Fkind%3Ditem", "auth.needed"),
            ("/games/slot", "slot.sign_in_first"),
            ("/games/rps", "rps.sign_in_first"),
            ("/games/gacha", "gacha.sign_in_first"),
            ("/games/crash", "crash.sign_in_first"),
            ("/shop/checkout%3Fproduct_id%3Dtokens_1000", "auth.to_buy"),
        ] {
            let door = page(&app, language, &format!("/login?next={next}"), "").await;
            assert_eq!(door.text_of("door-why"), say(language, reason), "{next}");
        }
        let door = page(&app, language, "/login", "").await;
        assert_eq!(door.tests("door-why"), 0, "nobody asked");
    }
}

#[apply(both_engines)]
async fn whose_sign_in_has_ended_is_told_so(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    club.clock.advance_secs(31 * 24 * 60 * 60);
    let door = sent_on(&app, "/receipts?kind=item", &ann.cookies()).await;
    for language in LANGUAGES {
        let door = page(&app, language, &door, "").await;
        assert_eq!(door.text_of("door-why"), say(language, "auth.ended"));
        place(&door, "value", "/receipts?kind=item");
    }
}

#[apply(both_engines)]
async fn joining_begins_with_the_invitation_and_a_refusal_names_its_field(club: Club) {
    let app = TestApp::serve(&club).await;
    let fields = [
        ("invite_code", "auth.invite", "auth.invite_hint"),
        ("site_id", "auth.site_id", "auth.site_id_hint"),
        ("nickname", "auth.nickname", "auth.nickname_hint"),
        ("phone_number", "auth.phone", "auth.phone_hint"),
        ("password", "auth.password", "auth.password_hint"),
    ];
    for language in LANGUAGES {
        let mut browser = Plain::open(&app).await;
        browser.visit("/signup").await;
        browser.press(&format!("lang-{language}"), &[]).await;
        let places = fields.map(|(name, ..)| place(&browser.page, "name", name));
        assert!(places.is_sorted(), "{places:?}");
        browser.send("sign_up", &[]).await;
        for (name, label, hint) in fields {
            let error = browser.page.text_of(&format!("field-error-{name}"));
            let (about, what) = error
                .split_once(": ")
                .unwrap_or_else(|| panic!("{name}: {error}"));
            assert_eq!(about, say(language, label));
            assert!(!what.is_empty(), "{name}");
            assert!(browser.page.text().contains(&say(language, hint)), "{name}");
        }
    }
}

#[apply(both_engines)]
async fn a_game_without_scripts_is_switched_off_and_says_so(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let buttons = ["spin", "throw-rock", "pull-1", "crash-button"];
    for language in LANGUAGES {
        for (game, button) in GAMES.into_iter().zip(buttons) {
            let page = page(&app, language, &format!("/games/{game}"), &ann.cookies()).await;
            // What is in a fieldset that is off is off.
            assert_eq!(page.test("controls").name, "fieldset", "{game}");
            assert!(is_off(&page, "controls"), "{game}");
            let controls = place(&page, "data-testid", "controls");
            let within = controls..page.end_of(controls);
            assert!(
                within.contains(&place(&page, "data-testid", button)),
                "{game}"
            );
            assert!(
                within.contains(&place(&page, "class", "no-script")),
                "{game}"
            );
            assert_eq!(
                page.text_in("noscript"),
                say(language, "play.no_script"),
                "{game}"
            );
        }
    }
}

#[apply(both_engines)]
async fn what_else_only_scripts_can_do_is_switched_off_too(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let bought = ann
        .post(
            "/api/shop/buy",
            &json!({"product_id": "felt_midnight", "quantity": 1}),
        )
        .await
        .with(200);
    let receipt = format!("/receipts/{}", bought["receipt_code"].as_str().unwrap());
    for language in LANGUAGES {
        for (path, buttons) in [
            ("/fairness", ["verify-all", "verify-one"]),
            (receipt.as_str(), ["verify", "print"]),
        ] {
            let page = page(&app, language, path, &ann.cookies()).await;
            assert_eq!(
                buttons.map(|button| is_off(&page, button)),
                [true; 2],
                "{path}"
            );
            assert_eq!(
                page.text_in("noscript"),
                say(language, "ui.no_script"),
                "{path}"
            );
        }
    }
}

#[apply(both_engines)]
async fn rules_and_odds_open_by_a_link(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let names = ["rules.title", "rps.rules", "gacha.odds", "crash.rules"];
    for language in LANGUAGES {
        for (game, name) in GAMES.into_iter().zip(names) {
            for cookies in ["", &ann.cookies()] {
                let path = format!("/games/{game}");
                let link = format!("{path}?rules=open#rules");
                for (path, is_open) in [(&path, false), (&link, true)] {
                    let page = page(&app, language, path, cookies).await;
                    assert!(
                        page.links_in("main").contains(&link.as_str()),
                        "{:?}",
                        page.links_in("main")
                    );
                    let (_, sheet) = page
                        .tags()
                        .find(|(_, tag)| tag.attribute("id") == Some("rules"))
                        .unwrap();
                    assert_eq!(
                        (sheet.name.as_str(), sheet.attribute("open").is_some()),
                        ("dialog", is_open),
                        "{path}"
                    );
                    assert_eq!(
                        sheet.attribute("aria-label"),
                        Some(say(language, name).as_str())
                    );
                }
            }
        }
    }
    let page = page(&app, "en", "/games/gacha?rounds=20", &ann.cookies()).await;
    let link = "/games/gacha?rounds=20&rules=open#rules";
    assert!(
        page.links_in("main").contains(&link),
        "the place in the list stays: {:?}",
        page.links_in("main")
    );
}

#[apply(both_engines)]
async fn another_page_of_a_list_keeps_the_place_in_the_other(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for _ in 0..22 {
        ann.spins(10).await.with(200);
    }
    let (start, cookies) = ("/profile?from=a%26b", ann.cookies());
    let first = page(&app, "en", start, &cookies).await;
    let hands = older(&first, "hands");
    assert!(hands.starts_with(&format!("{start}&hands=")), "{hands}");
    let second = page(&app, "en", hands, &cookies).await;
    let both = older(&second, "ledger");
    assert!(
        both.starts_with(&format!("{hands}&ledger=")),
        "{both} after {hands}"
    );
    let third = page(&app, "en", both, &cookies).await;
    let newest_hands = both.replace(hands, start);
    for newest in [newest_hands.as_str(), hands] {
        assert!(
            third.links_in("main").contains(&newest),
            "{newest} in {:?}",
            third.links_in("main")
        );
    }
}

#[apply(both_engines)]
async fn what_failed_is_asked_for_again_as_it_was(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let path = "/receipts?kind=item&cursor=nonsense";
    for language in LANGUAGES {
        let page = page(&app, language, path, &ann.cookies()).await;
        assert!(
            page.text().contains(&say(language, "trouble.title")),
            "{}",
            page.text()
        );
        let again = &page.links_in("main");
        assert!(again.contains(&path), "{again:?}");
    }
}

#[apply(both_engines)]
async fn where_nothing_is_revealed_one_press_reveals_and_checks_all(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    // Nothing was played.
    offers(&app, &ann, "fairness.all").await;
    ann.spins(10).await.with(200);
    offers(&app, &ann, "fairness.all_reveal").await;
    ann.post("/api/fairness/rotate", &json!({})).await.with(200);
    offers(&app, &ann, "fairness.all").await;
}
