//! What a browser shows when it cannot reach the club: a worker that answers with one page.

use std::sync::LazyLock;

use crate::{
    i18n::{LANGUAGE_COOKIE, Locale, td_string},
    jar::Jar,
    words::fill,
};

/// The worker with the page inside, in both languages; made once.
static WORKER: LazyLock<String> = LazyLock::new(|| {
    // JSON text is text of a script, too.
    let page = serde_json::Value::from(page()).to_string();
    include_str!("offline/worker.js").replace("'{page}'", &page)
});

/// The script of the worker.
#[must_use]
pub fn worker() -> &'static str {
    &WORKER
}

fn page() -> String {
    let title = |locale: Locale| td_string!(locale, offline.title);
    let text = |locale: Locale| td_string!(locale, offline.text);
    let retry = |locale: Locale| td_string!(locale, ui.retry);
    let words = [
        ("title_ko", title(Locale::ko)),
        ("text_ko", text(Locale::ko)),
        ("retry_ko", retry(Locale::ko)),
        ("title_en", title(Locale::en)),
        ("text_en", text(Locale::en)),
        ("retry_en", retry(Locale::en)),
    ];
    let words = words.map(|(name, phrase)| (name, escaped(phrase)));
    let words = words.each_ref().map(|(name, text)| (*name, text.as_str()));
    // The one page for every club looks into both jars.
    let [host, plain] = [Jar::Host, Jar::Plain].map(|jar| jar.name(LANGUAGE_COOKIE));
    let names = [
        ("language_host", host.as_str()),
        ("language_plain", plain.as_str()),
    ];
    fill(&fill(include_str!("offline/page.html"), &words), &names)
}

/// Text inside an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
