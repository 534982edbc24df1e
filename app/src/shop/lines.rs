//! What is bought, and what it comes to.

use economy::shop::Currency;
use leptos::prelude::*;

use super::{till::Till, ware::Ware};
use crate::{
    format,
    goods::{ContentsLine, Cost, Picture, applied_name, money, ware_picture},
    tr,
    ui::Amount,
    words::{I18n, fill},
};

/// Where it is said how many tokens are missing.
pub(super) const SHORT: &str = "checkout-short";

/// What is bought, in a picture and in words.
#[component]
pub(super) fn Chosen(ware: Ware) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let contents = ware.contents(1);
    let item = contents.items.first().map(|item| item.code.clone());
    let code = ware_picture(ware.id(), item.as_deref());
    let brings = ware.is_package() || contents.items.is_empty();
    let named = StoredValue::new(ware);
    let name = move || named.with_value(|ware| ware.name(i18n.get_locale()));
    view! {
        <div class="chosen">
            <span class="chosen-picture"><Picture code/></span>
            <div class="chosen-words">
                <p class="chosen-name" data-testid="chosen">{name}</p>
                {brings.then(|| view! { <ContentsLine contents/> })}
            </div>
        </div>
    }
    .into_any()
}

/// The price before, what was applied, and the balance after.
#[component]
pub(super) fn Lines(till: Till, #[prop(into)] balance: Signal<i64>) -> impl IntoView {
    let i18n = till.i18n;
    let quote = Memo::new(move |_| till.quote());
    let is_reduced = move || quote.with(|it| it.as_ref().is_some_and(|it| !it.applied.is_empty()));
    let list = move || {
        let quote = quote.get().filter(|_| is_reduced())?;
        Some(view! {
            <div class="line">
                <dt>{tr!(i18n, checkout.list)}</dt>
                <dd><s>{money(i18n.get_locale(), quote.list_total)}</s></dd>
            </div>
        })
    };
    let applied = move || {
        let quote = quote.get()?;
        let currency = quote.total.currency();
        let lines = quote.applied.into_iter().map(move |applied| {
            let less = less(i18n, currency, applied.amount);
            view! {
                <div class="line line-less" data-testid="applied" data-code=applied.code.clone()>
                    <dt>{applied_name(i18n.get_locale(), &applied)}</dt>
                    <dd>{less}</dd>
                </div>
            }
        });
        Some(lines.collect_view())
    };
    let after = Memo::new(move |_| {
        let quote = quote.get()?;
        let paid = quote.total.tokens().map_or(0, |tokens| tokens.get());
        let quantity = till.quantity.get();
        let came = till
            .ware
            .with_value(|ware| ware.contents(quantity).tokens.get());
        Some(balance.get() - paid + came)
    });
    view! {
        <dl class="lines-of-price" aria-live="polite">
            {list} {applied}
            <div class="line line-quiet">
                <dt>{tr!(i18n, checkout.balance)}</dt>
                <dd>{move || view! { <Amount amount=balance.get()/> }}</dd>
            </div>
            <div class="line line-quiet" data-testid="balance-after" data-amount=move || after.get().map(|it| it.to_string())>
                <dt>{tr!(i18n, checkout.after)}</dt>
                <dd>{move || after.get().map(|amount| view! { <Amount amount=amount/> })}</dd>
            </div>
        </dl>
        <Short till balance/>
    }
    .into_any()
}

/// What is to be paid.
#[component]
pub(super) fn Total(till: Till) -> impl IntoView {
    let i18n = till.i18n;
    let quote = Memo::new(move |_| till.quote());
    let total = move || quote.get().map(|quote| quote.total);
    view! {
        <p class="checkout-total" aria-live="polite" data-testid="total" data-amount=move || total().map(|it| it.amount().to_string())>
            <span class="muted">{tr!(i18n, checkout.total)}</span>
            <strong class="price-now">{move || total().map(|price| view! { <Cost price/> })}</strong>
        </p>
    }
    .into_any()
}

/// How many tokens are missing, and where there are more.
#[component]
fn Short(till: Till, balance: Signal<i64>) -> impl IntoView {
    let i18n = till.i18n;
    let words = move || {
        let amount = format::group(till.missing(balance.get())?);
        let text = fill(tr!(i18n, checkout.short)(), &[("amount", &amount)]);
        Some(view! {
            <p id=SHORT class="checkout-short" data-testid="short">
                {text} " "
                <a class="text-link" href="/shop">{tr!(i18n, checkout.get_tokens)}</a>
            </p>
        })
    };
    view! { {words} }.into_any()
}

fn less(i18n: I18n, currency: Currency, amount: i64) -> String {
    let price = economy::shop::Price::new(amount, currency);
    price.map_or_else(
        |_| String::new(),
        |price| format!("\u{2212}{}", money(i18n.get_locale(), price)),
    )
}
