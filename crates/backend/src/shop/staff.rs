//! What staff do in the shop; every change, also a refused one, is an audit row.

mod forcing;
mod parse;
mod seeing;
mod undoing;

use serde::Serialize;
use wire::shop::{Disabled, Status, UpsertDiscount, UpsertPackage, UpsertProduct, UpsertPromo};
use wire::staff::ReasonRequest;
use wire::{AppError, Code, ReceiptCode};

pub(crate) use self::seeing::Sold;
use super::purchase::{Purchase, number_of};
use super::store::catalogue::Switched;
use super::{Shop, store};
use crate::audit::{self, Act, Action, Changed, state};
use crate::db::ScopedFutureExt;
use crate::weigh::{self, Wish};
use crate::{Result, Staff};

/// How many items a package may name.
const PACKAGE_ITEMS_MAX: usize = 20;

impl Shop {
    /// Makes a product, or changes all of it.
    ///
    /// # Errors
    /// `invalid`.
    pub async fn upsert_product(
        &self,
        staff: &Staff,
        mut product: UpsertProduct,
    ) -> Result<UpsertProduct> {
        // In the order in which prices are shown and chosen.
        product.prices.sort_by_key(|price| price.currency());
        let (act, product) = (
            &Act::of(staff, Action::UpsertProduct, &product.product_id),
            &product,
        );
        let put = audit::act(&self.core, act, |tx| {
            async move {
                parse::product(product)?;
                if let Some(item) = &product.item
                    && !store::catalogue::is_item(tx, item).await?
                {
                    return Err(AppError::field("item", "range", "there is no such item").into());
                }
                let before = store::catalogue::product(tx, &product.product_id).await?;
                let before = before.map(|row| parse::product_of(&row));
                store::catalogue::put_product(tx, product).await?;
                changed(product.clone(), before)
            }
            .scope_boxed()
        });
        put.await
    }

    /// Makes a discount, or changes all of it.
    ///
    /// # Errors
    /// `invalid`.
    pub async fn upsert_discount(
        &self,
        staff: &Staff,
        discount: UpsertDiscount,
    ) -> Result<UpsertDiscount> {
        let (act, discount) = (
            &Act::of(staff, Action::UpsertDiscount, &discount.code),
            &discount,
        );
        let put = audit::act(&self.core, act, |tx| {
            async move {
                parse::discount(discount)?;
                let of = store::catalogue::product(tx, &discount.product_id).await?;
                if of.is_none() {
                    let refused =
                        AppError::field("product_id", "range", "there is no such product");
                    return Err(refused.into());
                }
                let before = store::catalogue::discount(tx, &discount.code).await?;
                store::catalogue::put_discount(tx, discount).await?;
                changed(discount.clone(), before)
            }
            .scope_boxed()
        });
        put.await
    }

    /// Makes a limited package, or changes all of it; what is sold stays sold.
    ///
    /// # Errors
    /// `invalid`, also for a stock below what is sold.
    pub async fn upsert_package(
        &self,
        staff: &Staff,
        package: UpsertPackage,
    ) -> Result<UpsertPackage> {
        let act = &Act::of(staff, Action::UpsertPackage, &package.package_id);
        let package = &package;
        let put = audit::act(&self.core, act, |tx| {
            async move {
                parse::package(package, PACKAGE_ITEMS_MAX)?;
                for item in &package.contents.items {
                    if !store::catalogue::is_item(tx, &item.code).await? {
                        let refused = AppError::field("contents", "range", "there is no such item");
                        return Err(refused.into());
                    }
                }
                let before =
                    store::packages::package(tx, staff.user_id(), &package.package_id).await?;
                let before = before.map(|row| parse::package_of(&row));
                if !store::packages::put(tx, package).await? {
                    let refused = AppError::field("stock", "range", "more than that are sold");
                    return Err(refused.into());
                }
                changed(package.clone(), before)
            }
            .scope_boxed()
        });
        put.await
    }

    /// Makes a promo code, or changes all of it but its uses.
    ///
    /// # Errors
    /// `invalid`, also for fewer uses than there were.
    pub async fn upsert_promo(&self, staff: &Staff, mut promo: UpsertPromo) -> Result<UpsertPromo> {
        promo.code = promo.code.to_ascii_uppercase();
        let (act, promo) = (&Act::of(staff, Action::UpsertPromo, &promo.code), &promo);
        let put = audit::act(&self.core, act, |tx| {
            async move {
                parse::promo(promo)?;
                if let Some(package) = &promo.package_id
                    && store::packages::package(tx, staff.user_id(), package)
                        .await?
                        .is_none()
                {
                    let refused =
                        AppError::field("package_id", "range", "there is no such package");
                    return Err(refused.into());
                }
                let before = store::promos::promo(tx, &promo.code).await?;
                // One that differs in case is another.
                let before = before.filter(|before| before.code == promo.code);
                if !store::promos::put(tx, promo).await? {
                    let refused = AppError::field("max_uses", "range", "it was used more often");
                    return Err(refused.into());
                }
                changed(promo.clone(), before)
            }
            .scope_boxed()
        });
        put.await
    }

    /// Takes a product out of the shop.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn disable_product(&self, staff: &Staff, id: &str) -> Result<Disabled> {
        let act = &Act::of(staff, Action::DisableProduct, id);
        self.disable(act, Switched::Product, id).await
    }

    /// Ends a discount.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn disable_discount(&self, staff: &Staff, code: &str) -> Result<Disabled> {
        let act = &Act::of(staff, Action::DisableDiscount, code);
        self.disable(act, Switched::Discount, code).await
    }

    /// Stops a package at once.
    ///
    /// # Errors
    /// `not_found`; `invalid` for a bad reason.
    pub async fn disable_package(
        &self,
        staff: &Staff,
        id: &str,
        request: ReasonRequest,
    ) -> Result<Disabled> {
        let act = Act::of(staff, Action::DisablePackage, id);
        let act = &act.because(request.reason.as_deref());
        self.disable(act, Switched::Package, id).await
    }

    async fn disable(&self, act: &Act, what: Switched, id: &str) -> Result<Disabled> {
        let disable = audit::act(&self.core, act, |tx| {
            async move {
                let was_on = store::catalogue::disable(tx, what, id).await?;
                let was_on = was_on.ok_or(Code::NotFound)?;
                let stands = |is_active| Disabled {
                    id: id.to_owned(),
                    is_active,
                };
                changed(stands(false), Some(stands(was_on)))
            }
            .scope_boxed()
        });
        disable.await
    }

    /// The purchase that staff name, for an act on it that is wished so.
    ///
    /// # Errors
    /// What keeps whoever asks from the act; `not_found`.
    async fn sought(&self, act: &Act, code: &ReceiptCode, wish: &Wish) -> Result<Purchase> {
        weigh::expect(&self.core, act, wish).await?;
        let found = self.of_anyone(code).await?;
        if found.is_none() && !wish.is_dry_run() {
            audit::refused(&self.core, act, Code::NotFound).await?;
        }
        Ok(found.ok_or(Code::NotFound)?)
    }

    async fn of_anyone(&self, code: &ReceiptCode) -> Result<Option<Purchase>> {
        let Some(number) = number_of(code) else {
            return Ok(None);
        };
        let mut conn = self.core.db.read().await?;
        store::purchases::find(&mut conn, number).await
    }
}

/// An answer that is also how its subject stands now.
fn changed<T: Serialize>(answer: T, before: Option<impl Serialize>) -> Result<Changed<T>> {
    Ok(Changed {
        before: before.as_ref().map(state).transpose()?,
        after: Some(state(&answer)?),
        answer,
    })
}

/// An answer with the status that its subject had and has.
fn stands<T>(answer: T, before: Option<Status>, after: Status) -> Result<Changed<T>> {
    Ok(Changed {
        before: before.as_ref().map(state).transpose()?,
        after: Some(state(&after)?),
        answer,
    })
}
