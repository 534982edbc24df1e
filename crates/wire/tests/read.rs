//! What the reader of requests takes, and what it refuses and how.
#![cfg(feature = "read")]
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

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

#[track_caller]
fn is_malformed(json: &[u8]) {
    let refused = refusal(read::json::<Shapes>(json));
    assert_eq!(refused.0, Code::MalformedBody, "{json:?}");
    assert_eq!(refused.1, "", "no field is to blame: {json:?}");
}

#[test]
fn each_shape_is_read_as_itself() {
    let json = r#"{
        "whole": -7, "large": 18446744073709551615, "small": 255, "below": -2147483648, "part": 2.35,
        "is_set": true, "text": "\"한\u00e9\ud83d\ude00", "word": "paper", "inner": {"count": 1},
        "list": [{"count": 2}, {"count": 3}], "pair": [4, "four"], "by_name": {"a": 1, "b": 2},
        "maybe": null, "held": "nothing", "unknown": {"taken": [1, "for", null, true, 1.5, {}]}
    }"#;
    let expected = Shapes {
        whole: -7,
        large: u64::MAX,
        small: 255,
        below: i32::MIN,
        part: 2.35,
        is_set: true,
        text: "\"한é😀".to_owned(),
        word: Some(Word::Paper),
        inner: Some(Inner { count: 1 }),
        list: vec![Inner { count: 2 }, Inner { count: 3 }],
        pair: Some((4, "four".to_owned())),
        by_name: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]),
        maybe: None,
        held: Some(Held::Nothing),
    };
    assert_eq!(shapes(json), expected);
    assert_eq!(shapes(" {} \n"), Shapes::default());
}

#[test]
fn a_variant_that_holds_something_is_an_object_that_names_it() {
    for (json, held) in [
        (r#"{"one": 1}"#, Held::One(1)),
        (r#"{"two": [1, 2]}"#, Held::Two(1, 2)),
        (r#"{"named": {"count": 3}}"#, Held::Named { count: 3 }),
    ] {
        let read = shapes(&format!(r#"{{"held": {json}}}"#));
        assert_eq!(read.held, Some(held), "{json}");
    }
    for (json, field) in [
        (r#""one""#, "held"),
        (r#"["one", 1]"#, "held"),
        (r#"{"nothing": null}"#, "held"),
        (r#"{"one": 1, "two": [1, 2]}"#, "held"),
        (r#"{}"#, "held"),
        (r#"{"one": "1"}"#, "held.one"),
        (r#"{"two": {"0": 1, "1": 2}}"#, "held.two"),
        (r#"{"two": [1, "2"]}"#, "held.two[1]"),
        (r#"{"named": [3]}"#, "held.named"),
        (r#"{"named": {"count": "3"}}"#, "held.named.count"),
    ] {
        refuses::<Shapes>(&format!(r#"{{"held": {json}}}"#), field, "type");
    }
}

#[test]
fn no_shape_stands_for_another() {
    for (json, field) in [
        (r#"{"inner": [1]}"#, "inner"),
        (r#"{"inner": "count"}"#, "inner"),
        (r#"{"list": [[2]]}"#, "list[0]"),
        (r#"{"list": [{"count": 1}, [2]]}"#, "list[1]"),
        (r#"{"list": {"count": 1}}"#, "list"),
        (r#"{"list": null}"#, "list"),
        (r#"{"pair": {"0": 4, "1": "four"}}"#, "pair"),
        (r#"{"pair": [4]}"#, "pair"),
        (r#"{"pair": [4, "four", 4]}"#, "pair"),
        (r#"{"by_name": [["a", 1]]}"#, "by_name"),
        (r#"{"word": {"rock": null}}"#, "word"),
        (r#"{"word": ["rock"]}"#, "word"),
        (r#"{"word": 0}"#, "word"),
        (r#"{"word": "lizard"}"#, "word"),
        (r#"{"whole": "10"}"#, "whole"),
        (r#"{"whole": true}"#, "whole"),
        (r#"{"whole": null}"#, "whole"),
        (r#"{"whole": [10]}"#, "whole"),
        (r#"{"is_set": 1}"#, "is_set"),
        (r#"{"is_set": "true"}"#, "is_set"),
        (r#"{"part": "1.5"}"#, "part"),
        (r#"{"text": 7}"#, "text"),
        (r#"{"text": ["a"]}"#, "text"),
        (r#"{"text": {"a": null}}"#, "text"),
    ] {
        refuses::<Shapes>(json, field, "type");
    }
}

#[test]
fn a_whole_number_is_exact_however_it_is_written() {
    for written in ["10", "10.0", "1e1", "1E+1", "100e-1", "0.1e2", "10.000"] {
        let json = format!(
            r#"{{"whole": {written}, "large": {written}, "small": {written}, "below": {written}, "part": {written}}}"#
        );
        let read = shapes(&json);
        let all = (read.whole, read.large, read.small, read.below, read.part);
        assert_eq!(all, (10, 10, 10, 10, 10.0), "{written}");
    }
    for (written, number) in [
        ("-0", 0),
        ("-0.0", 0),
        ("0e99999999999999999999", 0),
        ("-1.50e2", -150),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("9223372036854775807.0", i64::MAX),
        ("-922337203685477580800e-2", i64::MIN),
    ] {
        let read = shapes(&format!(r#"{{"whole": {written}}}"#));
        assert_eq!(read.whole, number, "{written}");
    }
    for written in [
        "10.5",
        "1e-1",
        "1e30",
        "10.00000000000000000001",
        "9223372036854775808",
        "99999999999999999999",
        "1e-99999999999999999999",
        "1e400",
        "1e99999999999999999999",
    ] {
        refuses::<Shapes>(&format!(r#"{{"whole": {written}}}"#), "whole", "type");
    }
    refuses::<Shapes>(r#"{"small": 256}"#, "small", "type");
    refuses::<Shapes>(r#"{"large": -1}"#, "large", "type");
}

#[test]
fn a_float_is_the_nearest_to_what_is_written() {
    for (written, number) in [
        ("2.35", 2.35),
        ("1e-7", 1e-7),
        ("1e300", 1e300),
        ("100000000000000000000", 1e20),
    ] {
        let read = shapes(&format!(r#"{{"part": {written}}}"#));
        assert!(read.part.to_bits() == f64::to_bits(number), "{written}");
    }
}

#[test]
fn what_is_no_object_of_json_is_malformed() {
    for json in [
        &b""[..],
        b"{",
        b"nonsense",
        b"{\"text\": \"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"{} {}",
        b"{}x",
        b"{\"whole\": 010}",
        b"{\"whole\": +10}",
        b"{\"whole\": NaN}",
        b"{\"whole\": 10,}",
        b"{whole: 10}",
        b"[10, 1]",
        b"[]",
        b"7",
        b"\"text\"",
        b"null",
        b"true",
        // Whatever else is wrong with it.
        b"{\"whole\": 1, \"whole\": 2",
        b"{\"text\": \"\\u0000\", \"list\": [}",
    ] {
        is_malformed(json);
    }
}

#[test]
fn a_missing_field_is_named_where_it_is_missing() {
    refuses::<Needed>("{}", "user_name", "required");
    refuses::<Needed>(
        r#"{"user_name": "a", "inner": {}}"#,
        "inner.count",
        "required",
    );
}

#[test]
fn a_name_that_is_there_twice_is_refused_with_its_place() {
    for (json, field) in [
        (r#"{"whole": 1, "whole": 1}"#, "whole"),
        (r#"{"whole": 1, "wh\u006fle": 1}"#, "whole"),
        (r#"{"unknown": 1, "unknown": null}"#, "unknown"),
        (
            r#"{"list": [{"count": 1}, {"count": 1, "count": 2}]}"#,
            "list[1].count",
        ),
        (r#"{"by_name": {"a": 1, "b": 2, "a": 3}}"#, "by_name.a"),
        (
            r#"{"unknown": [{"a": {"b": 1, "b": 1}}]}"#,
            "unknown[0].a.b",
        ),
    ] {
        refuses::<Shapes>(json, field, "type");
    }
    let json = r#"{"user_name": "a", "userName": "a", "inner": {"count": 1}}"#;
    refuses::<Needed>(json, "user_name", "type");
    // Before any field is read.
    let json = r#"{"whole": "no number", "text": "a", "text": "a"}"#;
    refuses::<Shapes>(json, "text", "type");
}

#[test]
fn the_nul_character_and_halves_of_characters_are_refused_wherever_they_stand() {
    for (json, field) in [
        (r#"{"text": "a\u0000b"}"#, "text"),
        (r#"{"note": [{"deep": "a\u0000b"}]}"#, "note[0].deep"),
        (r#"{"whole": "no number", "text": "\u0000"}"#, "text"),
        (r#"{"a\u0000b": 1}"#, "a\u{fffd}b"),
        (r#"{"text": "\ud800"}"#, "text"),
        (r#"{"note": {"\udc00": 1}}"#, "note"),
    ] {
        refuses::<Shapes>(json, field, "characters");
    }
    assert_eq!(shapes(r#"{"text": "\\u0000"}"#).text, "\\u0000");
}

#[test]
fn what_is_nested_deeper_than_16_is_refused_before_it_is_read() {
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(r#"{{"unknown": {open}{close}}}"#)
    };
    assert_eq!(shapes(&nested(15)), Shapes::default());
    for depth in [16, 200, 30_000] {
        let refused = refusal(read::json::<Shapes>(nested(depth).as_bytes()));
        assert_eq!((refused.0, &*refused.2), (Code::Invalid, "type"), "{depth}");
        assert!(refused.1.starts_with("unknown[0][0]"), "{refused:?}");
    }
}

#[test]
fn a_body_is_not_sent_back_whole() {
    let long = "x".repeat(60_000);
    let doubled = format!(r#"{{"{long}": 1, "{long}": 2}}"#);
    let error = read::json::<Shapes>(doubled.as_bytes()).unwrap_err();
    assert_eq!(error.fields[0].field.len(), 500);
    let word = format!(r#"{{"word": "{long}"}}"#);
    let error = read::json::<Shapes>(word.as_bytes()).unwrap_err();
    assert_eq!(error.fields[0].message.len(), 500);
}

#[test]
fn many_names_are_compared_in_no_long_time() {
    let names: Vec<String> = (0..6_000).map(|n| format!(r#""{n}": {n}"#)).collect();
    let json = format!(r#"{{"by_name": {{{}}}}}"#, names.join(","));
    assert_eq!(shapes(&json).by_name.len(), 6_000);
}

/// The fields of a form.
#[derive(Debug, PartialEq, Deserialize)]
struct Form {
    name: String,
    count: i64,
    is_set: bool,
    word: Word,
    #[serde(default)]
    maybe: Option<i64>,
    #[serde(default)]
    next: String,
}

const FORM: &str = "name=a&count=10&is_set=true&word=rock";

fn form(text: &str) -> Result<Form, AppError> {
    read::form(text.as_bytes())
}

#[test]
fn texts_of_a_form_become_what_its_fields_are() {
    let text = "name=%ED%95%9C+%2B%26%3D%zz%&count=1e1&is_set=true&word=paper&maybe=&next=&x=y&&=";
    let expected = Form {
        name: "한 +&=%zz%".to_owned(),
        count: 10,
        is_set: true,
        word: Word::Paper,
        maybe: None,
        next: String::new(),
    };
    assert_eq!(form(text).unwrap(), expected);
    let filled = form(&format!("{FORM}&maybe=-7&next=/a")).unwrap();
    assert_eq!((filled.maybe, &*filled.next), (Some(-7), "/a"));
}

#[test]
fn a_form_refuses_what_its_fields_are_not() {
    for (changed, field) in [
        ("count=ten", "count"),
        ("count=", "count"),
        ("count=+10", "count"),
        ("count=%2010", "count"),
        ("count=010", "count"),
        ("count=10.5", "count"),
        ("count=[10]", "count"),
        ("count=%2210%22", "count"),
        ("is_set=1", "is_set"),
        ("is_set=on", "is_set"),
        ("word=lizard", "word"),
        ("word=%7B%22rock%22:null%7D", "word"),
    ] {
        let name = format!("{field}=");
        let kept = FORM.split('&').filter(|pair| !pair.starts_with(&name));
        let text = kept.chain([changed]).collect::<Vec<_>>().join("&");
        let expected = (Code::Invalid, field.to_owned(), "type".to_owned());
        assert_eq!(refusal(form(&text)), expected, "{text}");
    }
    for (added, field, word) in [
        ("name=b", "name", "type"),
        ("x=1&x=1", "x", "type"),
        ("na%6de=b", "name", "type"),
        ("x=a%00b", "x", "characters"),
        ("a%00b=1", "a\u{fffd}b", "characters"),
    ] {
        let expected = (Code::Invalid, field.to_owned(), word.to_owned());
        assert_eq!(
            refusal(form(&format!("{FORM}&{added}"))),
            expected,
            "{added}"
        );
    }
}

#[test]
fn a_form_of_something_else_and_one_of_odd_bytes_are_malformed() {
    for text in ["x=1", "", "name=a", "name[a]=a&count=10"] {
        assert_eq!(refusal(form(text)).0, Code::MalformedBody, "{text}");
    }
    for bytes in [&b"\xff\xfe"[..], b"name=%ff", b"%c3%28=1"] {
        let refused = refusal(read::form::<Form>(bytes));
        assert_eq!(refused.0, Code::MalformedBody, "{bytes:?}");
    }
}

/// The parameters of an address.
#[derive(Debug, Default, PartialEq, Deserialize)]
struct Query {
    #[serde(alias = "gameType")]
    game_type: Option<String>,
    limit: Option<i64>,
    word: Option<Word>,
}

#[test]
fn a_query_is_read_as_a_form_is_but_nothing_in_it_is_left_empty() {
    assert_eq!(read::query::<Query>("").unwrap(), Query::default());
    let expected = Query {
        game_type: Some(String::new()),
        limit: Some(10),
        word: Some(Word::Rock),
    };
    let read: Query = read::query("gameType=&limit=10&word=rock&unknown").unwrap();
    assert_eq!(read, expected);
    for (text, name, word) in [
        ("limit=", "limit", "type"),
        ("limit=ten", "limit", "type"),
        ("limit=99999999999999999999", "limit", "type"),
        ("word=", "word", "type"),
        ("limit=1&limit=1", "limit", "type"),
        ("game_type=a&gameType=a", "game_type", "type"),
        ("game_type=%00", "game_type", "characters"),
        ("game_type=%ff", "game_type", "characters"),
        ("%ff=1", "%ff", "characters"),
    ] {
        let expected = (Code::Invalid, name.to_owned(), word.to_owned());
        assert_eq!(refusal(read::query::<Query>(text)), expected, "{text}");
    }
}
