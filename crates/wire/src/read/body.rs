//! A JSON body as a tree. What JSON is, `serde_json` knows; what more is asked of it stands here.
//!
//! Each level is taken apart as raw text, which keeps numbers as they are written and says what is
//! malformed before anything else is looked at. It is scanned once a level, of which there are few.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::Fault;
use super::names;
use super::number::Number;
use super::tree::Tree;

/// How deep lists and objects may lie in each other, the outermost counted. No request has more than
/// four; whoever reads them does so by recursion.
const DEPTH_MAX: usize = 16;

/// The one JSON object that a text is, or why it is none.
pub(super) fn object_in(text: &str) -> Result<&RawValue, &'static str> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let raw = <&RawValue>::deserialize(&mut reader).map_err(|_| "the body is not JSON")?;
    reader.end().map_err(|_| "there is more after the JSON")?;
    match raw.get().starts_with('{') {
        true => Ok(raw),
        false => Err("the body is no JSON object"),
    }
}

/// The tree of an object.
pub(super) fn tree(raw: &RawValue) -> Result<Tree, Fault> {
    object(raw.get(), 1)
}

fn value(raw: &RawValue, depth: usize) -> Result<Tree, Fault> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{') => object(text, depth),
        Some(b'[') => list(text, depth),
        Some(b'"') => word(text),
        Some(b't') => Ok(Tree::Bool(true)),
        Some(b'f') => Ok(Tree::Bool(false)),
        Some(b'n') => Ok(Tree::Null),
        _ => number(text),
    }
}

fn object(text: &str, depth: usize) -> Result<Tree, Fault> {
    check_depth(depth)?;
    let Entries(entries) = serde_json::from_str(text).map_err(|_| odd())?;
    names::check(entries.iter().map(|(name, _)| name.as_str()))?;
    let fields = entries
        .into_iter()
        .map(|(name, raw)| match value(raw, depth + 1) {
            Ok(value) => Ok((name, value)),
            Err(fault) => Err(fault.under(&name)),
        });
    fields.collect::<Result<_, _>>().map(Tree::Object)
}

fn list(text: &str, depth: usize) -> Result<Tree, Fault> {
    check_depth(depth)?;
    let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| odd())?;
    let items = items.into_iter().enumerate().map(|(at, raw)| {
        let item = value(raw, depth + 1);
        item.map_err(|fault| fault.under(&format!("[{at}]")))
    });
    items.collect::<Result<_, _>>().map(Tree::List)
}

fn word(text: &str) -> Result<Tree, Fault> {
    let text: String = serde_json::from_str(text).map_err(|_| odd())?;
    match text.contains('\0') {
        true => Err(Fault::nul()),
        false => Ok(Tree::Text(text)),
    }
}

fn number(text: &str) -> Result<Tree, Fault> {
    let number = Number::read(text);
    number
        .map(Tree::Number)
        .ok_or_else(|| Fault::of_type("number out of range"))
}

fn check_depth(depth: usize) -> Result<(), Fault> {
    match depth > DEPTH_MAX {
        true => Err(Fault::of_type(format!(
            "it is nested deeper than {DEPTH_MAX}"
        ))),
        false => Ok(()),
    }
}

/// By now it is known to be JSON, in which no more than half of a character can be wrong.
fn odd() -> Fault {
    Fault::of_characters("it is not Unicode")
}

/// What stands in an object, also what stands there twice.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
