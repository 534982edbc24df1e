//! The shapes of the document, each made ready once for all tests of this process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jsonschema::{Validator, draft202012};
use serde_json::Value;

use super::DOCUMENT;

/// By how they are written where they are asked for.
static READY: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());

/// What of a value is not of a shape, each with its place.
pub(super) fn faults(shape: &Value, value: &Value) -> Vec<String> {
    let validator = ready(shape);
    let faults = validator.iter_errors(value);
    let faults = faults.map(|fault| format!("{}: {fault}", fault.instance_path()));
    faults.collect()
}

fn ready(shape: &Value) -> Arc<Validator> {
    let mut ready = READY.lock().unwrap();
    let validator = ready.entry(shape.to_string());
    let validator = validator.or_insert_with(|| Arc::new(validator_of(shape)));
    validator.clone()
}

/// OpenAPI 3.1 has the shapes of JSON Schema 2020-12; what they name stands in the document.
fn validator_of(shape: &Value) -> Validator {
    let mut whole = shape.clone();
    whole["components"] = DOCUMENT["components"].clone();
    let options = draft202012::options().should_validate_formats(true);
    let validator = options.build(&whole);
    validator.unwrap_or_else(|error| panic!("{shape}: {error}"))
}
