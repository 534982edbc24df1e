//! Calls of pages, by somebody who is no page of ours.

use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::member::Member;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Where a server function is, which has a hash in its address.
pub(crate) fn path_of(function: &str) -> &'static str {
    let prefix = format!("/api/fn/{function}");
    let is_it = |path: &&str| {
        let hash = path.strip_prefix(&prefix);
        hash.is_some_and(|hash| hash.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let mut paths = server_fn_paths().map(|(path, _)| path);
    paths.find(is_it).unwrap_or_else(|| panic!("no {function}"))
}

async fn sends(member: &Member, path: &str, kind: &str, body: &[u8]) -> Answer {
    let request = member
        .request(Method::POST, path)
        .header("content-type", kind);
    Answer::to(request.body(body.to_vec())).await
}

/// A refusal with this status; gives back its body.
#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) -> Value {
    let refusal = answer.with(status)["refused"].clone();
    assert_eq!(refusal["code"], code, "{answer:?}");
    refusal
}

/// A 422 that names this field.
#[track_caller]
fn refuses_field(answer: &Answer, field: &str) {
    let refusal = refused(answer, 422, "invalid");
    assert_eq!(refusal["fields"][0]["field"], field, "{answer:?}");
}

#[apply(both_engines)]
async fn what_no_page_function_can_read_is_malformed(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let all: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(!all.is_empty(), "there are page functions");
    for path in all {
        for (kind, body) in [
            (JSON, &b"x=1"[..]),
            (JSON, b""),
            (JSON, b"[]"),
            (JSON, b"\xff\xfe"),
            (FORM, b"\xff\xfe"),
            (FORM, b"x=%ff"),
            ("text/plain", b"x=1"),
            ("application/octet-stream", b"\x00\xff"),
        ] {
            let answer = sends(&ann, path, kind, body).await;
            refused(&answer, 400, "malformed_body");
        }
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn every_page_function_names_a_field_that_is_there_twice(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for (path, _) in server_fn_paths() {
        for (kind, body) in [
            (JSON, &br#"{"twice":1,"twice":1}"#[..]),
            (FORM, b"twice=1&twice=1"),
        ] {
            let answer = sends(&ann, path, kind, body).await;
            refuses_field(&answer, "twice");
        }
    }
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_form_of_something_else_is_malformed(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    for function in [
        "sign_up",
        "log_in",
        "spin",
        "throw",
        "pull",
        "place_bet",
        "equip_item",
        "set_language",
        "set_motion",
        "change_nickname",
    ] {
        let answer = sends(&ann, path_of(function), FORM, b"x=1").await;
        refused(&answer, 400, "malformed_body");
    }
    assert_eq!(ann.stands_at().await, stood);
}

/// It goes back to its page, as with every other refusal.
#[apply(both_engines)]
async fn a_plain_form_that_cannot_be_read_leads_back(club: Club) {
    let app = TestApp::serve(&club).await;
    for body in ["x=1", "site_id=%ff", "site_id=a&site_id=a"] {
        let request = app
            .request(Method::POST, path_of("log_in"))
            .header("accept", "text/html")
            .header("content-type", FORM);
        let answer = Answer::to(request.body(body)).await;
        assert_eq!((answer.status, answer.header("location")), (302, "/"));
    }
}

#[apply(both_engines)]
async fn a_page_function_refuses_what_rest_refuses(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let spin = path_of("spin");
    let list = sends(&ann, spin, JSON, br#"[10, 1, "k"]"#).await;
    refused(&list, 400, "malformed_body");
    for (body, field) in [
        (r#"{"bet_amount":[10],"lines":1,"key":"k"}"#, "bet_amount"),
        (r#"{"bet_amount":"10","lines":1,"key":"k"}"#, "bet_amount"),
        (r#"{"bet_amount":10,"lines":1}"#, "key"),
        (
            r#"{"bet_amount":10,"lines":1,"lines":1,"key":"k"}"#,
            "lines",
        ),
        (r#"{"bet_amount":10,"lines":1,"key":"a\u0000b"}"#, "key"),
    ] {
        let answer = sends(&ann, spin, JSON, body.as_bytes()).await;
        refuses_field(&answer, field);
    }
    for (body, field) in [
        ("bet_amount=ten&lines=1&key=k", "bet_amount"),
        ("bet_amount=10.5&lines=1&key=k", "bet_amount"),
        ("bet_amount=10&lines=1&lines=1&key=k", "lines"),
        ("bet_amount=10&lines=1&key=a%00b", "key"),
    ] {
        let answer = sends(&ann, spin, FORM, body.as_bytes()).await;
        refuses_field(&answer, field);
    }
    let throw = br#"{"choice":{"rock":null},"bet_amount":10,"key":"k"}"#;
    refuses_field(&sends(&ann, path_of("throw"), JSON, throw).await, "choice");
    let choice = br#"{"choice":[null,"all","net"]}"#;
    let board = path_of("load_leaderboard");
    refuses_field(&sends(&ann, board, JSON, choice).await, "choice");
    let motion = sends(&ann, path_of("set_motion"), FORM, b"motion=wild&next=/").await;
    refuses_field(&motion, "motion");
    assert_eq!(ann.stands_at().await, stood);
}

#[apply(both_engines)]
async fn a_purchase_of_a_page_is_one_object_with_its_fields(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let buy = path_of("buy");
    let stood = ann.stands_at().await;
    let list = br#"["", "felt_midnight", "1", "", "", "", "", "k"]"#;
    refused(&sends(&ann, buy, JSON, list).await, 400, "malformed_body");
    let odd = br#"{"product_id":{"felt_midnight":null},"key":"k"}"#;
    refuses_field(&sends(&ann, buy, JSON, odd).await, "product_id");
    let twice = b"product_id=felt_midnight&product_id=felt_midnight&key=k";
    refuses_field(&sends(&ann, buy, FORM, twice).await, "product_id");
    assert_eq!(ann.stands_at().await, stood);
    let order = json!({"product_id": "felt_midnight", "key": "k"}).to_string();
    let bought = sends(&ann, buy, JSON, order.as_bytes()).await.with(200);
    let form = b"product_id=felt_midnight&key=k&quantity=";
    assert_eq!(sends(&ann, buy, FORM, form).await.with(200), bought);
}

#[apply(both_engines)]
async fn numbers_are_read_from_forms_and_however_json_writes_them(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let spin = path_of("spin");
    let json = br#"{"bet_amount":1e1,"lines":5.0,"key":"k"}"#;
    let first = sends(&ann, spin, JSON, json).await.with(200);
    let again = sends(&ann, spin, FORM, b"bet_amount=10&lines=5&key=k").await;
    assert_eq!(again.with(200), first, "the same hand of the same key");
}

#[apply(both_engines)]
async fn a_multiplier_of_a_page_is_not_rounded_either(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let stood = ann.stands_at().await;
    let bet = path_of("place_bet");
    let json = br#"{"bet_amount":10,"auto_cashout":2.000000000000000000001,"key":"k"}"#;
    refuses_field(&sends(&ann, bet, JSON, json).await, "auto_cashout");
    let form = b"bet_amount=10&auto_cashout=2.000000000000000000001&key=k";
    refuses_field(&sends(&ann, bet, FORM, form).await, "auto_cashout");
    assert_eq!(ann.stands_at().await, stood);
    let form = b"bet_amount=10&auto_cashout=2.500&key=k";
    let placed = sends(&ann, bet, FORM, form).await.with(200);
    assert_eq!(placed["auto_cashout_multiplier"], 2.5);
}
