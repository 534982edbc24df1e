//! The cookies of a signed-in browser.
//!
//! `casino_access` and `casino_refresh` hold the tokens and are out of reach of scripts;
//! `casino_expires` says when the access token ends (Unix seconds), so that the page can refresh in
//! time. How they are named is the [`Jar`]'s.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};
use wire::auth::Token;

use super::PageSettings;
use crate::jar::Jar;

/// Holds the access token.
pub const ACCESS: &str = "casino_access";
/// Holds the refresh token.
pub const REFRESH: &str = "casino_refresh";
/// Says when the access token ends.
pub const EXPIRES: &str = "casino_expires";

/// The value of a cookie.
#[must_use]
pub fn value(headers: &HeaderMap, name: &str, jar: Jar) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter();
    let mut lines = lines.filter_map(|line| line.to_str().ok());
    lines.find_map(|line| jar.read(line, name))
}

/// The access token that a browser shows.
#[must_use]
pub fn access_from(headers: &HeaderMap, jar: Jar) -> Option<String> {
    value(headers, ACCESS, jar).filter(|token| !token.is_empty())
}

/// The refresh token that a browser shows.
#[must_use]
pub fn refresh_from(headers: &HeaderMap, jar: Jar) -> Option<String> {
    value(headers, REFRESH, jar).filter(|token| !token.is_empty())
}

/// The `Set-Cookie` values that sign a browser in.
#[must_use]
pub fn set_pair(token: &Token, settings: &PageSettings) -> [HeaderValue; 3] {
    let expires = access_ends(&token.access_token).unwrap_or_default();
    [
        cookie(
            ACCESS,
            &token.access_token,
            token.expires_in,
            true,
            settings,
        ),
        cookie(
            REFRESH,
            &token.refresh_token,
            settings.refresh_ttl_secs,
            true,
            settings,
        ),
        cookie(
            EXPIRES,
            &expires.to_string(),
            settings.refresh_ttl_secs,
            false,
            settings,
        ),
    ]
}

/// When an access token of our own making ends, in Unix seconds; its signature is not of interest here.
fn access_ends(token: &str) -> Option<i64> {
    #[derive(serde::Deserialize)]
    struct Claims {
        exp: i64,
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<Claims>(&claims)
        .ok()
        .map(|claims| claims.exp)
}

/// The `Set-Cookie` values that sign a browser out.
#[must_use]
pub fn clear(settings: &PageSettings) -> [HeaderValue; 3] {
    [ACCESS, REFRESH, EXPIRES].map(|name| cookie(name, "", 0, name != EXPIRES, settings))
}

/// One `Set-Cookie` value for the whole site.
pub(super) fn cookie(
    name: &str,
    value: &str,
    max_age_secs: i64,
    is_secret: bool,
    settings: &PageSettings,
) -> HeaderValue {
    let mut text = settings.jar.written(name, value, max_age_secs);
    if is_secret {
        text.push_str("; HttpOnly");
    }
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Keeps a choice for a year, where scripts of ours can read it.
pub fn keep(name: &str, value: &str) {
    let settings = PageSettings::current();
    append([cookie(name, value, Jar::KEPT_SECS, false, &settings)]);
}

/// Signs the browser in whose request is being answered.
pub fn sign_in(token: &Token) {
    append(set_pair(token, &PageSettings::current()));
}

/// Signs the browser out whose request is being answered.
pub fn sign_out() {
    append(clear(&PageSettings::current()));
}

pub(super) fn append<const N: usize>(values: [HeaderValue; N]) {
    let response = super::response();
    for value in values {
        response.append_header(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers
    }

    #[test]
    fn a_cookie_is_found_in_any_line() {
        let mut headers = headers("x=1");
        let line = HeaderValue::from_static("casino_access=a");
        headers.append(header::COOKIE, line);
        assert_eq!(access_from(&headers, Jar::Plain).as_deref(), Some("a"));
        assert_eq!(access_from(&headers, Jar::Host), None);
    }

    #[test]
    fn an_emptied_cookie_is_none() {
        assert_eq!(refresh_from(&headers("casino_refresh="), Jar::Plain), None);
    }

    #[test]
    fn the_end_is_read_from_the_token() {
        // {"exp":1700000000}
        assert_eq!(
            access_ends("e30.eyJleHAiOjE3MDAwMDAwMDB9.x"),
            Some(1_700_000_000)
        );
        assert_eq!(access_ends("not a token"), None);
    }

    #[test]
    fn secrets_are_out_of_reach_of_scripts() {
        let settings = PageSettings {
            jar: Jar::Host,
            access_ttl_secs: 1,
            refresh_ttl_secs: 2,
            development: false,
            sandbox: false,
        };
        let [access, refresh, expires] = clear(&settings);
        for secret in [access, refresh] {
            let text = secret.to_str().unwrap();
            assert!(
                text.starts_with("__Host-") && text.contains("HttpOnly") && text.contains("Secure"),
                "{text}"
            );
        }
        assert!(!expires.to_str().unwrap().contains("HttpOnly"));
    }
}
