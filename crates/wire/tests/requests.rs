//! Nothing that is asked with has a shape that serde reads through one of its own, by the text of the
//! sources. There a list stands for a struct again, whatever reader reads it: see `wire::read`.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the types of requests stand, and the types of their fields.
const FOLDERS: [&str; 6] = [
    "src",
    "../economy/src",
    "../games/src",
    "../progress/src",
    "../../app/src",
    "../../server/src/routes",
];
/// What makes serde read through a shape of its own.
const KEPT_BY_SERDE: [&str; 3] = ["untagged", "flatten", "tag"];
/// Types that have such a shape and are never asked with.
const ANSWERS: [(&str, &str); 5] = [
    ("End", "how a round of crash ended, in rows and answers"),
    ("GameStats", "an answer"),
    ("Notice", "a message of the club, in rows and answers"),
    ("Play", "what a hand was, in rows and answers"),
    ("Value", "a place on a leaderboard, in answers"),
];

#[test]
fn requests_have_no_shape_that_serde_reads_in_its_own_way() {
    let mut found = BTreeSet::new();
    for (_, code) in sources() {
        found.extend(read_through_serde(&code));
    }
    let answers = ANSWERS.map(|(name, _)| name.to_owned());
    assert_eq!(found, BTreeSet::from(answers));
}

#[test]
fn no_page_function_lifts_its_fields_by_serde() {
    let lifts = sources()
        .into_iter()
        .filter_map(|(path, code)| code.contains("#[server(flatten").then_some(path));
    let found: Vec<_> = lifts.collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn such_a_shape_is_found_wherever_it_is_written() {
    let code = "
#[derive(Clone, Deserialize)]
#[serde(rename_all = \"snake_case\", tag = \"kind\")]
pub enum Tagged { A }

#[derive(
    Clone, Deserialize,
)]
struct Lifted {
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Written { A }

#[derive(Deserialize)]
struct Plain {
    #[serde(default, alias = \"tag\", rename = \"flatten\")]
    tag: String,
}
";
    let found = ["Lifted", "Tagged"].map(str::to_owned);
    assert_eq!(read_through_serde(code), BTreeSet::from(found));
}

/// The types of a source that are read, by what serde derives, through a shape of its own.
fn read_through_serde(code: &str) -> BTreeSet<String> {
    let items = code.split("#[derive(").skip(1);
    let is_found = |item: &&str| {
        let derived = item.split(')').next().unwrap();
        derived.contains("Deserialize") && attributes(item).any(|it| KEPT_BY_SERDE.contains(&it))
    };
    items.filter(is_found).map(name).collect()
}

/// The names in the `serde` attributes of an item.
fn attributes(item: &str) -> impl Iterator<Item = &str> {
    let lists = item.split("#[serde(").skip(1);
    let lists = lists.map(|list| list.split(")]").next().unwrap());
    let parts = lists.flat_map(|list| list.split(','));
    parts.map(|part| part.split('=').next().unwrap().trim())
}

/// What an item is called.
fn name(item: &str) -> String {
    let mut words = item.split([' ', '\n', '(', '<', '{']);
    words.find(|word| ["struct", "enum"].contains(word));
    words.next().unwrap_or_default().to_owned()
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let code = fs::read_to_string(&path).unwrap();
                found.push((path, code));
            }
        }
    }
    found
}
