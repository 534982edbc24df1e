//! Purchases as staff look for them.

use economy::Timestamp;
use sqlx::any::AnyArguments;
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::desk::OpenPurchases;
use wire::shop::{PurchaseKind, PurchaseSort, StaffTransactions, Status};

use super::purchases::{COLUMNS, purchase_of};
use crate::Result;
use crate::db::{Asked, Columns};
use crate::shop::purchase::Purchase;

/// How many purchases wait for their payment, how many of these were asked for at that instant or before, and for
/// how many money has to go back.
pub(in crate::shop) async fn open(
    conn: &mut AnyConnection,
    late: Timestamp,
) -> Result<OpenPurchases> {
    let waiting = sqlx::query(PENDING)
        .bind(late.millis())
        .fetch_one(&mut *conn)
        .await?;
    let owed = sqlx::query(OWED).fetch_one(conn).await?;
    Ok(OpenPurchases {
        pending: waiting.int("n")?,
        late: waiting.int("late")?,
        refund_due: owed.int("n")?,
    })
}

const PENDING: &str = "SELECT COUNT(*) AS n, COUNT(CASE WHEN created_at <= $1 THEN 1 END) AS late \
     FROM purchases WHERE status = 'pending'";
const OWED: &str = "SELECT COUNT(*) AS n FROM purchases WHERE refund_due = 1";

/// Purchases behind that number, in the order that is asked for.
pub(in crate::shop) async fn list(
    conn: &mut AnyConnection,
    filter: &StaffTransactions,
    behind: Option<i64>,
    limit: i64,
) -> Result<Vec<Purchase>> {
    let (sql, arguments) = listed(filter, behind, limit)?;
    let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
        .fetch_all(conn)
        .await?;
    rows.iter().map(purchase_of).collect()
}

/// How far apart the order of numbers and that of instants may be, in milliseconds: longer than a transaction takes.
const APART_MILLIS: i64 = 60_000;

/// From `since` until before `until`. Numbers bound it as well, so that what is listed by number is read no further
/// than it goes.
fn between(asked: &mut Asked, filter: &StaffTransactions) -> Result<()> {
    if let Some(since) = filter.since.map(Timestamp::millis) {
        asked.and("created_at >= ", Some(since))?;
        let before = " AND number >= COALESCE((SELECT number FROM purchases WHERE created_at < ";
        asked.put(before, since.saturating_sub(APART_MILLIS))?;
        asked.say(" ORDER BY created_at DESC, number DESC LIMIT 1), 0)");
    }
    if let Some(until) = filter.until.map(Timestamp::millis) {
        asked.and("created_at < ", Some(until))?;
        let after = " AND number <= COALESCE((SELECT number FROM purchases WHERE created_at >= ";
        asked.put(after, until.saturating_add(APART_MILLIS))?;
        asked.say(" ORDER BY created_at, number LIMIT 1), 9223372036854775807)");
    }
    Ok(())
}

/// The question for a list.
fn listed(
    filter: &StaffTransactions,
    behind: Option<i64>,
    limit: i64,
) -> Result<(String, AnyArguments)> {
    let (is_behind, start, order) = match filter.sort.unwrap_or_default() {
        PurchaseSort::Newest => ("number < ", i64::MAX, "DESC"),
        PurchaseSort::Oldest => ("number > ", 0, "ASC"),
    };
    let mut asked = Asked::new(format!("SELECT {COLUMNS} FROM purchases WHERE "));
    asked.put(is_behind, behind.unwrap_or(start))?;
    asked.and("user_id = ", filter.user_id.map(|user| user.0))?;
    asked.and("status = ", filter.status.map(Status::as_str))?;
    // Written out, because a partial index is found by the words of its condition.
    match filter.refund_due {
        Some(true) => asked.say(" AND refund_due = 1"),
        Some(false) => asked.say(" AND refund_due = 0"),
        None => {}
    }
    asked.and("kind = ", filter.kind.map(PurchaseKind::as_str))?;
    asked.and("product_id = ", filter.product_id.clone())?;
    let promo = filter.promo_code.as_deref();
    let promo = promo.map(|code| code.trim().to_ascii_lowercase());
    asked.and("lower(promo_code) = ", promo)?;
    between(&mut asked, filter)?;
    asked.put(&format!(" ORDER BY number {order} LIMIT "), limit)?;
    Ok(asked.into_parts())
}

#[cfg(test)]
mod tests {
    use wire::UserId;

    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_members_list_reads_only_the_members_purchases() {
        let mut conn = migrated().await;
        let filter = StaffTransactions {
            user_id: Some(UserId(1)),
            status: Some(Status::Captured),
            ..StaffTransactions::default()
        };
        let (sql, _) = listed(&filter, Some(9), 1).unwrap();
        let plan = plan(&mut conn, &sql).await;
        assert!(plan.contains("purchases_user "), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }

    #[tokio::test]
    async fn what_a_list_is_filtered_by_is_an_index_in_the_order_of_the_list() {
        let mut conn = migrated().await;
        let product = StaffTransactions {
            product_id: Some("felt_midnight".to_owned()),
            ..StaffTransactions::default()
        };
        let promo = StaffTransactions {
            promo_code: Some("WELCOME".to_owned()),
            ..StaffTransactions::default()
        };
        let voided = StaffTransactions {
            status: Some(Status::Voided),
            ..StaffTransactions::default()
        };
        for (filter, index) in [
            (product, "purchases_product "),
            (promo, "purchases_promo "),
            (voided, "purchases_status "),
        ] {
            let (sql, _) = listed(&filter, None, 1).unwrap();
            let plan = plan(&mut conn, &sql).await;
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
        }
    }

    #[tokio::test]
    async fn a_list_of_some_days_is_read_no_further_than_they_go() {
        let mut conn = migrated().await;
        let days = StaffTransactions {
            since: Some(Timestamp::from_millis(1)),
            until: Some(Timestamp::from_millis(2)),
            ..StaffTransactions::default()
        };
        let (sql, _) = listed(&days, None, 1).unwrap();
        let plan = plan(&mut conn, &sql).await;
        let by_time = plan.matches("COVERING INDEX purchases_time").count();
        assert_eq!(by_time, 2, "both ends are numbers:\n{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }

    #[tokio::test]
    async fn what_is_open_is_found_and_counted_by_an_index_of_its_own_in_both_orders() {
        let mut conn = migrated().await;
        let pending = StaffTransactions {
            status: Some(Status::Pending),
            ..StaffTransactions::default()
        };
        let owed = StaffTransactions {
            refund_due: Some(true),
            ..StaffTransactions::default()
        };
        for (filter, count, index) in [
            (pending, PENDING, "purchases_status "),
            (owed, OWED, "purchases_refund_due"),
        ] {
            for sort in [PurchaseSort::Newest, PurchaseSort::Oldest] {
                let filter = StaffTransactions {
                    sort: Some(sort),
                    ..filter.clone()
                };
                let (sql, _) = listed(&filter, None, 1).unwrap();
                let plan = plan(&mut conn, &sql).await;
                assert!(plan.contains(index), "{plan}");
                assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
            }
            let plan = plan(&mut conn, count).await;
            assert!(plan.contains(index), "{plan}");
        }
    }
}
