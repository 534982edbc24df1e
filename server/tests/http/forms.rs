//! What a browser without scripts finds: doors, forms, lists and games, in both languages.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::both_engines;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const LANGUAGES: [(&str, &str); 2] = [
    ("ko", include_str!("../../../app/locales/ko.json")),
    ("en", include_str!("../../../app/locales/en.json")),
];
const GAMES: [&str; 4] = ["slot", "rps", "gacha", "crash"];

/// One of the two languages: its words, and the cookie that chooses it.
struct Language {
    words: Value,
    cookie: String,
}

impl Language {
    fn all() -> [Self; 2] {
        LANGUAGES.map(|(name, words)| Self {
            words: serde_json::from_str(words).unwrap(),
            cookie: format!("casino_language={name}"),
        })
    }

    fn phrase(&self, key: &str) -> &str {
        let (room, name) = key.split_once('.').unwrap();
        self.words[room][name]
            .as_str()
            .unwrap_or_else(|| panic!("no phrase {key}"))
    }

    async fn page(&self, app: &TestApp, path: &str, cookies: &str) -> Answer {
        app.page(path, &format!("{}; {cookies}", self.cookie)).await
    }
}

/// The tag that has this in it.
#[track_caller]
fn tag<'a>(page: &'a Answer, mark: &str) -> &'a str {
    let text = &page.text;
    let at = text
        .find(mark)
        .unwrap_or_else(|| panic!("{mark} in {text}"));
    let start = text[..at].rfind('<').unwrap();
    let end = at + text[at..].find('>').unwrap();
    &text[start..=end]
}

/// What stands right after the tag that has this in it.
#[track_caller]
fn text_of<'a>(page: &'a Answer, mark: &str) -> &'a str {
    let tag = tag(page, mark);
    let rest = page.text.split_once(tag).unwrap().1;
    rest.split('<').next().unwrap()
}

/// Where the links of a page lead.
fn links(page: &Answer) -> Vec<String> {
    let links = page.text.split("href=\"").skip(1);
    let links = links.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
    links.collect()
}

/// Where a browser is sent.
#[track_caller]
fn sent_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 302, "{answer:?}");
    answer.header("location")
}

/// The one link to an older page of a list.
#[track_caller]
fn older(page: &Answer, list: &str) -> String {
    let newer = format!("{list}=");
    let links = links(page);
    let found: Vec<_> = links
        .iter()
        .filter(|link| link.rsplit(['?', '&']).next().unwrap().starts_with(&newer))
        .collect();
    assert_eq!(found.len(), 1, "{list} in {links:?}");
    found[0].clone()
}

both_engines! {
    async fn a_page_that_asks_to_sign_in_says_why(club: Club) {
        let app = TestApp::serve(&club).await;
        for language in Language::all() {
            let asked = language.page(&app, "/profile", "").await;
            assert_eq!(sent_to(&asked), "/login?next=/profile");
            for (next, reason) in [
                ("/profile", "auth.needed"),
                ("/receipts%3Fkind%3Ditem", "auth.needed"),
                ("/games/slot", "slot.sign_in_first"),
                ("/games/rps", "rps.sign_in_first"),
                ("/games/gacha", "gacha.sign_in_first"),
                ("/games/crash", "crash.sign_in_first"),
                ("/shop/checkout%3Fproduct_id%3Dtokens_1000", "auth.to_buy"),
            ] {
                let door = language.page(&app, &format!("/login?next={next}"), "").await;
                assert_eq!(text_of(&door, "data-testid=\"door-why\""), language.phrase(reason), "{next}");
            }
            let door = language.page(&app, "/login", "").await;
            assert!(!door.text.contains("door-why"), "nobody asked");
        }
    }

    async fn whose_sign_in_has_ended_is_told_so(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        club.clock.advance_secs(31 * 24 * 60 * 60);
        for language in Language::all() {
            let asked = language.page(&app, "/receipts?kind=item", &ann.cookies()).await;
            let door = language.page(&app, sent_to(&asked), "").await;
            assert_eq!(text_of(&door, "data-testid=\"door-why\""), language.phrase("auth.ended"));
            assert!(door.text.contains("value=\"/receipts?kind=item\""), "they come back to where they were: {}", door.text);
        }
    }

    async fn joining_begins_with_the_invitation_and_a_refusal_names_its_field(club: Club) {
        let app = TestApp::serve(&club).await;
        for language in Language::all() {
            let door = language.page(&app, "/signup", "").await;
            let places = ["invite_code", "site_id", "nickname", "phone_number", "password"]
                .map(|name| door.text.find(&format!("name=\"{name}\"")).unwrap());
            assert!(places.is_sorted(), "{places:?}");

            let form = door.text.split("action=\"").find(|rest| rest.starts_with("/api/fn/sign_up")).unwrap();
            let empty = ["site_id", "nickname", "phone_number", "password", "invite_code", "next"].map(|name| format!("{name}="));
            let post = app.request(Method::POST, form.split('"').next().unwrap());
            let post = post.header("accept", "text/html").header("origin", &app.base);
            let refused = Answer::to(post.header("content-type", "application/x-www-form-urlencoded").body(empty.join("&"))).await;
            let flash = format!("casino_flash={}", refused.cookie("casino_flash").unwrap());
            let door = language.page(&app, sent_to(&refused), &flash).await;
            for (name, label, hint) in [
                ("invite_code", "auth.invite", "auth.invite_hint"),
                ("site_id", "auth.site_id", "auth.site_id_hint"),
                ("nickname", "auth.nickname", "auth.nickname_hint"),
                ("phone_number", "auth.phone", "auth.phone_hint"),
                ("password", "auth.password", "auth.password_hint"),
            ] {
                let error = text_of(&door, &format!("data-testid=\"field-error-{name}\""));
                let about = format!("{}: ", language.phrase(label));
                assert!(error.starts_with(&about) && error.len() > about.len(), "{name}: {error}");
                assert_eq!(text_of(&door, &format!("id=\"field-{name}-hint\"")), language.phrase(hint));
            }
        }
    }

    async fn a_game_without_scripts_is_switched_off_and_says_so(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        let buttons = ["spin", "throw-rock", "pull-1", "crash-button"];
        for language in Language::all() {
            for (game, button) in GAMES.into_iter().zip(buttons) {
                let page = language.page(&app, &format!("/games/{game}"), &ann.cookies()).await;
                let controls = tag(&page, "data-testid=\"controls\"");
                assert!(controls.starts_with("<fieldset") && controls.contains(" disabled"), "{controls}");
                let (_, rest) = page.text.split_once(controls).unwrap();
                let (switched_off, _) = rest.split_once("</fieldset>").unwrap();
                assert!(switched_off.contains(&format!("data-testid=\"{button}\"")), "{game}: {switched_off}");
                let said = format!("<noscript class=\"no-script\">{}</noscript>", language.phrase("play.no_script"));
                assert!(switched_off.contains(&said), "{game}: {switched_off}");
            }
        }
    }

    async fn what_only_scripts_can_do_is_switched_off_everywhere(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        let bought = ann.post("/api/shop/buy", &json!({"product_id": "felt_midnight", "quantity": 1})).await.with(200);
        let receipt = format!("/receipts/{}", bought["receipt_code"].as_str().unwrap());
        for language in Language::all() {
            for (path, buttons) in [("/fairness", ["verify-all", "verify-one"]), (&receipt, ["verify", "print"])] {
                let page = language.page(&app, path, &ann.cookies()).await;
                for button in buttons {
                    let button = tag(&page, &format!("data-testid=\"{button}\""));
                    assert!(button.contains(" disabled"), "{path}: {button}");
                }
                assert_eq!(text_of(&page, "class=\"no-script\""), language.phrase("ui.no_script"), "{path}");
            }
        }
    }

    async fn rules_and_odds_open_by_a_link(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        let names = ["rules.title", "rps.rules", "gacha.odds", "crash.rules"];
        for language in Language::all() {
            for cookies in ["", &ann.cookies()] {
                for (game, name) in GAMES.into_iter().zip(names) {
                    let path = format!("/games/{game}");
                    let page = language.page(&app, &path, cookies).await;
                    assert!(!tag(&page, "id=\"rules\"").contains(" open"), "{path}");
                    let link = format!("{path}?rules=open#rules");
                    assert!(links(&page).contains(&link), "{link} in {:?}", links(&page));
                    let page = language.page(&app, &link, cookies).await;
                    let sheet = tag(&page, "id=\"rules\"");
                    assert!(sheet.starts_with("<dialog") && sheet.contains(" open"), "{sheet}");
                    assert!(sheet.contains(&format!("aria-label=\"{}\"", language.phrase(name))), "{sheet}");
                }
            }
        }
        let link = links(&app.page("/games/gacha?rounds=20", &ann.cookies()).await);
        assert!(link.contains(&"/games/gacha?rounds=20&rules=open#rules".to_owned()), "{link:?}");
    }

    async fn another_page_of_a_list_keeps_the_place_in_the_other(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        for _ in 0..22 {
            ann.spins(10).await.with(200);
        }
        let cookies = ann.cookies();
        let first = app.page("/profile?from=a%26b", &cookies).await;
        let hands = older(&first, "hands");
        assert!(hands.starts_with("/profile?from=a%26b&hands="), "{hands}");
        let second = app.page(&hands, &cookies).await;
        let both = older(&second, "ledger");
        assert!(both.starts_with(&format!("{hands}&ledger=")), "{both} after {hands}");
        let third = links(&app.page(&both, &cookies).await);
        let newest = both.replace(&hands, "/profile?from=a%26b");
        assert!(third.contains(&newest), "{newest}: the newest hands beside the same lines, in {third:?}");
        assert!(third.contains(&hands), "{hands}: the newest lines beside the same hands, in {third:?}");
    }

    async fn what_failed_is_asked_for_again_as_it_was(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        let path = "/receipts?kind=item&cursor=nonsense";
        for language in Language::all() {
            let page = language.page(&app, path, &ann.cookies()).await;
            assert!(page.text.contains(language.phrase("trouble.title")), "{page:?}");
            assert!(links(&page).iter().any(|link| link == path), "{:?}", links(&page));
        }
    }

    async fn where_nothing_is_revealed_one_press_reveals_and_checks_all(club: Club) {
        let app = TestApp::serve(&club).await;
        let ann = Member::join(&app, "ann").await;
        for language in Language::all() {
            let page = language.page(&app, "/fairness", &ann.cookies()).await;
            assert_eq!(text_of(&page, "data-testid=\"verify-all\""), language.phrase("fairness.all"), "nothing was played");
        }
        ann.spins(10).await.with(200);
        for language in Language::all() {
            let page = language.page(&app, "/fairness", &ann.cookies()).await;
            assert_eq!(text_of(&page, "data-testid=\"verify-all\""), language.phrase("fairness.all_reveal"));
        }
        ann.post("/api/fairness/rotate", &json!({})).await.with(200);
        for language in Language::all() {
            let page = language.page(&app, "/fairness", &ann.cookies()).await;
            assert_eq!(text_of(&page, "data-testid=\"verify-all\""), language.phrase("fairness.all"));
        }
    }
}
