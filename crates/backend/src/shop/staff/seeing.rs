//! Purchases as staff see them.

use sqlx::AnyConnection;
use wire::desk::{OpenPurchases, PaymentAtGateway};
use wire::shop::{Receipt, StaffTransactions};
use wire::staff::Permission;
use wire::{Page, ReceiptCode, Timestamp};

use crate::shop::purchase::{PENDING_MAX_MILLIS, Purchase, number_of};
use crate::shop::{Shop, store};
use crate::{Result, Staff};

/// A purchase with what its receipt does not say.
pub(crate) struct Sold {
    pub(crate) receipt: Receipt,
    pub(crate) refund_due: bool,
    pub(crate) is_late: bool,
    /// Nothing of what was bought with tokens.
    pub(crate) payment: Option<PaymentAtGateway>,
}

impl Sold {
    fn of(purchase: &Purchase, receipt: Receipt, now: Timestamp) -> Self {
        let is_open = purchase.status.is_open();
        let until = purchase.created_at.plus_millis(PENDING_MAX_MILLIS);
        let is_paid = purchase.is_paid_with_money();
        let payment = is_paid.then(|| PaymentAtGateway {
            reference: purchase.order.id.clone(),
            method: purchase.order.method.clone(),
            waits_until: is_open.then_some(until),
        });
        Self {
            receipt,
            refund_due: purchase.refund_due,
            is_late: is_open && purchase.is_late(now),
            payment,
        }
    }
}

impl Shop {
    /// The receipt whose code just this is, in any case.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn exactly(&self, staff: &Staff, typed: &str) -> Result<Option<ReceiptCode>> {
        staff.expect(Permission::PurchasesRead)?;
        let code = ReceiptCode(typed.trim().to_ascii_uppercase());
        let found = self.of_anyone(&code).await?;
        Ok(found.map(|purchase| purchase.code()))
    }

    /// The purchases that a filter lets through, in its order.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub(crate) async fn sold(
        &self,
        conn: &mut AnyConnection,
        filter: &StaffTransactions,
    ) -> Result<Page<Sold>> {
        let now = self.core.now();
        let page = self.found(conn, filter).await?;
        let receipts = self.receipts_of(conn, &page.items).await?;
        let sold = page.items.iter().zip(receipts);
        let sold = sold.map(|(purchase, receipt)| Sold::of(purchase, receipt, now));
        Ok(Page {
            items: sold.collect(),
            next_cursor: page.next_cursor,
        })
    }

    /// The purchase with that receipt, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn sold_as(
        &self,
        conn: &mut AnyConnection,
        code: &ReceiptCode,
    ) -> Result<Option<Sold>> {
        let Some(number) = number_of(code) else {
            return Ok(None);
        };
        let Some(purchase) = store::purchases::find(conn, number).await? else {
            return Ok(None);
        };
        let receipt = self.receipt_of(conn, &purchase).await?;
        Ok(Some(Sold::of(&purchase, receipt, self.core.now())))
    }

    /// How many purchases are not at their end.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn open_purchases(&self, staff: &Staff) -> Result<OpenPurchases> {
        staff.expect(Permission::PurchasesRead)?;
        let late = self.core.now().plus_millis(-PENDING_MAX_MILLIS);
        let mut conn = self.core.db.read().await?;
        store::sought::open(&mut conn, late).await
    }
}
