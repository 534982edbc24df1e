//! What staff are told of money and stock, in sums. Whoever asks sees to who may know it.

use economy::Timestamp;
use wire::desk::{DayMoney, LowStock};

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
