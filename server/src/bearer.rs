//! The token of the `Authorization` header.

use axum::http::{HeaderMap, header};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// The token that a request shows there.
#[must_use]
pub(crate) fn shown(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether a request shows this very token. How long that takes tells nothing of it but its length.
#[must_use]
pub(crate) fn is(headers: &HeaderMap, token: &SecretString) -> bool {
    let token = token.expose_secret().as_bytes();
    shown(headers).is_some_and(|shown| shown.as_bytes().ct_eq(token).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_token_counts() {
        let counts = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, line.parse().unwrap());
            is(&headers, &"a token".into())
        };
        assert!(counts("Bearer a token") && counts("bearer  a token"));
        for other in [
            "Bearer a toke",
            "Bearer a token2",
            "Bearer ",
            "Basic a token",
            "a token",
        ] {
            assert!(!counts(other), "{other}");
        }
        assert!(!is(&HeaderMap::new(), &"a token".into()));
    }
}
