//! The words of the pages: which language a browser is spoken to in, and that every page keeps to it.

use serde_json::Value;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::html::Html;
use crate::member::Member;

const LANGUAGES: [(&str, &str); 2] = [
    ("ko", include_str!("../../../app/locales/ko.json")),
    ("en", include_str!("../../../app/locales/en.json")),
];
/// Every page; the browser tests look at the same.
const PLACES: &str = include_str!("../../../end2end/places.json");
/// Where the pages are: those of members, and those of staff.
const ROUTES: [&str; 2] = [
    include_str!("../../../app/src/club.rs"),
    include_str!("../../../app/src/desk/app.rs"),
];
/// A language is offered by the name that it has for itself.
const KOREAN_ITSELF: &str = "한국어";
/// A page says more than this.
const CHARS_MIN: usize = 50;

/// The phrase of a key such as `nav.home`.
#[track_caller]
pub(crate) fn say(language: &str, key: &str) -> String {
    let found = phrases(language).into_iter().find(|(name, _)| name == key);
    found.unwrap_or_else(|| panic!("no {key} in {language}")).1
}

/// Every phrase of a language by its key.
fn phrases(language: &str) -> Vec<(String, String)> {
    let (_, text) = LANGUAGES
        .iter()
        .find(|(name, _)| *name == language)
        .unwrap();
    let all: Value = serde_json::from_str(text).unwrap();
    let rooms = all.as_object().unwrap().iter();
    let named = rooms.flat_map(|(room, phrases)| {
        let phrases = phrases.as_object().unwrap().iter();
        phrases
            .map(move |(name, text)| (format!("{room}.{name}"), text.as_str().unwrap().to_owned()))
    });
    named.collect()
}

/// A page of the club, and how it is seen.
struct Place {
    path: String,
    /// A visitor, a member, or an owner of the club.
    who: String,
    status: u64,
}

fn places() -> Vec<Place> {
    let list: Value = serde_json::from_str(PLACES).unwrap();
    let place = |it: &Value| Place {
        path: it["path"].as_str().unwrap().to_owned(),
        who: it["who"].as_str().unwrap().to_owned(),
        status: it["status"].as_u64().unwrap(),
    };
    list.as_array().unwrap().iter().map(place).collect()
}

#[apply(both_engines)]
async fn every_page_speaks_its_language_and_no_other(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let boss = Member::promoted(&app, "boss").await;
    for (language, _) in LANGUAGES {
        for place in places() {
            let cookies = match place.who.as_str() {
                "visitor" => String::new(),
                "member" => ann.cookies(),
                "owner" => boss.cookies(),
                other => panic!("nobody is a {other}"),
            };
            let answer = page(&app, &place.path, language, &cookies).await;
            assert_eq!(u64::from(answer.status), place.status, "{}", place.path);
            let html = Html::read(&answer.text);
            assert_eq!(lang(&html), language, "{}", place.path);
            let text = html.text();
            assert!(text.chars().count() > CHARS_MIN, "{}: {text}", place.path);
            assert_eq!(
                strange_words(&text, language),
                Vec::<String>::new(),
                "{} in {language}",
                place.path
            );
        }
    }
}

#[apply(both_engines)]
async fn a_browser_is_spoken_to_in_the_language_it_asks_for(club: Club) {
    let app = TestApp::serve(&club).await;
    for (asked, spoken) in [
        ("ko-KR", "ko"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("de-DE", "ko"),
        ("", "ko"),
        ("en;q=0,ko", "ko"),
        ("ko;q=0.1,en;q=0.9", "en"),
        ("de,en;q=0.5,ko;q=0.5", "en"),
        ("en;q=0", "ko"),
    ] {
        let html = Html::read(&page(&app, "/", asked, "").await.text);
        assert_eq!(
            (lang(&html), html.text_in("title")),
            (spoken, say(spoken, "title.home")),
            "{asked}"
        );
        let pressed = |language: &str| {
            html.test(&format!("lang-{language}"))
                .attribute("aria-pressed")
                == Some("true")
        };
        assert_eq!(
            LANGUAGES.map(|(language, _)| pressed(language)),
            [spoken == "ko", spoken == "en"],
            "{asked}"
        );
    }
}

#[apply(both_engines)]
async fn the_front_page_is_complete_without_scripts(club: Club) {
    let app = TestApp::serve(&club).await;
    for (language, _) in LANGUAGES {
        let html = Html::read(&page(&app, "/", language, "").await.text);
        let main = html.text_in("main");
        for key in ["home.lead", "home.fair_title"] {
            assert!(main.contains(&say(language, key)), "{key} in {main}");
        }
        let links = html.links_in("main");
        for path in [
            "/signup",
            "/games/slot",
            "/games/rps",
            "/games/gacha",
            "/games/crash",
        ] {
            assert!(links.contains(&path), "{path} in {links:?}");
        }
        assert!(
            html.tags()
                .all(|(_, tag)| tag.attribute("data-hydrated").is_none())
        );
    }
}

#[apply(both_engines)]
async fn a_visitor_reads_every_game_and_is_shown_the_door(club: Club) {
    let app = TestApp::serve(&club).await;
    for (language, _) in LANGUAGES {
        for game in ["slot", "rps", "gacha", "crash"] {
            let html = Html::read(
                &page(&app, &format!("/games/{game}"), language, "")
                    .await
                    .text,
            );
            assert!(
                html.text_in("main")
                    .contains(&say(language, &format!("{game}.sign_in_first"))),
                "{game}"
            );
            assert_eq!(
                html.text_in("title"),
                say(language, &format!("title.{game}"))
            );
            let door = format!("/login?next=/games/{game}");
            assert!(
                html.links_in("main").contains(&door.as_str()),
                "{:?}",
                html.links_in("main")
            );
        }
    }
}

#[apply(both_engines)]
async fn a_page_that_is_not_there_says_so_and_leads_home(club: Club) {
    let app = TestApp::serve(&club).await;
    for (language, _) in LANGUAGES {
        let answer = page(&app, "/no/such/room", language, "").await;
        let html = Html::read(&answer.text);
        assert_eq!(
            (answer.status, html.text_in("title")),
            (404, say(language, "title.missing"))
        );
        assert_eq!(html.text_in("h1"), say(language, "missing.title"));
        assert!(html.links_in("main").contains(&"/"));
    }
}

#[test]
fn every_route_is_on_the_list_of_places() {
    let places = places();
    let mark = "<Route path=path!(\"";
    let routes = ROUTES.iter().flat_map(|all| all.split(mark).skip(1));
    for route in routes.map(|rest| rest.split('"').next().unwrap()) {
        // The gallery is there in development alone, and a receipt once something was bought.
        if route == "gallery" || route.contains(':') {
            continue;
        }
        let path = format!("/{route}");
        let is_listed = places
            .iter()
            .any(|place| place.path.split('?').next() == Some(path.as_str()));
        assert!(is_listed, "{path} is missing in end2end/places.json");
    }
}

async fn page(app: &TestApp, path: &str, language: &str, cookies: &str) -> Answer {
    let request = app.client.get(format!("{}{path}", app.base));
    let request = request
        .header("accept", "text/html")
        .header("accept-language", language);
    Answer::to(request.header("cookie", cookies)).await
}

fn lang(html: &Html) -> &str {
    let root = html.tags().find(|(_, tag)| tag.name == "html");
    root.and_then(|(_, tag)| tag.attribute("lang"))
        .unwrap_or_default()
}

/// What a page of this language may not say: keys, gaps, and the other language.
fn strange_words(text: &str, language: &str) -> Vec<String> {
    let keys = phrases("en")
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| text.contains(key));
    let gaps = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"));
    let mut found: Vec<_> = keys.chain(gaps).collect();
    if language == "en" {
        found.extend(
            text.split(' ')
                .filter(|word| word.chars().any(is_hangul) && *word != KOREAN_ITSELF)
                .map(str::to_owned),
        );
        return found;
    }
    let own: Vec<_> = phrases("ko")
        .into_iter()
        .map(|(_, phrase)| phrase)
        .collect();
    // The sign over the door is the same in every language.
    let sign = say("en", "club.name");
    let english = phrases("en").into_iter().map(|(_, phrase)| phrase);
    let english = english.filter(|phrase| {
        has_two_words(phrase) && *phrase != sign && !own.contains(phrase) && !phrase.contains('{')
    });
    found.extend(english.filter(|phrase| text.contains(phrase)));
    found
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

/// A single word may be the same in both languages.
fn has_two_words(phrase: &str) -> bool {
    let words: Vec<_> = phrase.split(' ').collect();
    let ends = |word: &str| word.chars().last().is_some_and(char::is_alphanumeric);
    let begins = |word: &str| word.chars().next().is_some_and(char::is_alphanumeric);
    words
        .windows(2)
        .any(|pair| ends(pair[0]) && begins(pair[1]))
}
