//! What the reader of requests takes, and what it refuses and how.
#![cfg(feature = "read")]
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod bodies;
mod kinds;
mod numbers;
mod texts;

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wire::{AppError, Code, read};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Rock,
    Paper,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Inner {
    count: u8,
}

/// A shape of each kind.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Shapes {
    whole: i64,
    large: u64,
    small: u8,
    below: i32,
    part: f64,
    is_set: bool,
    text: String,
    word: Option<Word>,
    inner: Option<Inner>,
    list: Vec<Inner>,
    pair: Option<(i64, String)>,
    by_name: BTreeMap<String, i64>,
    maybe: Option<i64>,
    held: Option<Held>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Held {
    Nothing,
    One(i64),
    Two(i64, i64),
    Named { count: i64 },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Needed {
    #[serde(alias = "userName")]
    user_name: String,
    inner: Inner,
}

fn shapes(json: &str) -> Shapes {
    read::json(json.as_bytes()).unwrap()
}

/// The code of a refusal, with the field that it names and the word for what is wrong with it.
fn refusal<T: Debug>(read: Result<T, AppError>) -> (Code, String, String) {
    let error = read.unwrap_err();
    let fault = error.fields.into_iter().next();
    let (field, word) = fault
        .map(|fault| (fault.field, fault.code))
        .unwrap_or_default();
    (error.code, field, word)
}

#[track_caller]
fn refuses<T: DeserializeOwned + Debug>(json: &str, field: &str, word: &str) {
    let refused = refusal(read::json::<T>(json.as_bytes()));
    let expected = (Code::Invalid, field.to_owned(), word.to_owned());
    assert_eq!(refused, expected, "{json}");
}
