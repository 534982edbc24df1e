//! The document says what the server does.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

pub(crate) fn operations() -> Vec<(String, String, Value)> {
    let document: Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    let of_path = |(path, item): (String, Value)| {
        let methods = item.as_object().unwrap().clone();
        methods
            .into_iter()
            .map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
            .collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of_path).collect()
}

#[test]
fn the_committed_document_is_fresh() {
    let committed = include_str!("../../openapi.json");
    assert!(
        committed == server::openapi::json(),
        "server/openapi.json is stale; refresh it with: cargo run -p server -- openapi > server/openapi.json"
    );
}

#[test]
fn no_path_and_no_operation_is_documented_twice() {
    let (mut places, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for (method, path, operation) in operations() {
        let shape: Vec<&str> = path
            .split('/')
            .map(|part| if part.starts_with('{') { "{}" } else { part })
            .collect();
        assert!(
            places.insert((method.clone(), shape.join("/"))),
            "{method} {path} twice"
        );
        let id = operation["operationId"].as_str().unwrap().to_owned();
        assert!(ids.insert(id.clone()), "{id} twice");
        assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{id}");
        assert!(operation["responses"]["default"].is_object(), "{id}");
    }
}

#[test]
fn what_a_path_takes_stands_in_it_and_nothing_else_does() {
    for (method, path, operation) in operations() {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let of_path = parameters.filter(|parameter| parameter["in"] == "path");
        let named: BTreeSet<&str> = of_path
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        let parts = path.split('/').filter_map(|part| part.strip_prefix('{'));
        let stands: BTreeSet<&str> = parts.filter_map(|part| part.strip_suffix('}')).collect();
        assert_eq!(named, stands, "{method} {path}");
    }
}

#[test]
fn what_is_guarded_says_so() {
    for (method, path, operation) in operations() {
        let is_guarded = operation["security"].is_array();
        assert_eq!(
            is_guarded && operation["responses"]["401"].is_object(),
            is_guarded,
            "{method} {path}"
        );
    }
}

#[apply(both_engines)]
async fn every_documented_call_answers(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for (method, path, operation) in operations() {
        let path = path
            .replace("{user_id}", &ann.id.to_string())
            .replace("{product_id}", "frame_neon")
            .replace(['{', '}'], "");
        let request = app.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        let answer = Answer::to(request).await;
        assert!(
            !matches!(answer.status, 404 | 405 | 500),
            "{method} {path}: {answer:?}"
        );
        // What shows a token, or a signature, in another way.
        let is_proved = path.ends_with("refresh") || path.ends_with("webhook/payment");
        assert_eq!(
            answer.status == 401,
            operation["security"].is_array() || is_proved,
            "{method} {path}"
        );
    }
}

#[apply(both_engines)]
async fn the_document_and_its_reader_are_served(club: Club) {
    let app = TestApp::serve(&club).await;
    let served = app.get("/openapi.json").await.with(200);
    assert_eq!(
        served,
        serde_json::from_str::<Value>(&server::openapi::json()).unwrap()
    );
    assert_eq!(app.get("/docs").await.header("location"), "/docs/");
    let reader = app.get("/docs/").await;
    assert_eq!(reader.status, 200);
    assert!(
        !reader.text.contains("https://"),
        "the reader loads only what is here"
    );
    for file in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-initializer.js",
    ] {
        assert_eq!(
            app.get(&format!("/docs/{file}")).await.status,
            200,
            "{file}"
        );
    }
}
