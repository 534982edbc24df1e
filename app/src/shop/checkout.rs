//! The form that buys: in a sheet of the shop, or on a page of its own without JavaScript.

use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

use super::{
    api::Buy,
    lines::{Chosen, Lines, SHORT, Total},
    outcome::Outcome,
    promo::PromoField,
    quantity::Quantity,
    till::Till,
};
use crate::{format, goods::money, tr, ui::Weight, words::fill};

/// How a practice payment ends, in the words of the practice gateway.
const ENDINGS: [&str; 3] = ["card_ok", "card_declined", "card_pending"];
/// What a real gateway is told.
const CARD: &str = "card";

/// The form until it was accepted, then what came of it.
#[component]
pub(super) fn Checkout(
    till: Till,
    is_sandbox: bool,
    #[prop(into)] balance: Signal<i64>,
    /// The key that the form carries without JavaScript.
    #[prop(optional, into)]
    key: String,
    /// Leads back to the shop.
    leave: Callback<()>,
) -> impl IntoView {
    let is_bought = Memo::new(move |_| till.bought.with(Option::is_some));
    let part = move || {
        if is_bought.get()
            && let Some(result) = till.bought.try_get_untracked().flatten()
        {
            return view! { <Outcome result leave/> }.into_any();
        }
        let key = key.clone();
        view! { <OrderForm till is_sandbox balance key/> }.into_any()
    };
    view! { <div class="checkout">{part}</div> }.into_any()
}

#[component]
fn OrderForm(till: Till, is_sandbox: bool, balance: Signal<i64>, key: String) -> impl IntoView {
    let ware = till.ware.get_value();
    let (kind, id) = (ware.kind(), ware.id().to_owned());
    let methods = ware
        .is_paid_with_money()
        .then(|| view! { <Methods till is_sandbox/> });
    let is_beyond = Memo::new(move |_| till.missing(balance.get()).is_some());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_beyond.try_get_untracked() == Some(false) {
            till.pay();
        }
    };
    view! {
        <Chosen ware/>
        <form class="form checkout-form" method="post" action=Buy::url() novalidate data-testid="checkout" on:submit=on_submit>
            <input type="hidden" name="kind" value=kind/>
            <input type="hidden" name="product_id" value=id/>
            <input type="hidden" name="currency" value=till.currency.as_str()/>
            <input type="hidden" name="key" value=key/>
            <Quantity till/>
            {methods}
            <PromoField till/>
            <Lines till balance/>
            <div class="checkout-foot">
                <p class="form-error" role="alert" data-testid="form-error">{move || till.failure()}</p>
                <Total till/>
                <Pay till is_beyond/>
            </div>
        </form>
    }
    .into_any()
}

/// Pays. It is off where the balance does not cover the price, which the sentence above it says; without
/// JavaScript it sends the form all the same, which may hold another number by then.
#[component]
fn Pay(till: Till, is_beyond: Memo<bool>) -> impl IntoView {
    let i18n = till.i18n;
    let words = move || {
        let price = till.quote()?.total;
        Some(match price.tokens() {
            Some(tokens) => {
                let amount = format::group(tokens.get());
                fill(tr!(i18n, checkout.pay_tokens)(), &[("amount", &amount)])
            }
            None => {
                let price = money(i18n.get_locale(), price);
                fill(tr!(i18n, checkout.pay)(), &[("price", &price)])
            }
        })
    };
    view! {
        <button
            type="submit"
            class=Weight::Primary.class()
            class:beyond=move || is_beyond.get()
            aria-disabled=move || is_beyond.get().then_some("true")
            aria-describedby=move || is_beyond.get().then_some(SHORT)
            aria-busy=move || till.is_paying.get().then_some("true")
            data-testid="pay"
        >
            {words}
        </button>
    }
    .into_any()
}

/// How to pay; with a practice gateway, how the payment shall end.
#[component]
fn Methods(till: Till, is_sandbox: bool) -> impl IntoView {
    let i18n = till.i18n;
    let first = if is_sandbox { ENDINGS[0] } else { CARD };
    if till.method.try_with_untracked(String::is_empty) == Some(true) {
        till.method.set(first.to_owned());
    }
    if !is_sandbox {
        return view! { <input type="hidden" name="payment_method" value=CARD/> }.into_any();
    }
    let name = move |ending: &str| match ending {
        "card_ok" => tr!(i18n, checkout.test_captured)(),
        "card_declined" => tr!(i18n, checkout.test_declined)(),
        _ => tr!(i18n, checkout.test_pending)(),
    };
    let choices = ENDINGS
        .map(|ending| {
            view! {
                <label class="method">
                    <input
                        type="radio"
                        name="payment_method"
                        value=ending
                        checked=till.method.try_with_untracked(|method| method == ending).unwrap_or_default()
                        data-testid=format!("method-{ending}")
                        on:change=move |_| till.method.set(ending.to_owned())
                    />
                    <span>{move || name(ending)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field methods" aria-describedby="field-payment_method-error methods-note">
            <legend class="field-label">{tr!(i18n, checkout.method)}</legend>
            <p id="methods-note" class="field-hint">{tr!(i18n, checkout.sandbox)}</p>
            <div class="methods-choices">{choices}</div>
            <p id="field-payment_method-error" class="field-error" role="alert" data-testid="field-error-payment_method">
                {move || till.fault("payment_method")}
            </p>
        </fieldset>
    }
    .into_any()
}
