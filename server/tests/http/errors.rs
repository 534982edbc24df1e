//! What nothing answers, and what answers when there is no room.

use reqwest::Method;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;

#[apply(both_engines)]
async fn an_unknown_path_under_api_is_a_problem_and_never_a_page(club: Club) {
    let app = TestApp::serve(&club).await;
    for path in [
        "/api",
        "/api/nowhere",
        "/api/%ff",
        "/api/fn/nowhere",
        "/api/",
        "/api/auth",
        "/api/users/1/profile",
        "/api/users/profile/",
    ] {
        let request = app.request(Method::GET, path).header("accept", "text/html");
        Answer::to(request).await.refused(404, "not_found");
    }
}

#[apply(both_engines)]
async fn a_known_path_with_another_method_is_405(club: Club) {
    let app = TestApp::serve(&club).await;
    for (method, path) in [
        (Method::DELETE, "/api/users/profile"),
        (Method::GET, "/api/auth/login"),
        (Method::PUT, "/api/games"),
    ] {
        let answer = Answer::to(app.request(method, path)).await;
        answer.refused(405, "method_not_allowed");
        assert_ne!(answer.header("allow"), "");
    }
}

#[apply(both_engines)]
async fn what_the_club_says_of_itself_refuses_other_methods_in_a_problem(club: Club) {
    let app = TestApp::serve(&club).await;
    for (method, path) in [
        (Method::DELETE, "/health"),
        (Method::POST, "/ready"),
        (Method::POST, "/metrics"),
        (Method::PUT, "/openapi.json"),
        (Method::DELETE, "/api/games/slot/spin"),
    ] {
        for accept in ["*/*", "text/html"] {
            let request = app.request(method.clone(), path).header("accept", accept);
            let answer = Answer::to(request).await;
            answer.refused(405, "method_not_allowed");
            assert_ne!(answer.header("allow"), "", "{path}");
        }
    }
}

#[apply(both_engines)]
async fn a_path_that_cannot_be_read_is_a_problem(club: Club) {
    let app = TestApp::serve(&club).await;
    for (path, status, code) in [
        ("/api/games/%ff", 404, "unknown_game"),
        ("/api/games/%ff/spin", 404, "unknown_game"),
        ("/api/games/slot/%ff", 404, "unknown_game"),
        ("/api/shop/price/%ff", 422, "invalid"),
    ] {
        for accept in ["*/*", "text/html"] {
            let request = app.request(Method::GET, path).header("accept", accept);
            Answer::to(request).await.refused(status, code);
        }
    }
}

#[apply(both_engines)]
async fn with_no_room_left_requests_are_asked_to_come_back_and_health_still_answers(club: Club) {
    let app = TestApp::serve_with(&club, |http| http.requests_at_once = 0).await;
    let answer = app.get("/api/games").await;
    answer.refused(503, "unavailable");
    assert_eq!(answer.header("retry-after"), "1");
    app.get("/health").await.with(200);
    assert_eq!(app.get("/ready").await.status, 204);
}

#[apply(both_engines)]
async fn without_a_database_a_request_is_unavailable_and_says_nothing_of_why(club: Club) {
    let app = TestApp::serve(&club).await;
    club.backend.db().close().await;
    let answer = app.get("/api/users/1").await;
    let problem = answer.refused(503, "unavailable");
    assert!(
        !problem["detail"]
            .as_str()
            .unwrap()
            .to_lowercase()
            .contains("pool"),
        "{problem}"
    );
}
