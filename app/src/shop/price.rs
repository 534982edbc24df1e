//! What things cost, in words.

use economy::shop::{ApplyKind, Currency, Price, Quote, Reduction};
use leptos::prelude::*;
use wire::shop::Product;

use crate::{
    format,
    i18n::{Locale, td_string},
    tr,
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

/// What something costs now, and what it cost before if that was more.
#[component]
pub(super) fn PriceTag(quote: Quote) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let is_reduced = quote.total != quote.list_total;
    let before = is_reduced.then(|| {
        view! {
            <s class="price-before">
                <span class="sr-only">{tr!(i18n, shop.was)} " "</span>
                {move || money(i18n.get_locale(), quote.list_total)}
            </s>
        }
    });
    view! {
        <p class="price" data-testid="price" data-amount=quote.total.amount().to_string()>
            {before}
            <strong class="price-now"><Cost price=quote.total/></strong>
        </p>
    }
    .into_any()
}

/// How much less the discount in force makes a product cost.
pub(super) fn discount_words(locale: Locale, product: &Product, quote: &Quote) -> Option<String> {
    let applied = quote.applied.iter();
    let code = applied
        .filter(|it| it.kind == ApplyKind::Discount)
        .map(|it| &it.code)
        .next()?;
    let discount = product.discounts.iter().find(|it| it.code == *code)?;
    Some(match discount.reduction {
        Reduction::Percent { percent } => fill(
            td_string!(locale, shop.off_percent),
            &[("percent", &percent.to_string())],
        ),
        Reduction::Flat(flat) => fill(
            td_string!(locale, shop.off_flat),
            &[("amount", &money(locale, flat))],
        ),
    })
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
