//! What staff do in the shop; every change, also a refused one, is an audit row.

mod parse;

use economy::shop::News;
use serde::Serialize;
use wire::page::Page;
use wire::shop::{
    Disabled, Receipt, StaffTransactions, Status, UpsertDiscount, UpsertPackage, UpsertProduct,
    UpsertPromo,
};
use wire::staff::{Permission, ReasonRequest};
use wire::{AppError, Code, ReceiptCode};

use super::purchase::{Purchase, number_of};
use super::refund::refund;
use super::settle::{Heard, settle};
use super::store::catalogue::Switched;
use super::{Shop, gateway, store};
use crate::audit::{self, Act, Action, Changed, state};
use crate::db::ScopedFutureExt;
use crate::{Result, Staff, ledger};

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

    /// Purchases of anyone, newest first.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is.
    pub async fn all_transactions(
        &self,
        staff: &Staff,
        filter: StaffTransactions,
    ) -> Result<Page<Receipt>> {
        staff.expect(Permission::PurchasesRead)?;
        let mut conn = self.core.db.read().await?;
        self.receipts(&mut conn, &filter).await
    }

    /// Undoes a purchase: what was paid goes back, what it brought is taken back, stock and promo
    /// code are as before.
    ///
    /// # Errors
    /// `not_found`; `not_refundable` unless it is paid and delivered; `item_used`;
    /// `insufficient_tokens` when the member has fewer than are to be taken back.
    pub async fn refund(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
    ) -> Result<Receipt> {
        let act = Act::of(staff, Action::Refund, code.as_str());
        let act = act.because(request.reason.as_deref());
        audit::expect(&self.core, &act).await?;
        let purchase = self.of_anyone(&act, code).await?;
        let act = &act.about(purchase.order.user);
        let (shop, signer) = (self, self.signer().await?);
        let (user, number) = (purchase.order.user, purchase.number);
        let undo = audit::act(&self.core, act, |tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                let before = store::purchases::find(tx, number).await?;
                let undone = refund(tx, &shop.core, signer, head, number).await?;
                let receipt = shop.receipt_of(tx, &undone).await?;
                let status = undone.status;
                stands((undone, receipt), before.map(|it| it.status), status)
            }
            .scope_boxed()
        });
        let (undone, receipt) = undo.await?;
        if undone.refund_due {
            self.give_back_now(undone).await;
        }
        Ok(receipt)
    }

    /// Ends a pending payment now: as the gateway says, or voided when it does not know. Nothing is
    /// credited that was not captured.
    ///
    /// # Errors
    /// `not_found`; `not_refundable` unless it is pending.
    pub async fn force_settle(
        &self,
        staff: &Staff,
        code: &ReceiptCode,
        request: ReasonRequest,
    ) -> Result<Receipt> {
        let act = Act::of(staff, Action::ForceSettle, code.as_str());
        let act = act.because(request.reason.as_deref());
        audit::expect(&self.core, &act).await?;
        let purchase = self.of_anyone(&act, code).await?;
        let act = &act.about(purchase.order.user);
        // What is asked of the gateway below takes what it holds.
        audit::expect(&self.core, act).await?;
        if !purchase.status.is_open() {
            // Asking would take money that is held for what has ended.
            audit::refused(&self.core, act, Code::NotRefundable).await?;
            return Err(Code::NotRefundable.into());
        }
        let (shop, signer) = (self, self.signer().await?);
        let (user, number) = (purchase.order.user, purchase.number);
        let news = self.last_news(&purchase).await;
        let end = audit::act(&self.core, act, |tx| {
            async move {
                let head = ledger::lock(tx, user).await?;
                let before = store::purchases::find(tx, number).await?;
                let before = before.map(|it| it.status);
                if !before.is_some_and(Status::is_open) {
                    return Err(Code::NotRefundable.into());
                }
                let ended =
                    settle(tx, &shop.core, signer, head, number, news, Heard::ByNotice).await?;
                let receipt = shop.receipt_of(tx, &ended).await?;
                let status = ended.status;
                stands((ended, receipt), before, status)
            }
            .scope_boxed()
        });
        let (ended, receipt) = end.await?;
        if ended.refund_due {
            self.give_back_now(ended).await;
        }
        Ok(receipt)
    }

    /// What the gateway knows of a charge that has to end now.
    async fn last_news(&self, purchase: &Purchase) -> News {
        use wire::shop::GatewayState::{Authorized, Pending};
        let Some(gateway) = self.gateway.as_deref() else {
            return News::GivenUp;
        };
        match gateway::poll(gateway, &purchase.charge()).await {
            Ok(Some(state)) if !matches!(state, Pending | Authorized) => News::State(state),
            _ => News::GivenUp,
        }
    }

    async fn of_anyone(&self, act: &Act, code: &ReceiptCode) -> Result<Purchase> {
        let found = match number_of(code) {
            Some(number) => {
                let mut conn = self.core.db.read().await?;
                store::purchases::find(&mut conn, number).await?
            }
            None => None,
        };
        if found.is_none() {
            audit::refused(&self.core, act, Code::NotFound).await?;
        }
        Ok(found.ok_or(Code::NotFound)?)
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
