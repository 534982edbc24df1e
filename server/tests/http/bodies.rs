//! Bodies that cannot be read.

use reqwest::Method;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;
use crate::raw::Raw;

const SPIN: &str = "/api/games/slot/spin";

#[apply(both_engines)]
async fn a_body_that_is_not_json_is_malformed(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let bodies: [&[u8]; 6] = [
        b"",
        b"{",
        b"bet_amount=10&lines=5",
        b"{\"bet_amount\": 10, \"lines\": 5} and more",
        b"{\"bet_amount\": 10, \"lines\": 5, \"note\": \"\xff\xfe\"}",
        b"\xef\xbb\xbf{\"bet_amount\": 10, \"lines\": 5}",
    ];
    for body in bodies {
        let request = ann
            .request(Method::POST, SPIN)
            .header("content-type", "application/json")
            .body(body.to_vec());
        Answer::to(request).await.refused(400, "malformed_body");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_body_of_another_type_is_415(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let request = ann
            .request(Method::POST, SPIN)
            .header("content-type", kind)
            .body("{\"bet_amount\": 10, \"lines\": 5}");
        Answer::to(request)
            .await
            .refused(415, "unsupported_media_type");
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_body_over_the_limit_is_413_whether_it_says_so_or_not(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let large = format!(
        "{{\"bet_amount\": 10, \"lines\": 5, \"note\": \"{}\"}}",
        "x".repeat(70_000)
    );
    let request = ann
        .request(Method::POST, SPIN)
        .header("content-type", "application/json")
        .body(large);
    let refused = Answer::to(request).await;
    refused.refused(413, "body_too_large");
    assert_eq!(
        refused.header("connection"),
        "close",
        "the rest is not read"
    );
    in_chunks(&app, &ann, 70_000)
        .await
        .refused(413, "body_too_large");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn both_spellings_and_unknown_fields_are_taken(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let body =
        serde_json::json!({"betAmount": 10, "lines": 5, "theme": "neon", "win_amount": 1_000_000});
    let answer = ann.post(SPIN, &body).await;
    assert_eq!(
        answer.header("connection"),
        "",
        "a body that is read ends nothing"
    );
    let spin = answer.with(200);
    assert_eq!(
        ann.stands_at().await.0,
        990 + spin["win_amount"].as_i64().unwrap()
    );
}

/// Sends a body in chunks, which does not say how long it is.
async fn in_chunks(app: &TestApp, member: &Member, length: usize) -> Answer {
    let mut connection = Raw::open(&app.base).await;
    let bearer = format!("Bearer {}", member.access);
    let headers = [
        ("Authorization", &*bearer),
        ("Content-Type", "application/json"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
    ];
    let request = format!("POST {SPIN}");
    connection.ask(&request, &headers).await;
    let chunk = format!("{length:x}\r\n{}\r\n0\r\n\r\n", " ".repeat(length));
    connection.say(&chunk).await;
    connection.answer().await
}
