//! The inventory's page.

use games::gacha::Rarity;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use wire::shop::{Equipment, ItemKind};

use super::{
    api::{Bag, load_inventory},
    choice::Choice,
    item::{Entry, Shelf},
};
use crate::{
    error::Refusal,
    goods::{item_name, kind_name, rarity_name},
    session::{call_as_member, use_session},
    tr, tr_title,
    trouble::refused,
    ui::{Empty, Fact, FormError, Icon, LinkTabs, Skeleton, Submission, Tab, take_refusal},
    words::I18n,
};

/// What the member owns, by kind and rarity, and what of it they wear.
#[component]
pub fn InventoryPage() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let session = use_session();
    let query = use_query_map();
    let choice = Memo::new(move |_| query.with(Choice::of));
    let bag = Resource::new_blocking(
        move || (choice.get(), session.version()),
        |(Choice { kind, rarity }, _)| call_as_member(move || load_inventory(kind, rarity)),
    );
    let refusal = Resource::new_blocking(|| (), |()| async { take_refusal("bag") });
    let part = move || {
        Suspend::new(async move {
            let refusal = refusal.await;
            match bag.await {
                Ok(bag) => {
                    let choice = choice.try_get_untracked().unwrap_or_default();
                    view! { <Owned bag choice refusal/> }.into_any()
                }
                Err(error) => refused(error),
            }
        })
    };
    view! {
        <Title text=tr_title!(i18n, title.inventory)/>
        <div class="shop-head">
            <div>
                <h1 class="page-title">{tr!(i18n, bag.title)}</h1>
                <p class="page-lead">{tr!(i18n, bag.lead)}</p>
            </div>
            <nav class="row" aria-label=tr!(i18n, shop.places)>
                <a class="text-link" href="/shop?category=items"><Icon name="shop"/>{tr!(i18n, bag.shop)}</a>
                <a class="text-link" href="/receipts"><Icon name="receipt"/>{tr!(i18n, bag.receipts)}</a>
                <a class="text-link" href="/games/gacha"><Icon name="games"/>{tr!(i18n, bag.gacha)}</a>
            </nav>
        </div>
        {move || view! { <Choices choice=choice.get()/> }}
        <Transition fallback=|| view! { <Skeleton rows=12/> }>{part}</Transition>
    }
    .into_any()
}

/// Kind and rarity, each as a row of links.
#[component]
fn Choices(choice: Choice) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let kinds = std::iter::once(None).chain(ItemKind::ALL.map(Some));
    let of_kinds = kinds.map(|kind| {
        tab(choice, Choice { kind, ..choice }, move || match kind {
            Some(kind) => kind_name(i18n.get_locale(), kind),
            None => tr!(i18n, bag.all)(),
        })
    });
    let rarities = std::iter::once(None).chain(Rarity::ALL.map(Some));
    let of_rarities = rarities.map(|rarity| {
        tab(choice, Choice { rarity, ..choice }, move || match rarity {
            Some(rarity) => rarity_name(i18n.get_locale(), rarity),
            None => tr!(i18n, bag.all)(),
        })
    });
    view! {
        <div class="choices">
            <LinkTabs label=tr!(i18n, bag.kind) tabs=of_kinds.collect()/>
            <LinkTabs label=tr!(i18n, bag.rarity) tabs=of_rarities.collect()/>
        </div>
    }
    .into_any()
}

fn tab(shown: Choice, to: Choice, name: impl Fn() -> &'static str + Send + Sync + 'static) -> Tab {
    Tab {
        name: name.into(),
        href: to.href(),
        is_current: shown == to,
    }
}

#[component]
fn Owned(bag: Bag, choice: Choice, refusal: Option<Refusal>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Bag { inventory, key } = bag;
    let shelf = Shelf {
        back: StoredValue::new(choice.href()),
        key: StoredValue::new(key),
    };
    let items = if inventory.items.is_empty() {
        view! { <Empty title=tr!(i18n, bag.none) text=tr!(i18n, bag.none_text)/> }.into_any()
    } else {
        let entries = inventory.items.into_iter();
        let entries = entries
            .map(|item| view! { <Entry item shelf/> })
            .collect_view();
        view! { <ul class="wares">{entries}</ul> }.into_any()
    };
    let submission = Submission::new(refusal.as_ref());
    view! {
        <FormError submission/>
        <Wearing worn=inventory.equipment/>
        <div class="shelf-room">{items}</div>
    }
    .into_any()
}

/// What is worn in each place.
#[component]
fn Wearing(worn: Equipment) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let shown = move |code: Option<String>| {
        move || match &code {
            Some(code) => item_name(i18n.get_locale(), code),
            None => tr!(i18n, bag.nothing)(),
        }
    };
    view! {
        <section class="card wearing" aria-label=tr!(i18n, bag.wearing)>
            <h2 class="card-title">{tr!(i18n, bag.wearing)}</h2>
            <dl class="facts wearing-facts">
                <Fact name=tr!(i18n, bag.frame)>{shown(worn.frame)}</Fact>
                <Fact name=tr!(i18n, bag.item_title)>{shown(worn.title)}</Fact>
                <Fact name=tr!(i18n, bag.badge)>{shown(worn.badge)}</Fact>
                <Fact name=tr!(i18n, bag.felt)>{shown(worn.felt)}</Fact>
            </dl>
        </section>
    }
    .into_any()
}
