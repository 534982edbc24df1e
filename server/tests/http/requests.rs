//! Nothing that is asked with has a shape that serde reads through one of its own, by the text of the
//! sources. There a list stands for a struct again, whatever reader reads it: see `wire::read`.

use std::collections::BTreeSet;

use testkit::source;

use crate::sources;

/// Where the types of requests stand, and the types of their fields.
const FOLDERS: [&str; 6] = [
    "src",
    "../app/src",
    "../crates/economy/src",
    "../crates/games/src",
    "../crates/progress/src",
    "../crates/wire/src",
];
/// What makes serde read through a shape of its own.
const KEPT_BY_SERDE: [&str; 3] = ["untagged", "flatten", "tag"];
/// Types that have such a shape and are never asked with.
const ANSWERS: [(&str, &str); 10] = [
    (
        "../crates/games/src/crash/outcome.rs: End",
        "how a round of crash ended, in rows and answers",
    ),
    (
        "../crates/games/src/game.rs: Play",
        "what a hand was, in rows and answers",
    ),
    (
        "../crates/wire/src/desk.rs: MemberWhole",
        "a member with what a list says of them, an answer",
    ),
    (
        "../crates/wire/src/desk/purchase.rs: PurchaseRow",
        "a receipt with what only staff see of it, an answer",
    ),
    (
        "../crates/wire/src/desk/purchase.rs: PurchaseWhole",
        "the same with its payment and what it moved, an answer",
    ),
    (
        "../crates/wire/src/desk/timeline.rs: Moment",
        "something that happened to a member, an answer",
    ),
    (
        "../crates/wire/src/desk/timeline.rs: TimelineItem",
        "the same with its instant, an answer",
    ),
    (
        "../crates/wire/src/live.rs: Notice",
        "a message of the club, in rows and answers",
    ),
    ("../crates/wire/src/stats.rs: GameStats", "an answer"),
    (
        "../crates/wire/src/stats.rs: Value",
        "a place on a leaderboard, in answers",
    ),
];

#[test]
fn requests_have_no_shape_that_serde_reads_in_its_own_way() {
    let mut found = BTreeSet::new();
    for (path, code) in sources::within(&FOLDERS) {
        let names = read_through_serde(&code).into_iter();
        found.extend(names.map(|name| format!("{}: {name}", path.display())));
    }
    let answers = ANSWERS.map(|(place, _)| place.to_owned());
    assert_eq!(found, BTreeSet::from(answers));
}

#[test]
fn no_page_function_lifts_its_fields_by_serde() {
    let lifts = |code: &str| source::says(code, "server").contains("flatten");
    let all = sources::within(&FOLDERS).into_iter();
    let found = all.filter_map(|(path, code)| lifts(&code).then_some(path));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
    assert!(lifts(
        "#[server(protocol = Post)] fn f(#[server(default, flatten)] a: A) {}"
    ));
}

#[test]
fn such_a_shape_is_found_wherever_it_is_written() {
    let code = "
#[derive(Clone, Deserialize)]
#[serde(rename_all = \"snake_case\", tag = \"kind\")]
pub enum Tagged { A }

#[serde(untagged)]
#[derive(serde::Deserialize)]
enum Before { A }

#[derive(
    Clone, Deserialize,
)]
struct Lifted {
    #[serde(
        default,
        flatten,
    )]
    inner: Inner,
}

#[cfg_attr(feature = \"read\", derive(Deserialize))]
struct Wrapped {
    #[cfg_attr(feature = \"read\", serde(flatten))]
    inner: Inner,
}

fn within() {
    #[derive(Deserialize)] #[serde(tag = \"kind\", content = \"data\")] enum Within { A }
}

macro_rules! made {
    ($name:ident) => {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum $name { A }
    };
}
made!(Made);

#[derive(Serialize)]
#[serde(untagged)]
enum Written { A }

/// Has no #[serde(flatten)].
#[derive(Deserialize)]
struct Plain {
    #[serde(default, alias = \"tag\", rename = \"flatten\")]
    tag: String,
}
";
    let found = read_through_serde(code);
    let expected = [
        "$name", "Before", "Lifted", "Made", "Tagged", "Within", "Wrapped",
    ];
    assert_eq!(found, BTreeSet::from(expected.map(str::to_owned)));
}

/// The types of a source that are read, by what serde derives, through a shape of its own.
fn read_through_serde(code: &str) -> BTreeSet<String> {
    let is_found = |it: &source::Declared| {
        let says = it.says("serde");
        it.derives("Deserialize") && KEPT_BY_SERDE.iter().any(|word| says.contains(*word))
    };
    let types = source::types(code).into_iter();
    types.filter(is_found).map(|it| it.name).collect()
}
