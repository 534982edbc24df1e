//! What an act changed: how its subject stood before it and after, part by part.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Which part of the subject; nothing where it has no parts.
    pub(super) part: Option<String>,
    /// How it stood before; nothing where it was not there.
    pub(super) before: Option<String>,
    /// How it stood after; nothing where it is gone.
    pub(super) after: Option<String>,
}

/// What differs between two states as JSON. Of objects it is their parts, in the order of their names; of
/// anything else all of it.
pub(super) fn changes(before: Option<&str>, after: Option<&str>) -> Vec<Change> {
    if let (Some(before), Some(after)) = (parts(before), parts(after)) {
        return differing(&before, &after);
    }
    if before == after {
        return Vec::new();
    }
    let whole = Change {
        part: None,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    vec![whole]
}

/// The parts of an object, none of what is not there; nothing for what has no parts.
fn parts(text: Option<&str>) -> Option<Map<String, Value>> {
    match text {
        Some(text) => serde_json::from_str(text).ok(),
        None => Some(Map::new()),
    }
}

fn differing(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name));
    let changes = changed.map(|name| Change {
        part: Some(name.clone()),
        before: before.get(name).map(written),
        after: after.get(name).map(written),
    });
    changes.collect()
}

/// A text is itself, anything else its JSON.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(part: Option<&str>, before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            part: part.map(str::to_owned),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn of_objects_only_the_parts_that_differ_are_shown() {
        let (before, after) = (
            r#"{"b":1,"a":"x","same":[1]}"#,
            r#"{"same":[1],"b":2,"c":null}"#,
        );
        let expected = [
            change(Some("a"), Some("x"), None),
            change(Some("b"), Some("1"), Some("2")),
            change(Some("c"), None, Some("null")),
        ];
        assert_eq!(changes(Some(before), Some(after)), expected);
    }

    #[test]
    fn what_is_made_is_all_its_parts() {
        let made = changes(None, Some(r#"{"code":"X"}"#));
        assert_eq!(made, [change(Some("code"), None, Some("X"))]);
    }

    #[test]
    fn what_has_no_parts_is_shown_whole() {
        let (before, after) = (r#"["owner"]"#, r#"["owner","games"]"#);
        let expected = [change(None, Some(before), Some(after))];
        assert_eq!(changes(Some(before), Some(after)), expected);
        assert_eq!(
            changes(None, Some(after)),
            [change(None, None, Some(after))]
        );
        assert!(changes(Some(before), Some(before)).is_empty());
        assert!(changes(None, None).is_empty());
    }
}
