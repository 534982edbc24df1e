//! What is no object of JSON, and what no object may hold.

use wire::{Code, read};

use crate::{Needed, Shapes, refusal, refuses, shapes};

#[track_caller]
fn is_malformed(json: &[u8]) {
    let refused = refusal(read::json::<Shapes>(json));
    assert_eq!(refused.0, Code::MalformedBody, "{json:?}");
    assert_eq!(refused.1, "", "no field is to blame: {json:?}");
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
