//! Giving tokens and taking them.

use backend::audit::Action;
use wire::Tokens;

use crate::format;

/// Whether tokens are given or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Give,
    Take,
}

impl Way {
    /// What its form is called.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Give => "give",
            Self::Take => "take",
        }
    }

    /// What the club knows it as.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Give => Action::AddTokens,
            Self::Take => Action::DeductTokens,
        }
    }

    /// The balance before so many were moved, and after.
    pub(super) fn told(self, amount: i64, after: Tokens) -> String {
        let after = after.get();
        let before = match self {
            Self::Give => after.saturating_sub(amount),
            Self::Take => after.saturating_add(amount),
        };
        from_to(before, after)
    }
}

/// A number of tokens before something is done, and after.
pub(super) fn from_to(before: i64, after: i64) -> String {
    let [before, after] = [before, after].map(format::group);
    format!("{before} → {after}")
}

/// An amount as people type it: with commas and spaces between its digits.
pub(super) fn amount_of(typed: &str) -> Option<i64> {
    let is_kept = |it: &char| *it != ',' && !it.is_whitespace();
    let digits: String = typed.chars().filter(is_kept).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_moved_shows_both_balances() {
        let after = Tokens::from_u32(2_200);
        assert_eq!(Way::Give.told(1_200, after), "1,000 → 2,200");
        assert_eq!(Way::Take.told(1_000, Tokens::ZERO), "1,000 → 0");
    }

    #[test]
    fn an_amount_is_read_as_it_was_typed() {
        for typed in ["1200", "1,200", " 1 200 "] {
            assert_eq!(amount_of(typed), Some(1_200), "{typed:?}");
        }
        assert_eq!(
            amount_of("-5"),
            Some(-5),
            "the club says what is wrong with it"
        );
        for odd in ["", "1.5", "ten", "1e3", "99999999999999999999"] {
            assert_eq!(amount_of(odd), None, "{odd:?}");
        }
    }
}
