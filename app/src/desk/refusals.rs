//! Why something was not done to a member, for whoever runs the club: the words of codes speak to the member.

use wire::Code;

use crate::{
    error::PageError,
    i18n::{Locale, td_string},
    words,
};

/// Why the club refuses it.
pub(super) fn of_failure(locale: Locale, error: &PageError) -> String {
    match error.code().and_then(|code| own(locale, code)) {
        Some(text) => text.to_owned(),
        None => words::failure(locale, error),
    }
}

/// The same of a code.
pub(super) fn of_code(locale: Locale, code: Code) -> &'static str {
    own(locale, code).unwrap_or_else(|| words::of_code(locale, code))
}

/// The words that differ from the member's.
fn own(locale: Locale, code: Code) -> Option<&'static str> {
    match code {
        Code::InsufficientTokens => Some(td_string!(locale, desk.member_short)),
        Code::BalanceTooLarge => Some(td_string!(locale, desk.member_full)),
        Code::Expired => Some(td_string!(locale, desk.approval_over)),
        _ => None,
    }
}
