//! Whole numbers in paths.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use wire::{AppError, Code};

use crate::error::{ApiError, ApiResult};

/// The whole number in a path, written as the club writes it: each thing has one address, so that `01`
/// and `+1` name nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(pub(crate) i64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        // What cannot be read names nothing either.
        let params = params.map_err(|_| Code::NotFound)?;
        let (name, text) = params.iter().next().ok_or(Code::NotFound)?;
        Ok(Self(read(name, text)?))
    }
}

fn read(name: &str, text: &str) -> Result<i64, AppError> {
    let number: i64 = text
        .parse()
        .map_err(|_| AppError::field(name, "type", "it is a whole number"))?;
    if number.to_string() != text {
        return Err(Code::NotFound.into());
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_in_one_way() {
        for number in [0, 1, -1, 4_711, i64::MAX, i64::MIN] {
            assert_eq!(read("id", &number.to_string()), Ok(number));
        }
        for other in ["01", "+1", "-0", "00", "0001", "-01"] {
            assert_eq!(
                read("id", other).unwrap_err().code,
                Code::NotFound,
                "{other}"
            );
        }
    }

    #[test]
    fn what_is_no_number_names_its_place() {
        for text in [
            "",
            "ann",
            "1.0",
            "1e1",
            " 1",
            "1_000",
            "a\0b",
            "9223372036854775808",
        ] {
            let refused = read("user_id", text).unwrap_err();
            assert_eq!(refused.fields[0].field, "user_id", "{text}");
        }
    }
}
