//! What something costs now.

use economy::shop::{ApplyKind, Quote, Reduction};
use leptos::prelude::*;
use wire::shop::Product;

use crate::{
    goods::{Cost, money},
    i18n::{Locale, td_string},
    tr,
    words::{I18n, fill},
};

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
