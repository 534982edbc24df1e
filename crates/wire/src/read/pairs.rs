//! Names and texts as a browser encodes those of a form, and whoever asks those of an address.

use std::string::FromUtf8Error;

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
fn decoded(text: &str) -> Result<String, FromUtf8Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, left) = match (first, escaped(after)) {
            (b'%', Some((byte, left))) => (byte, left),
            (b'+', _) => (b' ', after),
            (byte, _) => (*byte, after),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8(bytes)
}

/// The byte of two hex digits, and what follows them.
fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    let [high, low, rest @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = digit(high)? * 16 + digit(low)?;
    Some((u8::try_from(byte).ok()?, rest))
}
