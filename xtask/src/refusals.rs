//! The refusals that the document names, held against those that the tests met.
//!
//! That a call answers with no other is held by the tests themselves, at every answer.

use crate::shell;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENT: &str = "server/openapi.json";
const MET: &str = "target/refusals-met.txt";
/// Any call that writes may meet a writer that holds it up, which is tested below HTTP.
const OF_TROUBLE: &str = "in_progress";

/// Where the tests write what they meet: a line each of method, path and code.
pub(crate) fn met() -> Result<PathBuf> {
    let met = shell::absolute(MET);
    fs::write(&met, "").with_context(|| format!("emptying {MET}"))?;
    Ok(met)
}

/// Fails when the document names a refusal that no test met: either it cannot come, or it is not tried.
pub(crate) fn compare(met: &Path) -> Result<String> {
    let met = fs::read_to_string(met).with_context(|| format!("reading {MET}"))?;
    let met: BTreeSet<_> = met.lines().collect();
    let document = fs::read_to_string(DOCUMENT).with_context(|| format!("reading {DOCUMENT}"))?;
    let documented = documented(&serde_json::from_str(&document)?);
    ensure!(!documented.is_empty(), "{DOCUMENT} names no refusal");
    let unmet = documented.iter().filter(|it| !met.contains(it.as_str()));
    let unmet: Vec<_> = unmet.map(String::as_str).collect();
    ensure!(
        unmet.is_empty(),
        "{DOCUMENT} names refusals that no test met:\n{}",
        unmet.join("\n")
    );
    Ok(format!("{} documented refusals met", documented.len()))
}

fn documented(document: &Value) -> BTreeSet<String> {
    let codes = document["components"]["schemas"]["Code"]["enum"].as_array();
    let codes = codes.into_iter().flatten().filter_map(Value::as_str);
    let codes: Vec<_> = codes.filter(|code| *code != OF_TROUBLE).collect();
    let mut documented = BTreeSet::new();
    for (path, method, status, response) in responses(document) {
        let words = response["description"].as_str().unwrap_or_default();
        // What any call may answer is said of no status.
        let named = codes
            .iter()
            .filter(|code| status != "default" && words.contains(&format!("`{code}`")));
        documented.extend(named.map(|code| format!("{} {path} {code}", method.to_uppercase())));
    }
    documented
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Path, method, status and response of everything that a call may answer.
fn responses(document: &Value) -> impl Iterator<Item = (&str, &str, &str, &Value)> {
    entries(&document["paths"]).flat_map(move |(path, item)| {
        entries(item).flat_map(move |(method, operation)| {
            entries(&operation["responses"]).map(move |(status, response)| {
                (path.as_str(), method.as_str(), status.as_str(), response)
            })
        })
    })
}
