//! Purchases and their history.

use economy::Timestamp;
use economy::shop::{Currency, Price};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};
use wire::UserId;
use wire::shop::{Contents, PurchaseKind, Status, StatusAt};

use crate::db::Columns;
use crate::paging::Before;
use crate::shop::purchase::{Order, Purchase};
use crate::{Error, Result};

pub(super) const COLUMNS: &str = "number, id, user_id, kind, product_id, quantity, tokens, items, currency, list_total, applied, \
     total, promo_code, payment_method, operation_key, status, created_at, refund_due";

pub(super) fn purchase_of(row: &AnyRow) -> Result<Purchase> {
    let currency = row.parsed("purchases.currency", Currency::parse)?;
    let price = |column: &str| {
        let price = Price::new(row.int(column)?, currency);
        price.map_err(|_| Error::Corrupt(column.to_owned()))
    };
    Ok(Purchase {
        number: row.int("number")?,
        order: Order {
            id: row.text("id")?,
            user: UserId(row.int("user_id")?),
            kind: row.parsed("purchases.kind", PurchaseKind::parse)?,
            product: row.text("product_id")?,
            quantity: row.int("quantity")?,
            contents: Contents {
                tokens: row.tokens("purchases.tokens")?,
                items: row.json("purchases.items")?,
            },
            list_total: price("purchases.list_total")?,
            applied: row.json("purchases.applied")?,
            total: price("purchases.total")?,
            promo: row.text_opt("promo_code")?,
            method: row.text_opt("payment_method")?,
            key: row.text_opt("operation_key")?,
        },
        status: row.parsed("purchases.status", Status::parse)?,
        created_at: row.instant("created_at")?,
        refund_due: row.flag("refund_due")?,
    })
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

/// Writes a purchase; gives it with its number.
pub(in crate::shop) async fn insert(
    conn: &mut AnyConnection,
    order: Order,
    status: Status,
    now: Timestamp,
) -> Result<Purchase> {
    let settled_at = (!status.is_open()).then(|| now.millis());
    let number = sqlx::query(
        "INSERT INTO purchases (id, user_id, kind, product_id, quantity, tokens, items, currency, list_total, applied, \
         total, promo_code, payment_method, operation_key, status, created_at, settled_at, refund_due) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0) RETURNING number",
    )
    .bind(order.id.as_str())
    .bind(order.user.0)
    .bind(order.kind.as_str())
    .bind(order.product.as_str())
    .bind(order.quantity)
    .bind(order.contents.tokens.get())
    .bind(json(&order.contents.items)?)
    .bind(order.total.currency().as_str())
    .bind(order.list_total.amount())
    .bind(json(&order.applied)?)
    .bind(order.total.amount())
    .bind(order.promo.clone())
    .bind(order.method.clone())
    .bind(order.key.clone())
    .bind(status.as_str())
    .bind(now.millis())
    .bind(settled_at)
    .fetch_one(conn)
    .await?
    .int("number")?;
    Ok(Purchase {
        number,
        order,
        status,
        created_at: now,
        refund_due: false,
    })
}

/// Moves a purchase on; false when it does not stand at `from`.
pub(in crate::shop) async fn advance(
    conn: &mut AnyConnection,
    number: i64,
    (from, to): (Status, Status),
    refund_due: bool,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE purchases SET status = $3, settled_at = $4, refund_due = $5 WHERE number = $1 AND status = $2",
    )
    .bind(number)
    .bind(from.as_str())
    .bind(to.as_str())
    .bind(now.millis())
    .bind(i64::from(refund_due))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Says whether the gateway still has to give money back.
pub(in crate::shop) async fn set_refund_due(
    conn: &mut AnyConnection,
    number: i64,
    is_due: bool,
) -> Result<()> {
    sqlx::query("UPDATE purchases SET refund_due = $2 WHERE number = $1")
        .bind(number)
        .bind(i64::from(is_due))
        .execute(conn)
        .await?;
    Ok(())
}

/// The purchase of that number.
pub(in crate::shop) async fn find(
    conn: &mut AnyConnection,
    number: i64,
) -> Result<Option<Purchase>> {
    let sql = format!("SELECT {COLUMNS} FROM purchases WHERE number = $1");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(purchase_of).transpose()
}

/// The purchase that the gateway knows by that reference.
pub(in crate::shop) async fn by_reference(
    conn: &mut AnyConnection,
    reference: &str,
) -> Result<Option<Purchase>> {
    let sql = format!("SELECT {COLUMNS} FROM purchases WHERE id = $1");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(reference)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(purchase_of).transpose()
}

/// What a job looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shop) enum Waiting {
    /// For its payment.
    Pending,
    /// For the gateway to give money back.
    RefundDue,
}

/// Purchases that wait, after `after`, the oldest first.
pub(in crate::shop) async fn waiting(
    conn: &mut AnyConnection,
    what: Waiting,
    after: i64,
    limit: i64,
) -> Result<Vec<Purchase>> {
    // Written out, because a partial index is found by the words of its condition.
    let is_waiting = match what {
        Waiting::Pending => "status = 'pending'",
        Waiting::RefundDue => "refund_due = 1",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM purchases WHERE {is_waiting} AND number > $1 ORDER BY number LIMIT $2"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(purchase_of).collect()
}

/// The member's purchases before that, the newest first.
pub(in crate::shop) async fn before(
    conn: &mut AnyConnection,
    user: UserId,
    before: Before,
    limit: i64,
) -> Result<Vec<Purchase>> {
    let rows = sqlx::query(AssertSqlSafe(of_member()))
        .bind(user.0)
        .bind(before.at.millis())
        .bind(before.id)
        .bind(limit)
        .fetch_all(conn)
        .await?;
    rows.iter().map(purchase_of).collect()
}

fn of_member() -> String {
    format!(
        "SELECT {COLUMNS} FROM purchases \
         WHERE user_id = $1 AND created_at <= $2 AND NOT (created_at = $2 AND number >= $3) \
         ORDER BY created_at DESC, number DESC LIMIT $4"
    )
}

/// How many purchases the member made.
pub(in crate::shop) async fn count(conn: &mut AnyConnection, user: UserId) -> Result<i64> {
    sqlx::query("SELECT COUNT(*) AS n FROM purchases WHERE user_id = $1")
        .bind(user.0)
        .fetch_one(conn)
        .await?
        .int("n")
}

/// A row of a purchase's history.
pub(in crate::shop) struct Past {
    pub(in crate::shop) purchase: i64,
    pub(in crate::shop) stood: StatusAt,
    pub(in crate::shop) signature: Vec<u8>,
}

/// How these purchases stood, each the oldest first; as many as a page has at most.
pub(in crate::shop) async fn history(
    conn: &mut AnyConnection,
    numbers: &[i64],
) -> Result<Vec<Past>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=numbers.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT purchase, status, at, signature FROM purchase_history WHERE purchase IN ({}) ORDER BY purchase, seq",
        marks.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for number in numbers {
        query = query.bind(*number);
    }
    let rows = query.fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            Ok(Past {
                purchase: row.int("purchase")?,
                stood: StatusAt {
                    status: row.parsed("purchase_history.status", Status::parse)?,
                    at: row.instant("at")?,
                },
                signature: row.bytes("signature")?,
            })
        })
        .collect()
}

/// Keeps how a purchase stands from now on.
pub(in crate::shop) async fn remember(
    conn: &mut AnyConnection,
    number: i64,
    seq: i64,
    stands: StatusAt,
    signature: Vec<u8>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO purchase_history (purchase, seq, status, at, signature) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(number)
    .bind(seq)
    .bind(stands.status.as_str())
    .bind(stands.at.millis())
    .bind(signature)
    .execute(conn)
    .await?;
    Ok(())
}

/// What of a member's is counted by the brake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shop) enum Counted {
    /// Purchases, by when they were asked for.
    Purchases,
    /// Cards that were declined, by when.
    Declines,
    /// The same, and those that still may be, by when they were shown; these are forgotten so much
    /// sooner, in milliseconds.
    Cards { sooner_millis: i64 },
}

impl Counted {
    const fn sql(self) -> &'static str {
        match self {
            Self::Purchases => {
                "SELECT created_at AS at FROM purchases WHERE user_id = $1 AND created_at > $2 \
                 AND status IN ('pending', 'captured', 'refunded') ORDER BY created_at DESC LIMIT 1 OFFSET $3"
            }
            Self::Declines => {
                "SELECT settled_at AS at FROM purchases WHERE user_id = $1 AND settled_at > $2 \
                 AND status = 'declined' ORDER BY settled_at DESC LIMIT 1 OFFSET $3"
            }
            Self::Cards { .. } => {
                "SELECT at FROM (SELECT settled_at AS at FROM purchases \
                 WHERE user_id = $1 AND settled_at > $2 AND status = 'declined' \
                 UNION ALL SELECT created_at - $4 AS at FROM purchases \
                 WHERE user_id = $1 AND created_at > $2 + $4 AND status = 'pending') AS shown \
                 ORDER BY at DESC LIMIT 1 OFFSET $3"
            }
        }
    }
}

/// The time of the one that has `newer` newer ones, since then; what is forgotten sooner counts as older
/// by as much.
pub(in crate::shop) async fn nth(
    conn: &mut AnyConnection,
    counted: Counted,
    user: UserId,
    newer: i64,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    let mut query = sqlx::query(counted.sql())
        .bind(user.0)
        .bind(since.millis())
        .bind(newer);
    if let Counted::Cards { sooner_millis } = counted {
        query = query.bind(sooner_millis);
    }
    let row = query.fetch_optional(conn).await?;
    row.map(|row| row.instant("at")).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_members_purchases_are_read_in_the_order_of_their_time() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, &of_member()).await;
        assert!(plan.contains("purchases_user_time "), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted:\n{plan}");
    }
}
