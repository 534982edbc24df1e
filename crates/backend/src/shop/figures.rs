//! What staff are told of payments and stock, in sums. Whoever asks sees to who may know it.

use economy::Timestamp;
use wire::desk::{DayMoney, LowStock, PaymentNeeds};

use super::purchase::PENDING_MAX_MILLIS;
use super::{Shop, store};
use crate::Result;

impl Shop {
    /// The money that came and went from `from` until before `until`.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn money(&self, from: Timestamp, until: Timestamp) -> Result<DayMoney> {
        let mut conn = self.core.db.read().await?;
        store::figures::money(&mut conn, from, until).await
    }

    /// The payments that have not come to their end.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn payment_needs(&self) -> Result<PaymentNeeds> {
        let late = self.core.now().plus_millis(-PENDING_MAX_MILLIS);
        let mut conn = self.core.db.read().await?;
        let (pending, stuck) = store::figures::pending(&mut conn, late).await?;
        let owed = store::figures::owed(&mut conn).await?;
        Ok(PaymentNeeds {
            pending,
            stuck,
            owed,
        })
    }

    /// The packages on sale of which little is left, the fewest first.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn low_stock(&self) -> Result<Vec<LowStock>> {
        let now = self.core.now();
        let mut conn = self.core.db.read().await?;
        store::figures::low_stock(&mut conn, now).await
    }
}
