//! Why a call may refuse, as the document names it: statuses and words follow from the codes.

use std::collections::BTreeMap;

use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder, Responses};
use wire::Code;

/// A code, and what it means for a call where its name does not say so.
pub(crate) type Reason = (Code, &'static str);

/// A type for the `responses` of a call: why it may refuse, beside what follows from what it takes.
macro_rules! refusals {
    ($name:ident: $($code:ident $(: $note:literal)?),+ $(,)?) => {
        enum $name {}

        impl utoipa::IntoResponses for $name {
            fn responses()
            -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
                $crate::reasons::responses(&[
                    $((wire::Code::$code, concat!("" $(, $note)?)),)+
                ])
            }
        }
    };
}

pub(crate) use refusals;

/// The reasons by status.
pub(crate) fn responses(reasons: &[Reason]) -> BTreeMap<String, RefOr<Response>> {
    let mut responses = Responses::new();
    for reason in reasons {
        add(&mut responses, *reason);
    }
    responses.responses.into_iter().collect()
}

/// Adds a reason to what is said of its status already, unless it is among that.
pub(crate) fn add(responses: &mut Responses, (code, note): Reason) {
    let name = name(code);
    let words = match note {
        "" => name.clone(),
        note => format!("{name}: {note}"),
    };
    let status = code.status().to_string();
    match responses.responses.get_mut(&status) {
        Some(RefOr::T(response)) if !response.description.contains(&name) => {
            response.description = format!("{}; {words}", response.description);
        }
        Some(_) => {}
        None => {
            responses.responses.insert(status, problem(&words).into());
        }
    }
}

/// What any call may answer when something is wrong with the club, and not with the call.
pub(crate) fn add_trouble(responses: &mut Responses) {
    let codes = [
        Code::InProgress,
        Code::TimedOut,
        Code::Unavailable,
        Code::Internal,
    ];
    let words = format!("Any other refusal: {}", codes.map(name).join(", "));
    let others = problem(&words).into();
    responses.responses.insert("default".to_owned(), others);
}

/// As it is sent, and marked as a code.
fn name(code: Code) -> String {
    let sent = serde_json::to_value(code).unwrap_or_default();
    format!("`{}`", sent.as_str().unwrap_or_default())
}

fn problem(words: &str) -> Response {
    let shape = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new()
        .description(words)
        .content("application/problem+json", shape)
        .build()
}
