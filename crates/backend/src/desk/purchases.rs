//! Purchases of anyone: what the shop keeps of them, whose they are, and what they moved.

use std::collections::{BTreeSet, HashMap};

use economy::Posting;
use wire::desk::{PurchaseRow, PurchaseWhole};
use wire::shop::StaffTransactions;
use wire::staff::Permission;
use wire::{Code, Page, ReceiptCode, UserId};

use super::Desk;
use crate::accounts::Stand;
use crate::shop::Sold;
use crate::{Error, Result, Staff, accounts, ledger};

impl Desk {
    /// Purchases of anyone, newest first unless it is said otherwise.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is.
    pub async fn purchases(
        &self,
        staff: &Staff,
        filter: StaffTransactions,
    ) -> Result<Page<PurchaseRow>> {
        staff.expect(Permission::PurchasesRead)?;
        let mut conn = self.core.db.read().await?;
        let Page { items, next_cursor } = self.shop.sold(&mut conn, &filter).await?;
        let users: BTreeSet<UserId> = items.iter().map(|it| it.receipt.user_id).collect();
        let users: Vec<UserId> = users.into_iter().collect();
        let whose = match users.is_empty() {
            true => HashMap::new(),
            false => accounts::stands_of(&mut conn, &users).await?,
        };
        let rows = items.into_iter().map(|sold| row(sold, &whose));
        Ok(Page {
            items: rows.collect::<Result<_>>()?,
            next_cursor,
        })
    }

    /// A purchase, whole.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub async fn purchase(&self, staff: &Staff, code: &ReceiptCode) -> Result<PurchaseWhole> {
        staff.expect(Permission::PurchasesRead)?;
        let mut conn = self.core.db.read().await?;
        let found = self.shop.sold_as(&mut conn, code).await?;
        let mut sold = found.ok_or(Code::NotFound)?;
        let (user, payment) = (sold.receipt.user_id, sold.payment.take());
        let whose = accounts::stands_of(&mut conn, &[user]).await?;
        let operations = Posting::operations_of_purchase(code.as_str());
        Ok(PurchaseWhole {
            purchase: row(sold, &whose)?,
            payment,
            transfers: ledger::of_operations(&mut conn, user, operations).await?,
        })
    }
}

/// A purchase with what its member is called.
fn row(sold: Sold, whose: &HashMap<UserId, Stand>) -> Result<PurchaseRow> {
    let stand = whose.get(&sold.receipt.user_id);
    let stand = stand.ok_or_else(|| Error::Corrupt("purchases.user_id".to_owned()))?;
    Ok(PurchaseRow {
        site_id: stand.site_id.clone(),
        nickname: stand.nickname.clone(),
        refund_due: sold.refund_due,
        is_late: sold.is_late,
        receipt: sold.receipt,
    })
}
