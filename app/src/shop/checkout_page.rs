//! The checkout as a page of its own: where a browser without JavaScript buys.

use economy::shop::Currency;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};
use wire::Code;

use super::{
    api::{Counter, load_checkout},
    checkout::Checkout,
    choice::currency_of,
    order::Order,
    till::Till,
};
use crate::{
    error::Refusal,
    session::{call_as_member, use_session, use_wallet},
    tr, tr_title,
    trouble::refused,
    ui::{Empty, Skeleton, Weight, take_refusal},
    words::I18n,
};

/// Asks whether this shall be bought.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let query = use_query_map();
    let order = Memo::new(move |_| query.with(asked));
    let counter = Resource::new_blocking(
        move || order.get(),
        |order| call_as_member(move || load_checkout(order.clone())),
    );
    let refusal = Resource::new_blocking(|| (), |()| async { take_refusal("buy") });
    let part = move || {
        Suspend::new(async move {
            let (refusal, counter) = (refusal.await, counter.await);
            // Last: another who looks meanwhile would not be seen.
            let viewer = match session.standing().await {
                Ok(viewer) => viewer,
                Err(error) => return refused(error),
            };
            let balance = viewer.map(|it| (it.user.id, it.user.cyber_token_balance.get()));
            match counter {
                Ok(counter) => {
                    let wallet = use_wallet();
                    let balance = Signal::derive(move || {
                        balance.map_or(0, |(id, first)| wallet.shown_to(id).unwrap_or(first))
                    });
                    let order = order.try_get_untracked().unwrap_or_default();
                    view! { <Desk counter order refusal balance/> }.into_any()
                }
                Err(error) if error.code() == Some(Code::NotFound) => view! { <Gone/> }.into_any(),
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.checkout)/>
        <div class="door checkout-door">
            <h1 class="page-title">{tr!(i18n, checkout.title)}</h1>
            <Transition fallback=|| view! { <Skeleton rows=8/> }>{part}</Transition>
            <p class="door-other"><a href="/shop">{tr!(i18n, shop.back)}</a></p>
        </div>
    }
    .into_any()
}

/// What the address asks for.
fn asked(query: &ParamsMap) -> Order {
    let named = |name: &str| query.get(name).unwrap_or_default();
    Order {
        kind: String::new(),
        product_id: named("product_id"),
        quantity: named("quantity"),
        currency: named("currency"),
        payment_method: named("payment_method"),
        promo_code: named("promo_code"),
        total_max: String::new(),
        key: String::new(),
    }
}

#[component]
fn Desk(
    counter: Counter,
    order: Order,
    refusal: Option<Refusal>,
    #[prop(into)] balance: Signal<i64>,
) -> impl IntoView {
    let currency: Currency = currency_of(Some(&order.currency));
    let Counter {
        ware,
        answer,
        key,
        is_sandbox,
        now,
    } = counter;
    let till = Till::new(ware, currency, now, Callback::new(|()| ()));
    restore(till, &order, refusal.as_ref());
    if let Some(answer) = answer {
        till.promise(&order.promo_code, answer);
    }
    // Why the form came back counts more than what its promo code would do.
    if let Some(refusal) = refusal {
        till.error.set(Some(refusal.error));
    }
    let navigate = use_navigate();
    let leave = Callback::new(move |()| navigate("/shop", NavigateOptions::default()));
    view! {
        <div class="checkout-room">
            <Checkout till is_sandbox balance key leave/>
        </div>
    }
    .into_any()
}

/// Puts into the form what it held before the page was left.
fn restore(till: Till, order: &Order, refusal: Option<&Refusal>) {
    let kept = |name: &str, named: &str| {
        let kept = Refusal::value(refusal, name);
        if kept.is_empty() {
            named.to_owned()
        } else {
            kept
        }
    };
    let quantity = order.quantity.trim().parse().unwrap_or(1);
    till.quantity.set(quantity.clamp(1, till.quantity_max()));
    till.promo.set(kept("promo_code", &order.promo_code));
    till.method
        .set(kept("payment_method", &order.payment_method));
}

#[component]
fn Gone() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <Empty title=tr!(i18n, shop.gone)/>
        <a class=Weight::Primary.class() href="/shop">{tr!(i18n, shop.back)}</a>
    }
    .into_any()
}
