//! The passwords that whoever guesses tries first, and those that the club's own source tells.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::names;

/// The passwords of the demo members, which nobody else may choose: everybody can read them here.
pub const DEMO_PASSWORDS: [&str; 2] = ["demo-password", "admin-password"];

/// One a line, in NFC and lower case; the lines that begin with `#` say where they are from.
const LIST: &str = include_str!("common_passwords.txt");

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| listed().collect());

fn listed() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.starts_with('#'))
}

/// Whether a password is one of them, in whatever case it is written.
pub(super) fn contain(password: &str) -> bool {
    COMMON.contains(&*compared(password))
}

/// Whether a password is one of a demo member, in whatever case it is written.
pub(super) fn is_of_a_demo(password: &str) -> bool {
    DEMO_PASSWORDS.contains(&compared(password).as_str())
}

/// A password as it is looked for.
fn compared(password: &str) -> String {
    let lower = password.to_lowercase();
    names::nfc(&lower).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_what_could_be_chosen_once_each() {
        assert_eq!(COMMON.len(), 1_000);
        assert_eq!(listed().count(), 1_000);
        for password in listed() {
            assert!((8..=128).contains(&password.chars().count()), "{password}");
            let lower = password.to_lowercase();
            assert_eq!(*names::nfc(&lower), *password, "as it is compared");
        }
    }

    #[test]
    fn a_common_password_is_known_in_any_case() {
        for common in ["password1", "PassWord1", "1Q2W3E4R", "dkssudgktpdy"] {
            assert!(contain(common), "{common}");
        }
        assert!(!contain("correct horse battery"));
    }

    #[test]
    fn a_demo_password_is_known_in_any_case_and_is_not_common() {
        for password in DEMO_PASSWORDS {
            assert!(is_of_a_demo(password) && !contain(password), "{password}");
            assert!(is_of_a_demo(&password.to_uppercase()), "{password}");
        }
        assert!(!is_of_a_demo("correct horse battery"));
    }
}
