//! What the shop's pages ask the club.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{
    Timestamp,
    shop::{LimitedPackage, LimitedPackages, PriceAnswer, PurchaseResult, ShopCatalogue},
};

use super::{order::Order, ware::Ware};
use crate::{
    error::PageError,
    protocol::{Post, PostWhole},
};

/// Everything that is sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Showcase {
    /// What is always sold.
    pub catalogue: ShopCatalogue,
    /// What there is only so much of.
    pub packages: Vec<LimitedPackage>,
    /// Whether whoever pays chooses how it ends.
    pub is_sandbox: bool,
}

/// What is about to be bought, for the page that asks whether it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// It.
    pub ware: Ware,
    /// What it costs with the promo code that the address names, or why not.
    pub answer: Option<Result<PriceAnswer, PageError>>,
    /// The key of the form on this page.
    pub key: String,
    /// Whether whoever pays chooses how it ends.
    pub is_sandbox: bool,
    /// The club's time.
    pub now: Timestamp,
}

/// Everything that is sold, as it stands for whoever looks.
#[server(protocol = Post)]
pub async fn load_shop() -> Result<Showcase, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::any_reader().await?;
    let packages = backend.shop.limited_packages(member.map(|it| it.user_id));
    Ok(Showcase {
        packages: packages.await.map_err(ssr::fail)?,
        catalogue: backend.shop.catalogue().await.map_err(ssr::fail)?,
        is_sandbox: ssr::PageSettings::current().sandbox,
    })
}

/// The limited packages as they stand for whoever looks.
#[server(protocol = Post)]
pub async fn load_packages() -> Result<LimitedPackages, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::any_reader().await?;
    let packages = backend.shop.limited_packages(member.map(|it| it.user_id));
    Ok(LimitedPackages {
        packages: packages.await.map_err(ssr::fail)?,
        now: backend.clock().now(),
    })
}

/// What something costs now with a promo code.
#[server(protocol = Post)]
pub async fn price_of(
    product_id: String,
    #[server(default)] quantity: Option<i64>,
    #[server(default)] currency: String,
    #[server(default)] promo_code: String,
) -> Result<PriceAnswer, PageError> {
    use super::order;
    use crate::ssr;
    use wire::shop::PriceRequest;
    let request = PriceRequest {
        quantity,
        currency: order::currency(&currency).map_err(ssr::refuse)?,
        promo_code: order::given(&promo_code),
    };
    let backend = ssr::backend()?;
    let address = ssr::device().await?.address;
    let price = backend.shop.price(&product_id, request, &address).await;
    price.map_err(ssr::fail)
}

/// What a member is about to buy, with the key of the form that buys it.
#[server(protocol = PostWhole<Order>)]
pub async fn load_checkout(order: Order) -> Result<Counter, PageError> {
    use crate::ssr;
    let (backend, member) = ssr::reader().await?;
    let catalogue = backend.shop.catalogue().await.map_err(ssr::fail)?;
    let packages = backend.shop.limited_packages(Some(member.user_id));
    let packages = packages.await.map_err(ssr::fail)?;
    let product = catalogue.products.into_iter().map(Ware::Product);
    let mut wares = product.chain(packages.into_iter().map(Ware::Package));
    let ware = wares.find(|ware| ware.id() == order.product_id);
    let ware = ware.ok_or_else(|| ssr::refuse(wire::AppError::new(wire::Code::NotFound)))?;
    Ok(Counter {
        answer: answer(&backend, &order).await,
        ware,
        // Nobody has seen this answer's nonce before, so no other form has the key.
        key: leptos::nonce::use_nonce().map_or_else(String::new, |nonce| nonce.to_string()),
        is_sandbox: ssr::PageSettings::current().sandbox,
        now: catalogue.now,
    })
}

/// The price with the promo code that was applied without JavaScript.
#[cfg(feature = "ssr")]
async fn answer(
    backend: &backend::Backend,
    order: &Order,
) -> Option<Result<PriceAnswer, PageError>> {
    use super::order;
    use wire::shop::PriceRequest;
    let promo_code = order::given(&order.promo_code)?;
    let address = crate::ssr::device().await.ok()?.address;
    let request = PriceRequest {
        quantity: order.quantity.trim().parse().ok(),
        currency: order::currency(&order.currency).ok().flatten(),
        promo_code: Some(promo_code),
    };
    let price = backend
        .shop
        .price(&order.product_id, request, &address)
        .await;
    // The page is there all the same, so the answer's status stays.
    Some(price.map_err(|error| PageError::Refused(error.public())))
}

/// Buys a product or a package, once per key. A plain form goes on to the receipt, or back.
#[server(protocol = PostWhole<Order>)]
pub async fn buy(order: Order) -> Result<PurchaseResult, PageError> {
    use crate::{paths::receipt_path, ssr};
    let (backend, member) = ssr::member().await?;
    let placed = order.place(&backend, &member).await;
    let result =
        placed.map_err(|error| ssr::bounce(&order.path(), "buy", &order.typed(), error))?;
    ssr::done(&receipt_path(&result.receipt_code));
    Ok(result)
}
