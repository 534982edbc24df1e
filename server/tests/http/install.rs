//! The club as an app among others, and what a browser shows that does not reach it.

use std::path::Path;

use ::app::i18n::LANGUAGE_COOKIE;
use ::app::jar::Jar;
use serde_json::json;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::words::say;

const LANGUAGES: [&str; 2] = ["ko", "en"];

#[apply(both_engines)]
async fn the_manifest_speaks_the_language_of_whoever_asks(club: Club) {
    let app = TestApp::serve(&club).await;
    let ask = |header: &'static str, value: String| {
        Answer::to(
            app.client
                .get(format!("{}/manifest.webmanifest", app.base))
                .header(header, value),
        )
    };
    for language in LANGUAGES {
        let other = if language == "ko" { "en" } else { "ko" };
        let by_header = ask(
            "accept-language",
            format!("fr, {language}-XX;q=0.9, {other};q=0.5"),
        )
        .await;
        let by_cookie = ask("cookie", format!("casino_language={language}")).await;
        for answer in [by_header, by_cookie] {
            let manifest = answer.with(200);
            assert_eq!(answer.header("content-type"), "application/manifest+json");
            assert_eq!(answer.header("vary"), "Accept-Language, Cookie");
            assert_eq!(
                (&manifest["lang"], &manifest["name"]),
                (&json!(language), &json!(say(language, "club.name")))
            );
            assert_eq!(
                (&manifest["start_url"], &manifest["display"]),
                (&json!("/"), &json!("standalone"))
            );
        }
    }
    let unsaid = app.get("/manifest.webmanifest").await.with(200);
    assert_eq!(unsaid["lang"], "ko");
}

#[apply(both_engines)]
async fn every_icon_is_there_in_its_size(club: Club) {
    let app = TestApp::serve(&club).await;
    let manifest = app.get("/manifest.webmanifest").await.with(200);
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    let mut purposes = Vec::new();
    for icon in manifest["icons"].as_array().unwrap() {
        let file = std::fs::read(public.join(&icon["src"].as_str().unwrap()[1..])).unwrap();
        if icon["type"] == "image/png" {
            let side = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
            assert_eq!(
                icon["sizes"],
                format!("{}x{}", side(16), side(20)),
                "{icon}"
            );
            purposes.push(format!(
                "{} {}",
                icon["purpose"].as_str().unwrap(),
                side(16)
            ));
        }
    }
    for needed in ["any 192", "any 512", "maskable 512"] {
        assert!(
            purposes.iter().any(|it| it == needed),
            "{needed} in {purposes:?}"
        );
    }
    assert!(public.join("icons/touch-180.png").exists());
}

#[apply(both_engines)]
async fn the_worker_holds_one_page_in_both_languages_and_keeps_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let worker = app.get("/sw.js").await;
    assert_eq!(worker.status, 200);
    assert!(
        worker.header("content-type").starts_with("text/javascript"),
        "{worker:?}"
    );
    assert_eq!(
        worker.header("cache-control"),
        "no-cache",
        "a browser asks whether there is a newer one"
    );
    assert_eq!(
        worker.header("content-security-policy"),
        "",
        "the policy of a worker's script would bind it"
    );
    for language in LANGUAGES {
        for key in ["offline.title", "offline.text", "ui.retry"] {
            assert!(
                worker.text.contains(&say(language, key)),
                "{key} in {language}"
            );
        }
    }
    // The choice of whoever is in production first, as only this host can have kept it.
    let [host, plain] = [Jar::Host, Jar::Plain].map(|jar| jar.name(LANGUAGE_COOKIE));
    let chosen = format!("kept('{host}') ?? kept('{plain}')");
    assert!(worker.text.contains(&chosen), "{}", worker.text);
    assert!(!worker.text.contains("caches."), "it keeps nothing");
    assert!(
        !["{page}", "{title_", "{text_", "{retry_", "{language_"]
            .iter()
            .any(|gap| worker.text.contains(gap)),
        "{}",
        worker.text
    );
}

#[apply(both_engines)]
async fn a_page_names_its_manifest_and_gets_its_worker_when_all_else_is_there(club: Club) {
    let app = TestApp::serve(&club).await;
    let page = app.page("/", "").await;
    assert!(
        page.header("content-security-policy")
            .contains("worker-src 'self'"),
        "{page:?}"
    );
    for part in [
        "rel=\"manifest\"",
        "href=\"/manifest.webmanifest\"",
        "rel=\"apple-touch-icon\"",
        "name=\"theme-color\"",
    ] {
        assert!(page.text.contains(part), "{part} in {}", page.text);
    }
    let script = page
        .text
        .split("<script")
        .find(|it| it.contains("serviceWorker"))
        .unwrap();
    assert!(
        script.contains("nonce=") && script.contains("addEventListener('load'"),
        "{script}"
    );
}
