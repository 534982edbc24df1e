//! Giving tokens and taking them, before anything is sent.

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

    /// The balance before it and after, while the amount is typed; nothing where that cannot be.
    pub(super) fn preview(self, balance: Tokens, typed: &str) -> Option<String> {
        let amount = Tokens::new(amount_of(typed)?).ok()?;
        let after = match self {
            _ if amount.is_zero() => None,
            Self::Give => balance.checked_add(amount),
            Self::Take => balance.checked_sub(amount),
        };
        let [before, after] = [balance, after?].map(|it| format::group(it.get()));
        Some(format!("{before} → {after}"))
    }
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

    fn preview(way: Way, typed: &str) -> Option<String> {
        way.preview(Tokens::from_u32(1_000), typed)
    }

    #[test]
    fn what_is_typed_shows_both_balances() {
        for typed in ["1200", "1,200", " 1 200 "] {
            let shown = preview(Way::Give, typed);
            assert_eq!(shown.as_deref(), Some("1,000 → 2,200"), "{typed:?}");
        }
        let shown = preview(Way::Take, "1000");
        assert_eq!(shown.as_deref(), Some("1,000 → 0"));
    }

    #[test]
    fn what_cannot_be_shows_nothing() {
        for typed in [
            "",
            "0",
            "-5",
            "1.5",
            "ten",
            "9007199254740991",
            "99999999999999999999",
        ] {
            assert_eq!(preview(Way::Give, typed), None, "{typed:?}");
        }
        assert_eq!(preview(Way::Take, "1001"), None);
    }

    #[test]
    fn an_amount_is_read_as_it_was_typed() {
        assert_eq!(amount_of("1,200"), Some(1_200));
        assert_eq!(
            amount_of("-5"),
            Some(-5),
            "the club says what is wrong with it"
        );
        assert_eq!(amount_of("1e3"), None);
    }
}
