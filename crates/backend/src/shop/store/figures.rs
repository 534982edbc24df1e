//! What staff are told of money and stock, in sums.

use economy::Timestamp;
use economy::shop::{Currency, Price, Status};
use sqlx::AnyConnection;
use wire::desk::{DayMoney, LowStock};

use crate::Result;
use crate::db::Columns;

/// How many packages of which little is left are told.
const LOW_MAX: i64 = 20;
/// Little is left of a package when it is at most one in so many.
const LOW_PART: i64 = 10;

/// By when a purchase came to stand so, which its history keeps, whatever became of it later.
const MONEY: &str = "SELECT h.status, p.currency, CAST(SUM(p.total) AS BIGINT) AS total \
     FROM purchase_history h JOIN purchases p ON p.number = h.purchase \
     WHERE h.status IN ('captured', 'refunded') AND h.at >= $1 AND h.at < $2 AND p.currency <> 'TOKENS' \
     GROUP BY h.status, p.currency ORDER BY p.currency";

/// The money that came and went from `from` until before `until`.
pub(in crate::shop) async fn money(
    conn: &mut AnyConnection,
    from: Timestamp,
    until: Timestamp,
) -> Result<DayMoney> {
    let rows = sqlx::query(MONEY)
        .bind(from.millis())
        .bind(until.millis())
        .fetch_all(conn)
        .await?;
    let mut money = DayMoney::default();
    for row in rows {
        let currency = row.parsed("purchases.currency", Currency::parse)?;
        // Beyond the largest amount there is nothing to count.
        let total = row.int("total")?.clamp(0, Price::MAX);
        let Ok(price) = Price::new(total, currency) else {
            continue;
        };
        match row.parsed("purchase_history.status", Status::parse)? {
            Status::Captured => money.captured.push(price),
            Status::Refunded => money.refunded.push(price),
            Status::Pending | Status::Declined | Status::Voided => {}
        }
    }
    Ok(money)
}

/// The packages on sale of which little is left, but something, the fewest first. There are as many packages as staff made.
pub(in crate::shop) async fn low_stock(
    conn: &mut AnyConnection,
    now: Timestamp,
) -> Result<Vec<LowStock>> {
    let rows = sqlx::query(
        "SELECT id, remaining, stock FROM limited_packages WHERE is_active = 1 AND remaining > 0 AND remaining <= stock / $1 \
         AND (starts_at IS NULL OR starts_at <= $2) AND (ends_at IS NULL OR ends_at > $2) \
         ORDER BY remaining, place, id LIMIT $3",
    )
    .bind(LOW_PART)
    .bind(now.millis())
    .bind(LOW_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(LowStock {
                package_id: row.text("id")?,
                remaining: row.int("remaining")?,
                stock: row.int("stock")?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_days_money_is_read_by_an_index() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, MONEY).await;
        assert!(plan.contains("purchase_history_status_time"), "{plan}");
        for table in ["h", "p"] {
            let whole = format!("SCAN {table}");
            let is_whole = plan.lines().any(|step| step == whole);
            assert!(!is_whole, "all of {table} is read:\n{plan}");
        }
    }
}
