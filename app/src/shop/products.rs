//! What is always sold.

use games::gacha::Rarity;
use leptos::prelude::*;
use wire::shop::{Product, ProductKind, ShopCatalogue, ShopItem};

use super::{
    card::{BuyLink, Shopper},
    price::{PriceTag, discount_words},
    ware::Ware,
};
use crate::{
    goods::{Picture, kind_name, rarity_name, ware_picture},
    tr,
    ui::{Amount, Badge, Empty, RarityFrame, Tone, tint},
    words::I18n,
};

/// The products of a kind, in the club's order.
#[component]
pub(super) fn Products(
    catalogue: ShopCatalogue,
    kind: ProductKind,
    shopper: Shopper,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    if kind == ProductKind::Tokens && !catalogue.sells_tokens {
        return view! {
            <Empty title=tr!(i18n, shop.tokens_closed) text=tr!(i18n, shop.tokens_closed_text) art="token"/>
        }
        .into_any();
    }
    let mut products = catalogue.products;
    products.retain(|product| product.kind == kind && product.is_active);
    if products.is_empty() {
        return view! { <Empty title=tr!(i18n, shop.none)/> }.into_any();
    }
    let cards = products
        .into_iter()
        .map(|product| view! { <ProductCard product shopper/> })
        .collect_view();
    view! { <ul class="wares">{cards}</ul> }.into_any()
}

#[component]
fn ProductCard(product: Product, shopper: Shopper) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let ware = Ware::Product(product.clone());
    let quote = quote(&product, shopper);
    let named = StoredValue::new(ware.clone());
    let name = move || named.with_value(|ware| ware.name(i18n.get_locale()));
    let code = product.item.as_ref().map(|item| item.code.as_str());
    let picture = ware_picture(&product.product_id, code);
    let id = product.product_id.clone();
    let discount = quote.clone().map(|quote| {
        let product = StoredValue::new(product.clone());
        let words = move || {
            product.with_value(|product| discount_words(i18n.get_locale(), product, &quote))
        };
        move || words().map(|words| view! { <Badge tone=Tone::Warn>{words}</Badge> })
    });
    let about = match product.item {
        Some(item) => view! { <ItemLine item/> }.into_any(),
        None => {
            view! { <p class="ware-about"><Amount amount=product.tokens.get()/></p> }.into_any()
        }
    };
    let frame = rarity_of(&ware);
    view! {
        <li class="ware" data-testid="product" data-code=id>
            <div class="ware-top">
                <RarityFrame rarity=frame><Picture code=picture/></RarityFrame>
            </div>
            <h2 class="ware-name">{name}</h2>
            {about}
            <p class="ware-discount" data-testid="discount">{discount}</p>
            {quote.map(|quote| view! { <PriceTag quote/> })}
            <BuyLink shopper ware/>
        </li>
    }
    .into_any()
}

/// What one costs now in the currency of the page.
fn quote(product: &Product, shopper: Shopper) -> Option<economy::shop::Quote> {
    let currency = |quote: &&economy::shop::Quote| quote.total.currency() == shopper.currency;
    let mut offers = product.offers.iter();
    offers.find(currency).or(product.offers.first()).cloned()
}

/// The frame of a card: an item's own rarity; token packs are in plain ones.
fn rarity_of(ware: &Ware) -> Rarity {
    match ware {
        Ware::Product(Product {
            item: Some(item), ..
        }) => item.rarity,
        _ => Rarity::Common,
    }
}

/// What an item is for, and how rare it is.
#[component]
fn ItemLine(item: ShopItem) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let ShopItem { kind, rarity, .. } = item;
    view! {
        <p class="ware-about">
            <span>{move || kind_name(i18n.get_locale(), kind)}</span>
            <span class=tint(rarity)>{move || rarity_name(i18n.get_locale(), rarity)}</span>
        </p>
    }
    .into_any()
}
