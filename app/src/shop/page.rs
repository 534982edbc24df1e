//! The shop's page.

use economy::shop::Currency;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wire::shop::ProductKind;

use super::{
    api::{Showcase, load_shop},
    card::Shopper,
    checkout::Checkout,
    choice::{Category, Choice},
    package::Packages,
    products::Products,
    shelf::Shelf,
    till::Till,
    ware::Ware,
};
use crate::{
    session::{Viewer, call, use_session, use_wallet},
    tr, tr_title,
    trouble::refused,
    ui::{Icon, LinkTabs, Sheet, Skeleton, Tab},
    words::I18n,
};

/// What is sold, by category. Visitors may look.
#[component]
pub fn ShopPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let query = use_query_map();
    let choice = Memo::new(move |_| query.with(Choice::of));
    let showcase = Resource::new_blocking(|| (), |()| call(load_shop));
    let part = move || {
        Suspend::new(async move {
            let showcase = showcase.await;
            // Last: another who looks meanwhile would not be seen.
            let viewer = match session.standing().await {
                Err(error) if error.is_unauthenticated() => Ok(None),
                viewer => viewer,
            };
            match (viewer, showcase) {
                (Ok(viewer), Ok(showcase)) => view! { <Shop showcase viewer choice/> }.into_any(),
                (Err(error), _) | (_, Err(error)) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.shop)/>
        <div class="shop-head">
            <div>
                <h1 class="page-title">{tr!(i18n, shop.title)}</h1>
                <p class="page-lead">{tr!(i18n, shop.lead)}</p>
            </div>
            <nav class="row" aria-label=tr!(i18n, shop.places)>
                <a class="text-link" href="/receipts"><Icon name="receipt"/>{tr!(i18n, receipt.title)}</a>
                <a class="text-link" href="/inventory"><Icon name="bag"/>{tr!(i18n, bag.title)}</a>
            </nav>
        </div>
        {move || view! { <Choices choice=choice.get()/> }}
        <Transition fallback=|| view! { <Skeleton rows=12/> }>{part}</Transition>
    }
    .into_any()
}

/// Category and currency, each as a row of links.
#[component]
fn Choices(choice: Choice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let categories = Category::ALL.map(|category| Tab {
        name: (move || category_name(i18n, category)).into(),
        href: Choice { category, ..choice }.href(),
        is_current: choice.category == category,
    });
    let currencies = (choice.category == Category::Tokens).then(|| {
        let tabs = [Currency::Krw, Currency::Usd].map(|currency| Tab {
            name: (move || currency_name(i18n, currency)).into(),
            href: Choice { currency, ..choice }.href(),
            is_current: choice.currency == currency,
        });
        view! { <LinkTabs label=tr!(i18n, shop.currency) tabs=tabs.into()/> }
    });
    view! {
        <div class="choices">
            <LinkTabs label=tr!(i18n, shop.category) tabs=categories.into()/>
            {currencies}
        </div>
    }
    .into_any()
}

fn category_name(i18n: I18n, category: Category) -> &'static str {
    match category {
        Category::Tokens => tr!(i18n, shop.tokens)(),
        Category::Items => tr!(i18n, shop.items)(),
        Category::Packages => tr!(i18n, shop.packages)(),
    }
}

fn currency_name(i18n: I18n, currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => tr!(i18n, shop.usd)(),
        Currency::Krw | Currency::Tokens => tr!(i18n, shop.krw)(),
    }
}

/// The shelf that was chosen, and the sheet that buys from it.
#[component]
fn Shop(showcase: Showcase, viewer: Option<Viewer>, choice: Memo<Choice>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Showcase {
        catalogue,
        packages,
        is_sandbox,
    } = showcase;
    let shelf = Shelf::new(packages, catalogue.now);
    let (is_open, chosen) = (RwSignal::new(false), RwSignal::new(None::<Ware>));
    let open = Callback::new(move |ware| {
        chosen.set(Some(ware));
        is_open.set(true);
    });
    let is_member = viewer.is_some();
    let goods = move || {
        let Choice { category, currency } = choice.get();
        let shopper = Shopper {
            currency,
            is_member,
            open,
        };
        let catalogue = catalogue.clone();
        match category {
            Category::Tokens => {
                view! { <Products catalogue kind=ProductKind::Tokens shopper/> }.into_any()
            }
            Category::Items => {
                view! { <Products catalogue kind=ProductKind::Item shopper/> }.into_any()
            }
            Category::Packages => view! { <Packages shelf shopper/> }.into_any(),
        }
    };
    let balance = balance_of(viewer.as_ref());
    let leave = Callback::new(move |()| is_open.set(false));
    // Over another shelf, which a link in the sheet may lead to, it would hide what was asked for.
    Effect::new(move || {
        choice.track();
        is_open.set(false);
    });
    let checkout = move || {
        let ware = chosen.get()?;
        // The shelf follows every answer, also one that says no.
        let answered = Callback::new(move |()| shelf.look());
        let currency = choice.try_get_untracked()?.currency;
        let till = Till::new(ware, currency, shelf.clock.shown_untracked()?, answered);
        Some(view! { <Checkout till is_sandbox balance leave/> })
    };
    view! {
        <div class="shelf-room">{goods}</div>
        <Sheet open=is_open title=tr!(i18n, checkout.title)>{checkout}</Sheet>
    }
    .into_any()
}

fn balance_of(viewer: Option<&Viewer>) -> Signal<i64> {
    let wallet = use_wallet();
    let first = viewer.map(|it| (it.user.id, it.user.cyber_token_balance.get()));
    Signal::derive(move || first.map_or(0, |(id, first)| wallet.shown_to(id).unwrap_or(first)))
}
