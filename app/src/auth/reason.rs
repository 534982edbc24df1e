//! Why somebody is asked to sign in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{Locale, td_string},
    paths::{ENDED, local_path},
    words::I18n,
};

/// What a sign-in is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// The last one is over.
    Ended,
    /// To play a game.
    Spin,
    Throw,
    Pull,
    Bet,
    /// To buy something.
    Buy,
    /// To see what only members see.
    See,
}

impl Reason {
    /// What the address of the door tells: whoever came by themselves is asked for no reason.
    fn of(next: Option<&str>, has_ended: bool) -> Option<Self> {
        let next = local_path(next?)?;
        let page = next.split(['?', '#']).next().unwrap_or_default();
        Some(match page {
            _ if has_ended => Self::Ended,
            "/games/slot" => Self::Spin,
            "/games/rps" => Self::Throw,
            "/games/gacha" => Self::Pull,
            "/games/crash" => Self::Bet,
            "/shop" | "/shop/checkout" => Self::Buy,
            _ => Self::See,
        })
    }

    fn text(self, locale: Locale) -> &'static str {
        match self {
            Self::Ended => td_string!(locale, auth.ended),
            Self::Spin => td_string!(locale, slot.sign_in_first),
            Self::Throw => td_string!(locale, rps.sign_in_first),
            Self::Pull => td_string!(locale, gacha.sign_in_first),
            Self::Bet => td_string!(locale, crash.sign_in_first),
            Self::Buy => td_string!(locale, auth.to_buy),
            Self::See => td_string!(locale, auth.needed),
        }
    }
}

/// Why one stands at the door; nothing for whoever came by themselves.
#[component]
pub(super) fn Why() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let query = use_query_map();
    let reason = Memo::new(move |_| {
        query.with(|query| {
            let has_ended = query.get_str(ENDED).is_some();
            Reason::of(query.get_str("next"), has_ended)
        })
    });
    let line = move |reason: Reason| {
        let text = move || reason.text(i18n.get_locale());
        view! { <p class="door-why" data-testid="door-why">{text}</p> }
    };
    move || reason.get().map(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_where_somebody_wanted_to_go() {
        for (next, reason) in [
            ("/games/slot", Reason::Spin),
            ("/games/gacha?rounds=2", Reason::Pull),
            ("/shop/checkout?product_id=tokens_1000", Reason::Buy),
            ("/profile", Reason::See),
            ("/receipts?kind=item", Reason::See),
        ] {
            assert_eq!(Reason::of(Some(next), false), Some(reason), "{next}");
            assert_eq!(Reason::of(Some(next), true), Some(Reason::Ended), "{next}");
        }
    }

    #[test]
    fn who_comes_by_themselves_is_told_nothing() {
        assert_eq!(Reason::of(None, false), None);
        assert_eq!(Reason::of(Some("//evil.example"), true), None);
    }
}
