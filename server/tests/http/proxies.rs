//! What a proxy says of a request counts where the proxy is trusted.

use std::fs::File;
use std::sync::Arc;

use reqwest::Method;
use testkit::{Engine, TestDatabase, apply, both_engines};

use crate::answer::Answer;
use crate::app::{TestApp, client};
use crate::binary::{Serving, on};
use crate::crash::with_database;

#[apply(both_engines)]
async fn a_request_has_the_name_that_a_trusted_proxy_gave_it_if_it_is_plain(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let (longest, longer) = ("x".repeat(64), "x".repeat(65));
    let named: [(&[&str], bool); 6] = [
        (&["abc-123_x.y"], true),
        (&[longest.as_str()], true),
        (&[longer.as_str()], false),
        (&["two words"], false),
        (&["\"quoted\""], false),
        (&["one", "other"], false),
    ];
    for (given, is_kept) in named {
        assert_eq!(is_named(&app, given).await, is_kept, "{given:?}");
    }
}

#[apply(both_engines)]
async fn a_request_has_no_name_that_anyone_else_gave_it(club: Club) {
    let app = TestApp::serve(&club).await;
    assert!(!is_named(&app, &["abc-123_x.y"]).await);
}

/// Whether a request goes by the first of these names, else it must have one of its own.
async fn is_named(app: &TestApp, names: &[&str]) -> bool {
    let mut request = app.request(Method::GET, "/health");
    for name in names {
        request = request.header("x-request-id", *name);
    }
    let answer = Answer::to(request).await;
    let name = answer.header("x-request-id");
    assert!(name == names[0] || name.len() == 32, "{name}");
    name == names[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_once_that_somebody_forwards_who_is_not_trusted() {
    with_database(Engine::Sqlite, warned_of).await;
}

async fn warned_of(database: Arc<TestDatabase>) {
    let log = database.folder.path().join("log");
    let mut serve = on(&database, &["serve"]);
    serve.stderr(File::create(&log).unwrap());
    let mut serving = Serving::start(serve).await;
    for address in ["198.51.100.7", "203.0.113.9"] {
        let request = client().get(format!("{}/api/games", serving.base));
        let request = request.header("x-forwarded-for", address);
        Answer::to(request).await.with(200);
    }
    serving.terminate();
    assert_eq!(serving.ended().await, Some(0));
    let log = std::fs::read_to_string(log).unwrap();
    let warnings = log.lines().filter(|line| line.contains("X-Forwarded-For"));
    assert_eq!(warnings.count(), 1, "{log}");
}
