//! The passwords that whoever guesses tries first.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::names;

/// One a line, in NFC and lower case; the lines that begin with `#` say where they are from.
const LIST: &str = include_str!("common_passwords.txt");

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| listed().collect());

fn listed() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.starts_with('#'))
}

/// Whether a password is one of them, in whatever case it is written.
pub(super) fn contain(password: &str) -> bool {
    let lower = password.to_lowercase();
    COMMON.contains(&*names::nfc(&lower))
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
        for other in ["correct horse battery", "demo-password", "admin-password"] {
            assert!(!contain(other), "{other}");
        }
    }
}
