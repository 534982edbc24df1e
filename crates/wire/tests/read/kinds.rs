//! Each shape is read for what it is, and none stands for another.

use std::collections::BTreeMap;

use crate::{Held, Inner, Shapes, Word, refuses, shapes};

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
