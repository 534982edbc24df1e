//! What things cost, in words.

use economy::shop::{Applied, ApplyKind, Currency, Price};
use leptos::prelude::*;

use crate::{
    format,
    i18n::{Locale, td_string},
    ui::Amount,
    words::{I18n, fill},
};

/// A price as text.
pub(crate) fn money(locale: Locale, price: Price) -> String {
    let amount = price.amount();
    match price.currency() {
        Currency::Krw => fill(
            td_string!(locale, shop.won),
            &[("amount", &format::group(amount))],
        ),
        Currency::Usd => format!("${}.{:02}", format::group(amount / 100), amount % 100),
        Currency::Tokens => fill(
            td_string!(locale, ui.tokens),
            &[("amount", &format::group(amount))],
        ),
    }
}

/// A price: tokens with their coin, money as it is written.
#[component]
pub(crate) fn Cost(price: Price) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    match price.currency() {
        Currency::Tokens => view! { <Amount amount=price.amount()/> }.into_any(),
        Currency::Krw | Currency::Usd => {
            view! { <span class="money">{move || money(i18n.get_locale(), price)}</span> }
                .into_any()
        }
    }
}

/// What took something off a price.
pub(crate) fn applied_name(locale: Locale, applied: &Applied) -> String {
    match applied.kind {
        ApplyKind::Discount => td_string!(locale, checkout.discount).to_owned(),
        ApplyKind::Promo => fill(
            td_string!(locale, checkout.promo_line),
            &[("code", &applied.code)],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_with_its_minor_unit() {
        let price = |amount, currency| Price::new(amount, currency).unwrap();
        assert_eq!(money(Locale::en, price(1_200, Currency::Krw)), "₩1,200");
        assert_eq!(money(Locale::ko, price(1_200, Currency::Krw)), "1,200원");
        assert_eq!(money(Locale::en, price(4_999, Currency::Usd)), "$49.99");
        assert_eq!(money(Locale::en, price(5, Currency::Usd)), "$0.05");
    }
}
