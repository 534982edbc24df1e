//! Who is looking at the page, what they hold, and how their sign-in stays alive.

mod api;
mod call;
mod gesture;
#[cfg(feature = "hydrate")]
mod renewal;
mod viewer;
mod wallet;

#[cfg(feature = "hydrate")]
pub(crate) use renewal::{ensure_fresh, renew_now};

pub use api::{SetLanguage, Viewer, load_viewer, set_language};
pub use call::{call, call_as_member, is_visitor};
pub use gesture::send;
pub use viewer::{Session, provide_session, use_session};
pub use wallet::{Held, Wallet, provide_wallet, use_wallet};

use serde::{Deserialize, Serialize};

use crate::error::PageError;

/// What came of a form that was posted without JavaScript and refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub error: PageError,
    /// What had been typed, by field, passwords left out.
    pub values: Vec<(String, String)>,
}

impl Refusal {
    /// What had been typed into a field.
    #[must_use]
    pub fn value(refusal: Option<&Self>, name: &str) -> String {
        let values = refusal
            .map(|refusal| refusal.values.as_slice())
            .unwrap_or_default();
        values
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}

/// What a refused plain form left for this page; nothing in a browser that runs our code.
#[must_use]
pub fn take_refusal(form: &str) -> Option<Refusal> {
    #[cfg(feature = "ssr")]
    return crate::ssr::flash::take(form);
    #[cfg(not(feature = "ssr"))]
    {
        _ = form;
        None
    }
}

/// The path, if it stays on this site.
///
/// A browser takes `//host` and `/\host` for another site, and drops tabs and line breaks on the way.
#[must_use]
pub fn local_path(path: &str) -> Option<&str> {
    let mut chars = path.chars();
    let starts_here = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    (starts_here && path.chars().all(|c| !c.is_control() && c.is_ascii())).then_some(path)
}

/// Where to sign in so as to come back to this path.
#[must_use]
pub fn sign_in_path(back: &str) -> String {
    door_path("/login", back)
}

/// The query parameter that says of a sign-in that it ended by itself.
pub const ENDED: &str = "ended";

/// The same for whoever was signed in until now, and is to hear that this has ended.
#[must_use]
pub fn ended_path(back: &str) -> String {
    format!("{}&{ENDED}=true", sign_in_path(back))
}

/// One of the two doors, with the path to go on to.
#[must_use]
pub fn door_path(door: &str, back: &str) -> String {
    format!(
        "{door}?next={}",
        back.replace('%', "%25")
            .replace('&', "%26")
            .replace('?', "%3F")
            .replace('=', "%3D")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/fairness?hand=1"), Some("/fairness?hand=1"));
        for foreign in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "profile",
            "/\tevil",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(local_path(foreign), None, "{foreign:?}");
        }
    }
}
