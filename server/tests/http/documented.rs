//! What the document says of a call, held against what the server answers in every test.

mod shape;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::sync::LazyLock;

use reqwest::{Method, Url};
use serde_json::Value;

use crate::answer::Answer;

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
const EVENTS: &str = "text/event-stream";
/// What every call may answer, whatever it does.
const OF_EVERY_CALL: [&str; 5] = [
    "in_progress",
    "timed_out",
    "unavailable",
    "internal",
    "method_not_allowed",
];

/// A call of the document: the parts of its path, and what it says of each status.
struct Call {
    method: String,
    path: Vec<String>,
    statuses: BTreeMap<String, Said>,
}

/// What the document says of a status.
struct Said {
    words: String,
    /// The shape of each type of content; nothing where there is no content.
    contents: BTreeMap<String, Value>,
}

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&server::openapi::json()).unwrap());

static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| Call {
            method: method.to_uppercase(),
            path: path.split('/').map(str::to_owned).collect(),
            statuses: statuses(operation),
        })
    });
    calls.collect()
});

/// Where `cargo xtask test` reads afterwards which documented refusals no test has met.
static MET: LazyLock<Option<File>> = LazyLock::new(|| {
    #[expect(clippy::disallowed_methods, reason = "it is no setting of the club")]
    let path = std::env::var_os("REFUSALS_MET")?;
    let file = File::options().create(true).append(true).open(path);
    Some(file.unwrap())
});

fn statuses(operation: &Value) -> BTreeMap<String, Said> {
    let responses = operation["responses"].as_object().unwrap().iter();
    let said = |response: &Value| {
        let contents = response["content"].as_object().into_iter().flatten();
        Said {
            words: response["description"].as_str().unwrap().to_owned(),
            contents: contents
                .map(|(kind, content)| (kind.clone(), content["schema"].clone()))
                .collect(),
        }
    };
    responses
        .map(|(status, response)| (status.clone(), said(response)))
        .collect()
}

/// The call of the document that a request is for. Of two, that without parameters.
fn call_of(method: &Method, url: &Url) -> Option<&'static Call> {
    let parts: Vec<&str> = url.path().split('/').collect();
    let is_at = |call: &&Call| {
        let is_part = |(said, given): (&String, &&str)| said.starts_with('{') || said == given;
        call.path.len() == parts.len() && call.path.iter().zip(&parts).all(is_part)
    };
    let of_method = CALLS.iter().filter(|call| call.method == method.as_str());
    let parameters = |call: &&Call| call.path.iter().filter(|it| it.starts_with('{')).count();
    of_method.filter(is_at).min_by_key(parameters)
}

impl Call {
    /// What of an answer is not as the document has it.
    fn check(&self, status: u16, kind: &str, text: &str) -> Result<(), String> {
        if kind == PROBLEM {
            return self.check_refusal(status, text);
        }
        let said = self.statuses.get(&status.to_string());
        let said = said.ok_or_else(|| format!("nothing is said of {status}"))?;
        if said.contents.is_empty() {
            let is_empty = text.is_empty().then_some(());
            return is_empty.ok_or_else(|| format!("nothing is said of a body with {status}"));
        }
        let shape = said.contents.get(kind);
        let shape = shape.ok_or_else(|| format!("nothing is said of {kind:?} with {status}"))?;
        match kind {
            JSON => check_shape(shape, text),
            _ => Ok(()),
        }
    }

    /// A refusal is of one shape everywhere; each code is named with its status.
    fn check_refusal(&self, status: u16, text: &str) -> Result<(), String> {
        let any = self.statuses.get("default");
        let shape = any.and_then(|said| said.contents.get(PROBLEM));
        check_shape(shape.ok_or("nothing is said of refusals")?, text)?;
        let code = code_of(text).ok_or("a refusal without a code")?;
        let said = self.statuses.get(&status.to_string());
        let is_named = said.is_some_and(|said| said.words.contains(&format!("`{code}`")));
        match is_named || OF_EVERY_CALL.contains(&&*code) {
            true => Ok(()),
            false => Err(format!("nothing is said of {status} `{code}`")),
        }
    }
}

fn check_shape(shape: &Value, text: &str) -> Result<(), String> {
    let body: Value = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let faults = shape::faults(shape, &body);
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("; ")),
    }
}

/// The code of a refusal.
fn code_of(text: &str) -> Option<String> {
    let problem: Value = serde_json::from_str(text).ok()?;
    problem["code"].as_str().map(str::to_owned)
}

/// Fails when a call of the document answers with what the document does not say of it: another status,
/// another type, a body of another shape, or a refusal that it does not name.
pub(crate) fn expect(method: &Method, url: &Url, answer: &Answer) {
    let Some(call) = call_of(method, url) else {
        return;
    };
    let kind = answer.header("content-type").split(';').next();
    let checked = call.check(answer.status, kind.unwrap_or_default().trim(), &answer.text);
    if let Err(fault) = checked {
        let path = call.path.join("/");
        panic!("the document of {method} {path}: {fault}; it answered {answer:?}");
    }
    let code = code_of(&answer.text).filter(|_| answer.status >= 400);
    if let (Some(code), Some(mut met)) = (code, MET.as_ref()) {
        let line = format!("{} {} {code}\n", call.method, call.path.join("/"));
        met.write_all(line.as_bytes()).unwrap();
    }
}

/// Fails when an event of a stream of the document is not of the shape that it says.
pub(crate) fn expect_event(url: &Url, event: &str) {
    if let Err(fault) = check_event(url, event) {
        panic!("the document of {}: {fault}; it sent {event}", url.path());
    }
}

/// Fails when a message of a WebSocket of the document is not of the shape that it says.
pub(crate) fn expect_message(url: &Url, message: &str) {
    if let Err(fault) = check_message(url, message) {
        panic!("the document of {}: {fault}; it sent {message}", url.path());
    }
}

fn check_event(url: &Url, event: &str) -> Result<(), String> {
    check_sent(url, "200", EVENTS, event)
}

fn check_message(url: &Url, message: &str) -> Result<(), String> {
    check_sent(url, "101", JSON, message)
}

/// What of something that came after an answer is not as the document has it with that answer.
fn check_sent(url: &Url, status: &str, kind: &str, text: &str) -> Result<(), String> {
    let call = call_of(&Method::GET, url).ok_or("the document has no such call")?;
    let said = call.statuses.get(status);
    let shape = said.and_then(|said| said.contents.get(kind));
    let shape = shape.ok_or_else(|| format!("nothing is said of {kind:?} with {status}"))?;
    check_shape(shape, text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wire::live::{Frame, Topic};

    use super::*;

    fn checked(
        method: Method,
        path: &str,
        status: u16,
        kind: &str,
        body: &Value,
    ) -> Result<(), String> {
        let url = format!("http://club.example{path}").parse().unwrap();
        let call = call_of(&method, &url).unwrap();
        let text = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        call.check(status, kind, &text)
    }

    #[test]
    fn an_answer_is_of_the_status_the_type_and_the_shape_that_are_said() {
        let balance = |status, kind, body: Value| {
            checked(Method::GET, "/api/users/balance", status, kind, &body)
        };
        let whole = json!({"cyber_token_balance": 5, "seq": 2});
        balance(200, JSON, whole.clone()).unwrap();
        let more = json!({"cyber_token_balance": 5, "seq": 2, "unsaid": true});
        balance(200, JSON, more).unwrap();
        for (status, kind, body, fault) in [
            (201, JSON, whole.clone(), "nothing is said of 201"),
            (302, "", Value::Null, "nothing is said of 302"),
            (200, "text/html", whole, "nothing is said of \"text/html\""),
            (200, JSON, Value::Null, "no JSON"),
            (200, JSON, json!({"cyber_token_balance": 5}), "seq"),
            (
                200,
                JSON,
                json!({"cyber_token_balance": "5", "seq": 2}),
                "/cyber_token_balance",
            ),
            (
                200,
                JSON,
                json!({"cyber_token_balance": 5.5, "seq": 2}),
                "/cyber_token_balance",
            ),
            (200, JSON, json!([5, 2]), "object"),
        ] {
            let found = balance(status, kind, body.clone()).unwrap_err();
            assert!(found.contains(fault), "{fault} in {found} of {body}");
        }
        let logout = |body| checked(Method::POST, "/api/auth/logout", 204, "", &body);
        logout(Value::Null).unwrap();
        assert!(logout(json!({})).is_err());
    }

    #[test]
    fn what_lies_deeper_is_read_too() {
        let current = |session, now| {
            let body = json!({"available": true, "session": session, "now": now});
            let path = "/api/games/crash/debug/current";
            checked(Method::GET, path, 200, JSON, &body)
        };
        let now = "2026-01-01T00:00:00Z";
        let round = json!({"game_id": "g", "bet_amount": 10, "started_at": now});
        current(Value::Null, now).unwrap();
        current(round.clone(), now).unwrap();
        assert!(current(Value::Null, "yesterday").is_err());
        let mut odd = round;
        odd["game_id"] = json!(7);
        assert!(current(odd, now).is_err());
        let stats = |body: &Value| checked(Method::GET, "/api/games/stats/1", 200, JSON, body);
        let mut seen = json!({
            "user_id": 1, "period": "all", "hands": 0, "rated_hands": 0, "wins": 0,
            "best_multiplier": 0.0, "largest_win": 0, "current_streak": 0, "best_streak": 0,
        });
        stats(&seen).unwrap();
        seen["staked"] = json!("nothing");
        assert!(stats(&seen).is_err());
    }

    #[test]
    fn a_refusal_is_of_one_shape_and_is_named() {
        let refused = |status, kind, body: &Value| {
            checked(Method::GET, "/api/users/balance", status, kind, body)
        };
        let problem = |status, code| {
            json!({
                "type": "about:blank", "title": "No", "status": status, "detail": "No.",
                "code": code, "request_id": "r",
            })
        };
        refused(401, PROBLEM, &problem(401, "unauthenticated")).unwrap();
        refused(503, PROBLEM, &problem(503, "unavailable")).unwrap();
        for (status, code) in [
            (404, "not_found"),
            (403, "unauthenticated"),
            (401, "no_code"),
        ] {
            let found = refused(status, PROBLEM, &problem(status, code));
            assert!(found.is_err(), "{status} {code}");
        }
        let mut bare = problem(401, "unauthenticated");
        bare.as_object_mut().unwrap().remove("title");
        assert!(refused(401, PROBLEM, &bare).is_err());
        let plain = problem(401, "unauthenticated");
        assert!(refused(401, JSON, &plain).is_err());
    }

    /// What of it is not as the document has it: as an event, and as a message of each WebSocket.
    fn sent(said: &Value) -> (Result<(), String>, [Result<(), String>; 2]) {
        let at = |path: &str| -> Url { format!("http://club.example{path}").parse().unwrap() };
        let text = said.to_string();
        let sockets = ["/ws/notifications/1", "/ws/game-stats/1"];
        (
            check_event(&at("/sse/notifications/1"), &text),
            sockets.map(|path| check_message(&at(path), &text)),
        )
    }

    #[test]
    fn a_message_of_the_live_channel_needs_the_type_that_it_has() {
        for said in [
            json!({"type": "HELLO", "recovered": true, "epoch": "e", "last_id": 3}),
            json!({
                "id": 7, "epoch": "e", "topic": "progress", "priority": "normal",
                "type": "ACHIEVEMENT", "data": {"code": "first_hand", "reward": 50},
                "at": "2026-01-01T00:00:00Z",
            }),
            json!({
                "topic": "account", "type": "BALANCE",
                "data": {"cyber_token_balance": 5, "seq": 2},
            }),
        ] {
            assert_eq!(sent(&said), (Ok(()), [Ok(()), Ok(())]), "{said}");
            let mut other = said.clone();
            other["type"] = json!("SOMETHING_NEW");
            let mut bare = said;
            bare.as_object_mut().unwrap().remove("type");
            for odd in [other, bare] {
                let (event, messages) = sent(&odd);
                assert!(event.is_err(), "{odd}");
                assert!(messages.iter().all(Result::is_err), "{odd}");
            }
        }
    }

    #[test]
    fn a_pong_comes_over_sockets_only_and_a_goodbye_as_an_event_only() {
        let (event, messages) = sent(&json!({"type": "PONG"}));
        assert!(event.is_err());
        assert!(messages.iter().all(Result::is_ok), "{messages:?}");
        let (event, messages) = sent(&json!({"code": 4_401}));
        assert_eq!(event, Ok(()));
        assert!(messages.iter().all(Result::is_err));
        let (event, _) = sent(&json!({"code": "4401"}));
        assert!(event.is_err());
    }

    #[test]
    fn the_frames_of_a_client_are_in_the_document() {
        let shape = json!({"$ref": "#/components/schemas/Frame"});
        let topics = vec![Topic::Club];
        for frame in [
            Frame::Subscribe {
                topics: topics.clone(),
            },
            Frame::Unsubscribe { topics },
            Frame::Ping,
        ] {
            check_shape(&shape, &serde_json::to_string(&frame).unwrap()).unwrap();
        }
        for odd in [
            json!({"op": "subscribe"}),
            json!({"op": "dance"}),
            json!({}),
        ] {
            assert!(check_shape(&shape, &odd.to_string()).is_err(), "{odd}");
        }
    }

    #[test]
    fn every_shape_of_the_document_can_be_checked() {
        let saids = CALLS.iter().flat_map(|call| call.statuses.values());
        for shape in saids.flat_map(|said| said.contents.values()) {
            shape::faults(shape, &Value::Null);
        }
    }
}
