//! Requests as the club reads them: one reader for REST, page functions and the live channel.
//!
//! What serde derives takes a list where a struct is meant, and `{"word": null}` where a word is. So
//! what was sent becomes a tree first, which is checked as a whole, and then is read by a
//! `Deserializer` that takes each shape for what it is. Inside shapes that serde reads through one of
//! its own (`untagged`, `flatten`, `tag`) that would not hold, so no request has such a shape.

mod body;
mod deserializer;
mod fault;
mod names;
mod number;
mod pairs;
mod parts;
mod tree;

use serde::de::DeserializeOwned;

use crate::{AppError, Code};
use fault::Fault;
use tree::Tree;

/// Reads a JSON object.
///
/// # Errors
/// `malformed_body` for what is no JSON object, or not UTF-8. `invalid`, with the field, for one that
/// is missing, of another type, there twice, nested deeper than 16, or that holds U+0000.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let raw = body::object_in(text(bytes)?).map_err(malformed)?;
    body::tree(raw)
        .and_then(T::deserialize)
        .map_err(Fault::told)
}

/// Reads a form that a browser encoded. In it everything is text, and an empty field may be none.
///
/// # Errors
/// `malformed_body` for what is not UTF-8, or lacks a field: then it is the form of something else.
/// `invalid`, with the field, for one of another type, that is there twice, or that holds U+0000.
pub fn form<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let pairs = pairs::of(text(bytes)?).map_err(|_| malformed("the form is not UTF-8"))?;
    let form = pairs::tree(pairs, Tree::Field).and_then(T::deserialize);
    form.map_err(|fault| match fault.is_missing() {
        true => malformed(&fault.to_string()),
        false => fault.told(),
    })
}

/// Reads what stands after the question mark of an address. In it everything is text.
///
/// # Errors
/// `invalid`, with the parameter, for one that is missing, of another type, there twice, not UTF-8, or
/// that holds U+0000.
pub fn query<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    let tree = pairs::of(text).and_then(|pairs| pairs::tree(pairs, Tree::Parameter));
    tree.and_then(T::deserialize).map_err(Fault::told)
}

fn text(bytes: &[u8]) -> Result<&str, AppError> {
    std::str::from_utf8(bytes).map_err(|_| malformed("the body is not UTF-8"))
}

fn malformed(message: &str) -> AppError {
    AppError {
        message: message.to_owned(),
        ..Code::MalformedBody.into()
    }
}
