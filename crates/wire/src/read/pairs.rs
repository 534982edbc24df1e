//! Names and texts as a browser encodes those of a form, and whoever asks those of an address.

use std::str::Utf8Error;

use percent_encoding::percent_decode_str;

use super::fault::Fault;
use super::names;
use super::tree::Tree;

/// In the order in which they stand.
pub(super) type Pairs = Vec<(String, String)>;

/// What is encoded in a text, as `application/x-www-form-urlencoded` has it.
pub(super) fn of(text: &str) -> Result<Pairs, Fault> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts.map(pair).collect()
}

/// Their tree: one object whose values are of this kind.
pub(super) fn tree(pairs: Pairs, kind: fn(String) -> Tree) -> Result<Tree, Fault> {
    names::check(pairs.iter().map(|(name, _)| name.as_str()))?;
    let fields = pairs
        .into_iter()
        .map(|(name, value)| match value.contains('\0') {
            true => Err(Fault::nul().under(&name)),
            false => Ok((name, kind(value))),
        });
    fields.collect::<Result<_, _>>().map(Tree::Object)
}

fn pair(part: &str) -> Result<(String, String), Fault> {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let odd = |name: &str| Fault::of_characters("it is not UTF-8").under(name);
    let name = decoded(name).map_err(|_| odd(name))?;
    let value = decoded(value).map_err(|_| odd(&name))?;
    Ok((name, value))
}

/// A percent sign that two hex digits do not follow stands for itself.
fn decoded(text: &str) -> Result<String, Utf8Error> {
    // Before what is escaped is undone: `%2B` is a plus.
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8()?;
    Ok(decoded.into_owned())
}
