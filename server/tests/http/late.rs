//! Cash-outs whose last byte comes late: they came in when it did.

use std::path::Path;

use games::crash::curve;
use serde_json::{Value, json};
use testkit::{apply, both_engines};

use crate::answer::Answer;
use crate::app::TestApp;
use crate::crash_game::long_round;
use crate::member::Member;
use crate::page_calls::path_of;
use crate::raw::{CONTINUE, Raw};
use crate::sources;

/// When the head of each comes: milliseconds after its round began.
const HEAD_MS: i64 = 3_000;
const STAKE: i64 = 50;

/// By which of the two doors a click comes.
#[derive(Clone, Copy, Debug)]
enum By {
    Rest,
    Page,
}

const DOORS: [By; 2] = [By::Rest, By::Page];

#[apply(both_engines)]
async fn a_cash_out_is_paid_as_of_its_last_byte(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for by in DOORS {
        let (_, answer) = clicks(&app, &ann, by, 3_500).await;
        let taken = answer.with(200);
        let curve = curve(HEAD_MS + 3_500).hundredths();
        assert_eq!(taken["payout"], STAKE * curve / 100, "{by:?}");
    }
}

#[apply(both_engines)]
async fn a_cash_out_whose_last_byte_comes_after_the_crash_is_paid_nothing(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for by in DOORS {
        let (round, answer) = clicks(&app, &ann, by, 120_000).await;
        assert_eq!(answer.status, 404, "{by:?}: {answer:?}");
        assert!(answer.text.contains("not_found"), "{by:?}: {answer:?}");
        assert_eq!(ann.stands_at().await.0, round["balance"], "{by:?}");
    }
}

/// Bets, and takes the curve with a body whose last byte comes so late after the head. Gives the round,
/// and what is answered.
async fn clicks(app: &TestApp, ann: &Member, by: By, late_ms: i64) -> (Value, Answer) {
    let round = long_round(&app.club, ann, &json!({"bet_amount": STAKE})).await;
    app.club.clock.advance_millis(HEAD_MS);
    let click = json!({"game_id": round["game_id"], "key": format!("{by:?}")});
    // Of a body of which much has come the last byte may take longer, on a machine that is slow.
    let body = format!("{}{click}", " ".repeat(60_000));
    let (most, last) = body.split_at(body.len() - 1);
    let (bearer, cookies) = (format!("Bearer {}", ann.access), ann.cookies());
    let (path, who) = match by {
        By::Rest => (
            "/api/games/crash/cashout",
            vec![("Authorization", &*bearer)],
        ),
        By::Page => (
            path_of("cash_out"),
            vec![("Cookie", &*cookies), ("Origin", &*app.base)],
        ),
    };
    let headers = [vec![("Connection", "close")], who].concat();
    let mut connection = Raw::open(&app.base).await;
    let request = format!("POST {path}");
    let heard = connection.begin(&request, &headers, body.len()).await;
    assert!(heard.starts_with(CONTINUE), "{by:?}: {heard}");
    connection.say(most).await;
    app.club.clock.advance_millis(late_ms);
    connection.say(last).await;
    (round, connection.answer().await)
}

#[test]
fn only_what_reads_bodies_says_when_a_request_came_in() {
    let all = sources::within(&["src", "../app/src", "../crates"]).into_iter();
    // Tests and examples say what they like.
    let of_the_club = all.filter(|(path, _)| path.iter().any(|part| part == "src"));
    let found = of_the_club.filter(|(_, code)| code.lines().any(makes_an_arrival));
    let found: Vec<_> = found.map(|(path, _)| path).collect();
    assert_eq!(found, [Path::new("src/layers/body.rs")]);
}

#[test]
fn an_arrival_that_is_made_is_told_from_one_that_is_taken_apart() {
    for line in [
        "let arrival = Arrival(state.backend.clock().now());",
        "extensions.insert(backend::Arrival(now)); // Arrival(at): Arrival",
        "Some(Arrival(",
        "assert!(arrival == Arrival(now) == true);",
    ] {
        assert!(makes_an_arrival(line), "{line}");
    }
    for line in [
        "pub struct Arrival(pub Timestamp);",
        "Arrival(arrival): Arrival,",
        "let Arrival(at) = arrival;",
        "Extension(arrival): Extension<Arrival>,",
        "/// An Arrival(now).",
        "NoArrival(now)",
    ] {
        assert!(!makes_an_arrival(line), "{line}");
    }
}

fn makes_an_arrival(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let Some((before, after)) = code.split_once("Arrival(") else {
        return false;
    };
    let is_another = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    let is_declared = before.ends_with("struct ");
    let after = after.split_once(')').map(|(_, after)| after.trim_start());
    let is_taken_apart = after.is_some_and(|after| {
        after.starts_with(':') || after.starts_with('=') && !after.starts_with("==")
    });
    !is_another && !is_declared && !is_taken_apart
}
