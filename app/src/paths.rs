//! Paths of ours: what is one, and those that several parts of the club lead to.

use wire::ReceiptCode;

/// The path, if it stays on this site.
///
/// A browser takes `//host` and `/\host` for another site, and drops tabs and line breaks on the way.
#[must_use]
pub fn local_path(path: &str) -> Option<&str> {
    let mut chars = path.chars();
    let starts_here = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
    (starts_here && path.chars().all(|c| !c.is_control() && c.is_ascii())).then_some(path)
}

/// Whether a path leads to the desk, which is a document of its own: the router of the club knows none of its pages.
#[must_use]
pub fn is_of_desk(path: &str) -> bool {
    let rest = path.strip_prefix("/admin");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
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

/// The page of a receipt.
#[must_use]
pub fn receipt_path(code: &ReceiptCode) -> String {
    format!("/receipts/{}", in_path(code))
}

/// A receipt's code as it stands in a path. What is no code of ours leads to a page that says so.
#[must_use]
pub fn in_path(code: &ReceiptCode) -> String {
    let is_plain = |it: &char| it.is_ascii_alphanumeric() || *it == '-';
    code.as_str().chars().filter(is_plain).collect()
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

    #[test]
    fn the_desk_is_what_is_below_its_path() {
        for path in ["/admin", "/admin/staff?user=7", "/admin?x"] {
            assert!(is_of_desk(path), "{path}");
        }
        for path in ["/", "/administer", "/games/admin"] {
            assert!(!is_of_desk(path), "{path}");
        }
    }
}
