//! Forms and what stands after the question mark of an address, in which everything is text.

use serde::Deserialize;
use wire::{AppError, Code, read};

use crate::{Word, refusal};

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
    part: Option<f64>,
    word: Option<Word>,
}

#[test]
fn a_query_is_read_as_a_form_is_but_nothing_in_it_is_left_empty() {
    assert_eq!(read::query::<Query>("").unwrap(), Query::default());
    let expected = Query {
        game_type: Some(String::new()),
        limit: Some(10),
        part: Some(2.5),
        word: Some(Word::Rock),
    };
    let text = "gameType=&limit=10&part=2.500&word=rock&unknown";
    let read: Query = read::query(text).unwrap();
    assert_eq!(read, expected);
    for (text, name, word) in [
        ("limit=", "limit", "type"),
        ("limit=ten", "limit", "type"),
        ("limit=99999999999999999999", "limit", "type"),
        ("part=2.000000000000000000001", "part", "type"),
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
