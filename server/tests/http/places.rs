//! Places: a network that has all of its own keeps no other out.

use reqwest::{Method, RequestBuilder};
use testkit::{apply, both_engines};
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::app::{TestApp, all_connections};

/// What needs rows, and what does not.
const ROWS: &str = "/api/shop/products";
const NO_ROWS: &str = "/api/games";

#[apply(both_engines)]
async fn a_network_has_its_share_by_forwarded_address_and_leaves_others_theirs(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        // Of these a network has two.
        http.requests_at_once = 8;
    })
    .await;
    let (full, other) = ("198.51.100.7", "203.0.113.9");
    let held = all_connections(&club).await;
    let mut asked = JoinSet::new();
    for _ in 0..5 {
        asked.spawn(Answer::to(from(&app, full, ROWS)));
    }
    // The two that have a place wait for rows.
    for _ in 0..3 {
        let refused = asked.join_next().await.unwrap().unwrap();
        refused.refused(503, "unavailable");
        assert_eq!(refused.header("retry-after"), "1");
    }
    let refused = Answer::to(from(&app, full, NO_ROWS)).await;
    refused.refused(503, "unavailable");
    Answer::to(from(&app, other, NO_ROWS)).await.with(200);
    drop(held);
    while let Some(answer) = asked.join_next().await {
        answer.unwrap().with(200);
    }
    Answer::to(from(&app, full, NO_ROWS)).await.with(200);
}

/// Asks through the proxy.
fn from(app: &TestApp, address: &str, path: &str) -> RequestBuilder {
    let request = app.request(Method::GET, path);
    request.header("x-forwarded-for", address)
}
