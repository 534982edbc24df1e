//! Health, readiness, metrics, and the headers of every answer.

use reqwest::Method;
use serde_json::json;
use server::config::HttpConfig;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::{TestApp, all_connections};
use crate::html::{Html, Tag};
use crate::member::Member;

#[apply(both_engines)]
async fn health_names_the_engines(club: Club) {
    let app = TestApp::serve(&club).await;
    let health = app.get("/health").await.with(200);
    assert_eq!(health["status"], "healthy");
    assert_eq!(
        health["engines"]["database"],
        club.backend.db().dialect().name()
    );
    assert_eq!(health["engines"]["sessions"], "in-process");
    assert_eq!(app.get("/ready").await.status, 204);
}

#[apply(both_engines)]
async fn without_its_database_the_club_is_unhealthy(club: Club) {
    let app = TestApp::serve(&club).await;
    club.backend.db().close().await;
    assert_eq!(app.get("/health").await.with(503)["status"], "unhealthy");
    app.get("/ready").await.refused(503, "unavailable");
}

#[apply(both_engines)]
async fn a_club_whose_members_hold_all_connections_is_well(club: Club) {
    let app = TestApp::serve(&club).await;
    let held = all_connections(&club).await;
    assert_eq!(app.get("/health").await.with(200)["status"], "healthy");
    assert_eq!(app.get("/ready").await.status, 204);
    drop(held);
}

#[apply(both_engines)]
async fn metrics_count_by_route_and_not_by_path(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    ann.spins(10).await.with(200);
    app.get("/api/users/4711").await.refused(404, "not_found");
    let metrics = app.get("/metrics").await.text;
    for line in [
        "hands_total",
        "tokens_staked_total",
        "route=\"/api/users/{user_id}\"",
        "http_request_duration_seconds_bucket",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    // With the slash: the sums of durations have any digits.
    assert!(!metrics.contains("/4711"), "{metrics}");
}

#[apply(both_engines)]
async fn in_production_metrics_are_for_whoever_has_their_token(club: Club) {
    let token = "a token that only these tests use";
    let without = TestApp::in_production(&club, |_| ()).await;
    let with = |http: &mut HttpConfig| http.metrics_token = Some(token.into());
    let app = TestApp::in_production(&club, with).await;
    let shows = async |app: &TestApp, shown: &str| {
        Answer::to(app.request(Method::GET, "/metrics").bearer_auth(shown)).await
    };
    app.get("/metrics").await.refused(404, "not_found");
    for wrong in ["", "another token", &token[1..]] {
        shows(&app, wrong).await.refused(404, "not_found");
    }
    let told = shows(&app, token).await;
    assert_eq!(told.status, 200, "{told:?}");
    assert!(told.text.contains("http_requests_total"), "{told:?}");
    without.get("/metrics").await.refused(404, "not_found");
    shows(&without, token).await.refused(404, "not_found");
}

#[apply(both_engines)]
async fn every_answer_is_named_and_guarded(club: Club) {
    let app = TestApp::serve(&club).await;
    for path in ["/health", "/api/games", "/api/nowhere", "/docs/"] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[apply(both_engines)]
async fn every_answer_names_its_build_as_pages_do(club: Club) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("pkg")).unwrap();
    for file in ["pkg/club.css", "robots.txt"] {
        std::fs::write(folder.path().join(file), "of this build").unwrap();
    }
    let app = TestApp::serve_with(&club, |http| {
        http.site.site_root = folder.path().to_str().unwrap().into();
    })
    .await;
    let front = app.page("/", "").await;
    let page = Html::read(&front.text);
    let tag = |is_it: fn(&Tag) -> bool| page.tags().find(|(_, tag)| is_it(tag)).unwrap().1;
    let build = tag(|tag| tag.attribute("name") == Some("build"));
    let build = build.attribute("content").unwrap();
    assert!(!build.is_empty());
    let form = tag(|tag| tag.name == "form" && tag.attribute("class") == Some("languages"));
    let function = form.attribute("action").unwrap();
    let choice = json!({"locale": "en", "next": "/"});
    let full = TestApp::serve_with(&club, |http| http.requests_at_once = 0).await;
    for (what, status, answer) in [
        ("a page", 200, front),
        ("a missing page", 404, app.page("/nowhere", "").await),
        ("what REST answers", 200, app.get("/api/games").await),
        ("what REST refuses", 404, app.get("/api/nowhere").await),
        ("a page's function", 200, app.post(function, &choice).await),
        ("a file of the build", 200, app.get("/pkg/club.css").await),
        ("a file that is gone", 404, app.get("/pkg/old.css").await),
        ("a public file", 200, app.get("/robots.txt").await),
        ("the health check", 200, app.get("/health").await),
        ("no room", 503, full.get("/api/games").await),
        ("no room for a page", 503, full.page("/", "").await),
    ] {
        assert_eq!(answer.status, status, "{what}: {answer:?}");
        assert_eq!(answer.header("x-build"), build, "{what}");
    }
}

#[apply(both_engines)]
async fn in_production_browsers_are_told_to_stay_with_https(club: Club) {
    let app = TestApp::in_production(&club, |_| ()).await;
    assert!(
        app.get("/health")
            .await
            .header("strict-transport-security")
            .contains("max-age=")
    );
}
