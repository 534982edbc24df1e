//! JSON bodies.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::{AppError, Code};

use crate::error::{ApiError, ApiResult};

/// A JSON body, of a request or of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// A JSON body that may be left out.
#[derive(Clone, Copy, Debug)]
pub struct MaybeJson<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        let is_json = is_json(request.headers());
        let bytes = read(request, state).await?;
        if !is_json {
            return Err(Code::UnsupportedMediaType.into());
        }
        Ok(Self(parse(&bytes)?))
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for MaybeJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        let is_json = is_json(request.headers());
        let bytes = read(request, state).await?;
        match (bytes.is_empty(), is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => Ok(Self(parse(&bytes)?)),
            (false, false) => Err(Code::UnsupportedMediaType.into()),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> ApiResult<Bytes> {
    let read = Bytes::from_request(request, state).await;
    read.map_err(|rejection| {
        super::of_status(rejection.status())
            .unwrap_or(Code::MalformedBody.into())
            .into()
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("the body is not UTF-8"))?;
    // PostgreSQL cannot store U+0000, and no field has a use for it. In JSON it can only be escaped.
    if text.contains("\\u0000")
        && let Some(field) = serde_json::from_str(text)
            .ok()
            .and_then(|value| nul(&value, ""))
    {
        return Err(AppError::field(
            &field,
            "characters",
            "the character U+0000 is not allowed",
        ));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| refuse(&error))?;
    reader
        .end()
        .map_err(|_| malformed("there is more after the JSON"))?;
    Ok(value)
}

fn malformed(message: &str) -> AppError {
    AppError {
        message: message.to_owned(),
        ..Code::MalformedBody.into()
    }
}

fn refuse(error: &serde_path_to_error::Error<serde_json::Error>) -> AppError {
    if !error.inner().is_data() {
        return malformed("the body is not JSON");
    }
    let message = error.inner().to_string();
    // serde tells of a missing field only in words, always these.
    let missing = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let path = error.path().to_string();
    match missing {
        Some(field) if path == "." => AppError::field(field, "required", "the field is missing"),
        Some(field) => AppError::field(
            &format!("{path}.{field}"),
            "required",
            "the field is missing",
        ),
        None => AppError::field(&path, "type", reason(&message)),
    }
}

/// serde's words without the place, which means nothing to a reader of fields.
fn reason(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

/// The path of the first text that holds U+0000.
fn nul(value: &Value, path: &str) -> Option<String> {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::String(text) => text
            .contains('\0')
            .then(|| if path.is_empty() { "." } else { path }.to_owned()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| nul(item, &below(&at.to_string()))),
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, field)| nul(field, &below(name))),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use wire::slot::SpinRequest;

    use super::*;

    fn refused(body: &[u8]) -> (Code, Option<(String, String)>) {
        let error = parse::<SpinRequest>(body).unwrap_err();
        let field = error
            .fields
            .into_iter()
            .next()
            .map(|fault| (fault.field, fault.code));
        (error.code, field)
    }

    fn invalid(field: &str, code: &str) -> (Code, Option<(String, String)>) {
        (Code::Invalid, Some((field.to_owned(), code.to_owned())))
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for body in [
            &b""[..],
            b"{",
            b"nonsense",
            b"{\"bet_amount\": \"\xff\"}",
            b"{\"bet_amount\":10,\"lines\":1} x",
        ] {
            assert_eq!(refused(body).0, Code::MalformedBody, "{body:?}");
        }
    }

    #[test]
    fn a_wrong_type_names_its_field() {
        for amount in [
            "\"10\"",
            "10.5",
            "1e30",
            "99999999999999999999",
            "null",
            "[]",
            "true",
        ] {
            let body = format!("{{\"bet_amount\":{amount},\"lines\":1}}");
            assert_eq!(
                refused(body.as_bytes()),
                invalid("bet_amount", "type"),
                "{amount}"
            );
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        assert_eq!(
            refused(b"{\"bet_amount\":10}"),
            invalid("lines", "required")
        );
    }

    #[test]
    fn the_nul_character_is_refused_wherever_it_stands() {
        let body = b"{\"bet_amount\":10,\"lines\":1,\"note\":[{\"deep\":\"a\\u0000b\"}]}";
        assert_eq!(refused(body), invalid("note.0.deep", "characters"));
    }

    #[test]
    fn other_spellings_and_unknown_fields_are_taken() {
        let request: SpinRequest =
            parse(br#"{"betAmount":10,"lines":1,"extra":{"a":"\\u0000"}}"#).unwrap();
        assert_eq!(request.bet_amount, 10);
    }
}
