//! Limited packages, and how many of them members have.

use economy::Tokens;
use economy::shop::{Offer, Window};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;
use wire::shop::{Contents, UpsertPackage};

use super::{millis, window};
use crate::db::Columns;
use crate::{Error, Result};

/// How many packages the shop shows.
const LISTED_MAX: i64 = 200;

/// A package as its row says, and how many of it one member has.
#[derive(Clone, Debug)]
pub(in crate::shop) struct Package {
    pub(in crate::shop) id: String,
    pub(in crate::shop) price: Tokens,
    pub(in crate::shop) contents: Contents,
    pub(in crate::shop) stock: i64,
    pub(in crate::shop) remaining: i64,
    pub(in crate::shop) member_limit: i64,
    pub(in crate::shop) window: Window,
    pub(in crate::shop) place: i64,
    pub(in crate::shop) is_active: bool,
    pub(in crate::shop) owned: i64,
}

impl Package {
    /// What decides whether it can be had.
    pub(in crate::shop) const fn offer(&self) -> Offer {
        Offer {
            is_active: self.is_active,
            window: self.window,
            remaining: self.remaining,
            member_limit: self.member_limit,
            owned: self.owned,
        }
    }
}

const PACKAGES: &str = "SELECT p.id, p.price, p.tokens, p.items, p.stock, p.remaining, p.member_limit, p.starts_at, \
     p.ends_at, p.place, p.is_active, COALESCE(c.count, 0) AS owned FROM limited_packages p \
     LEFT JOIN package_counts c ON c.package_id = p.id AND c.user_id = $1";

/// Takes one, and gives the package as it stood before, without what anybody has of it.
const TAKE: &str = "UPDATE limited_packages SET remaining = remaining - 1 WHERE id = $1 AND remaining > 0 \
     RETURNING id, price, tokens, items, stock, remaining + 1 AS remaining, member_limit, starts_at, ends_at, place, \
     is_active, CAST(0 AS BIGINT) AS owned";

/// The packages that are not stopped, in the club's order.
pub(in crate::shop) async fn packages(
    conn: &mut AnyConnection,
    user: UserId,
) -> Result<Vec<Package>> {
    let sql = format!("{PACKAGES} WHERE p.is_active = 1 ORDER BY p.place, p.id LIMIT $2");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(user.0)
        .bind(LISTED_MAX)
        .fetch_all(conn)
        .await?;
    rows.iter().map(package_of).collect()
}

/// A package, also one that is stopped.
pub(in crate::shop) async fn package(
    conn: &mut AnyConnection,
    user: UserId,
    id: &str,
) -> Result<Option<Package>> {
    let sql = format!("{PACKAGES} WHERE p.id = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(user.0)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(package_of).transpose()
}

fn package_of(row: &AnyRow) -> Result<Package> {
    Ok(Package {
        id: row.text("id")?,
        price: row.tokens("limited_packages.price")?,
        contents: Contents {
            tokens: row.tokens("limited_packages.tokens")?,
            items: row.json("limited_packages.items")?,
        },
        stock: row.int("stock")?,
        remaining: row.int("remaining")?,
        member_limit: row.int("member_limit")?,
        window: window(row)?,
        place: row.int("place")?,
        is_active: row.flag("is_active")?,
        owned: row.int("owned")?,
    })
}

/// Takes one out of the stock and gives the package as it stood, or nothing when none is left.
pub(in crate::shop) async fn take(conn: &mut AnyConnection, id: &str) -> Result<Option<Package>> {
    let row = sqlx::query(TAKE).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(package_of).transpose()
}

/// Counts one for the member; false when they have as many as `limit`.
pub(in crate::shop) async fn count(
    conn: &mut AnyConnection,
    user: UserId,
    id: &str,
    limit: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO package_counts (user_id, package_id, count, allowed) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (user_id, package_id) DO UPDATE SET count = package_counts.count + 1, allowed = excluded.allowed \
         WHERE package_counts.count < excluded.allowed",
    )
    .bind(user.0)
    .bind(id)
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts one back.
pub(in crate::shop) async fn put_back(
    conn: &mut AnyConnection,
    user: UserId,
    id: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE limited_packages SET remaining = remaining + 1 WHERE id = $1 AND remaining < stock",
    )
    .bind(id)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE package_counts SET count = count - 1 WHERE user_id = $1 AND package_id = $2 AND count > 0")
        .bind(user.0)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes all of a package; what is sold stays sold. False when there would be fewer than that.
pub(in crate::shop) async fn put(
    conn: &mut AnyConnection,
    package: &UpsertPackage,
) -> Result<bool> {
    let items = serde_json::to_string(&package.contents.items)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let done = sqlx::query(
        "INSERT INTO limited_packages (id, price, tokens, items, stock, remaining, member_limit, starts_at, ends_at, \
         place, is_active) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
         price = excluded.price, tokens = excluded.tokens, items = excluded.items, stock = excluded.stock, \
         remaining = excluded.stock - (limited_packages.stock - limited_packages.remaining), \
         member_limit = excluded.member_limit, starts_at = excluded.starts_at, ends_at = excluded.ends_at, \
         place = excluded.place, is_active = excluded.is_active \
         WHERE excluded.stock >= limited_packages.stock - limited_packages.remaining",
    )
    .bind(package.package_id.as_str())
    .bind(package.price.get())
    .bind(package.contents.tokens.get())
    .bind(items)
    .bind(package.stock)
    .bind(package.member_limit)
    .bind(millis(package.window.from))
    .bind(millis(package.window.until))
    .bind(package.place)
    .bind(i64::from(package.is_active))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
