//! A member's purchases, as receipts.

use sqlx::AnyConnection;
use wire::page::Page;
use wire::shop::{Receipt, StaffTransactions, TransactionsRequest};
use wire::{Code, ReceiptCode, UserId};

use super::Shop;
use super::purchase::{Purchase, number_of};
use super::store::purchases::{self, Past};
use super::store::sought;
use crate::paging::{self, Before, Dated};
use crate::{Error, Result};

impl Shop {
    /// The member's purchases, newest first.
    ///
    /// # Errors
    /// `invalid` when the page is.
    pub async fn transactions(
        &self,
        user: UserId,
        request: TransactionsRequest,
    ) -> Result<Page<Receipt>> {
        let filter = StaffTransactions {
            limit: request.limit,
            cursor: request.cursor,
            user_id: Some(user),
            status: request.status,
            kind: request.kind,
            since: request.since,
            until: request.until,
            ..StaffTransactions::default()
        };
        let mut conn = self.core.db.read().await?;
        self.receipts(&mut conn, &filter).await
    }

    /// A receipt of the member's.
    ///
    /// # Errors
    /// `not_found` unless it is theirs.
    pub async fn receipt(&self, user: UserId, code: &ReceiptCode) -> Result<Receipt> {
        let number = number_of(code).ok_or(Code::NotFound)?;
        let mut conn = self.core.db.read().await?;
        let found = purchases::find(&mut conn, number).await?;
        let own = found.filter(|it| it.order.user == user);
        self.receipt_of(&mut conn, &own.ok_or(Code::NotFound)?)
            .await
    }

    /// How many purchases the member made, however they ended.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn count(&self, user: UserId) -> Result<i64> {
        let mut conn = self.core.db.read().await?;
        purchases::count(&mut conn, user).await
    }

    /// The receipts that a filter lets through, in its order.
    async fn receipts(
        &self,
        conn: &mut AnyConnection,
        filter: &StaffTransactions,
    ) -> Result<Page<Receipt>> {
        let page = self.found(conn, filter).await?;
        Ok(Page {
            items: self.receipts_of(conn, &page.items).await?,
            next_cursor: page.next_cursor,
        })
    }

    /// The purchases that a filter lets through, in its order.
    pub(super) async fn found(
        &self,
        conn: &mut AnyConnection,
        filter: &StaffTransactions,
    ) -> Result<Page<Purchase>> {
        let limit = paging::limit(filter.limit)?;
        let behind = paging::cursor_int(filter.cursor.as_deref())?;
        let found = sought::list(conn, filter, behind, limit + 1).await?;
        Ok(paging::page(found, limit, |it| it.number.to_string()))
    }

    /// The receipts of the member's purchases before that, newest first.
    pub(crate) async fn before(
        &self,
        conn: &mut AnyConnection,
        user: UserId,
        before: Before,
        limit: i64,
    ) -> Result<Vec<Dated<Receipt>>> {
        let found = purchases::before(conn, user, before, limit).await?;
        let receipts = self.receipts_of(conn, &found).await?;
        let dated = found.iter().zip(receipts).map(|(purchase, it)| Dated {
            at: purchase.created_at,
            id: purchase.number,
            it,
        });
        Ok(dated.collect())
    }

    /// The receipts of these purchases, in their order.
    pub(super) async fn receipts_of(
        &self,
        conn: &mut AnyConnection,
        found: &[Purchase],
    ) -> Result<Vec<Receipt>> {
        let numbers: Vec<i64> = found.iter().map(|it| it.number).collect();
        let past = purchases::history(conn, &numbers).await?;
        let key_id = &self.signer().await?.public().key_id;
        found.iter().map(|it| receipt(it, &past, key_id)).collect()
    }

    pub(super) async fn receipt_of(
        &self,
        conn: &mut AnyConnection,
        purchase: &Purchase,
    ) -> Result<Receipt> {
        let past = purchases::history(conn, &[purchase.number]).await?;
        receipt(purchase, &past, &self.signer().await?.public().key_id)
    }
}

fn receipt(purchase: &Purchase, past: &[Past], key_id: &str) -> Result<Receipt> {
    let its = past.iter().filter(|it| it.purchase == purchase.number);
    let its: Vec<&Past> = its.collect();
    let newest = its.last();
    let newest = newest.ok_or_else(|| Error::Corrupt("purchase_history.seq".to_owned()))?;
    let signature = hex::encode(&newest.signature);
    Ok(Receipt {
        signature,
        ..purchase.receipt(its.iter().map(|it| it.stood).collect(), key_id)
    })
}
