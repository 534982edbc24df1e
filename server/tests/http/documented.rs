//! What the document says of a call, held against what the server answers in every test.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::sync::LazyLock;

use reqwest::{Method, Url};
use serde_json::Value;

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
    statuses: BTreeMap<String, String>,
}

static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let paths = document["paths"].as_object().unwrap();
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

fn statuses(operation: &Value) -> BTreeMap<String, String> {
    let responses = operation["responses"].as_object().unwrap().iter();
    let said = |response: &Value| response["description"].as_str().unwrap().to_owned();
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

/// Fails when a call of the document answers with a refusal that the document does not name for it.
pub(crate) fn expect_refusal(method: &Method, url: &Url, status: u16, text: &str) {
    let Some(call) = call_of(method, url) else {
        return;
    };
    let problem: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(code) = problem["code"].as_str() else {
        return;
    };
    let said = call.statuses.get(&status.to_string());
    let is_named = said.is_some_and(|said| said.contains(&format!("`{code}`")));
    assert!(
        is_named || OF_EVERY_CALL.contains(&code),
        "the document does not say that {method} {} may answer {status} `{code}`",
        call.path.join("/")
    );
    if let Some(mut met) = MET.as_ref() {
        let line = format!("{} {} {code}\n", call.method, call.path.join("/"));
        met.write_all(line.as_bytes()).unwrap();
    }
}
