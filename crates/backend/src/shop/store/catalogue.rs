//! Products, their items and discounts.

use economy::shop::{Currency, Discount, Price};
use economy::{Timestamp, Tokens};
use games::gacha::Rarity;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::shop::{ItemKind, ProductKind, ShopItem, UpsertDiscount, UpsertProduct};

use super::{columns, millis, price, reduction, window};
use crate::Result;
use crate::db::Columns;

/// How many products with their discounts the shop shows; staff add them one by one.
const LISTED_MAX: i64 = 500;

/// A product as its row says.
#[derive(Clone, Debug)]
pub(in crate::shop) struct Product {
    pub(in crate::shop) id: String,
    pub(in crate::shop) kind: ProductKind,
    pub(in crate::shop) tokens: Tokens,
    pub(in crate::shop) item: Option<ShopItem>,
    pub(in crate::shop) prices: Vec<Price>,
    pub(in crate::shop) place: i64,
    pub(in crate::shop) is_active: bool,
}

const COLUMNS: &str = "p.id, p.kind, p.tokens, p.item, p.price_krw, p.price_usd, p.price_tokens, p.place, \
     p.is_active, i.kind AS item_kind, i.rarity";
const FROM: &str = "FROM products p LEFT JOIN items i ON i.code = p.item";

/// What is sold, in the club's order, each with its discounts that are not over.
pub(in crate::shop) async fn products(
    conn: &mut AnyConnection,
    now: Timestamp,
) -> Result<Vec<(Product, Vec<Discount>)>> {
    // One question, because whoever comes to the shop asks it.
    let sql = format!(
        "SELECT {COLUMNS}, d.code AS discount, d.percent, d.flat_amount, d.flat_currency, d.starts_at, d.ends_at {FROM} \
         LEFT JOIN discounts d ON d.product_id = p.id AND d.is_active = 1 AND (d.ends_at IS NULL OR d.ends_at > $1) \
         WHERE p.is_active = 1 ORDER BY p.place, p.id, d.code LIMIT $2"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(now.millis())
        .bind(LISTED_MAX)
        .fetch_all(conn)
        .await?;
    let mut products: Vec<(Product, Vec<Discount>)> = Vec::new();
    for row in &rows {
        let id = row.text("id")?;
        if products.last().is_none_or(|(last, _)| last.id != id) {
            products.push((product_of(row)?, Vec::new()));
        }
        if let (Some(code), Some((_, discounts))) = (row.text_opt("discount")?, products.last_mut())
        {
            discounts.push(discount_of(row, code)?);
        }
    }
    Ok(products)
}

/// A product, also one that is not sold.
pub(in crate::shop) async fn product(
    conn: &mut AnyConnection,
    id: &str,
) -> Result<Option<Product>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE p.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(product_of).transpose()
}

fn product_of(row: &AnyRow) -> Result<Product> {
    let item = row.text_opt("item")?.map(|code| {
        Ok::<_, crate::Error>(ShopItem {
            code,
            kind: row.parsed("items.kind AS item_kind", ItemKind::parse)?,
            rarity: row.parsed("items.rarity", Rarity::parse)?,
        })
    });
    let prices = [
        price(row, "products.price_krw", Currency::Krw)?,
        price(row, "products.price_usd", Currency::Usd)?,
        price(row, "products.price_tokens", Currency::Tokens)?,
    ];
    Ok(Product {
        id: row.text("id")?,
        kind: row.parsed("products.kind", ProductKind::parse)?,
        tokens: row.tokens("products.tokens")?,
        item: item.transpose()?,
        prices: prices.into_iter().flatten().collect(),
        place: row.int("place")?,
        is_active: row.flag("is_active")?,
    })
}

fn discount_of(row: &AnyRow, code: String) -> Result<Discount> {
    Ok(Discount {
        code,
        reduction: reduction(row, "discounts")?,
        window: window(row)?,
    })
}

/// The discounts of one product that are not over.
pub(in crate::shop) async fn discounts_of(
    conn: &mut AnyConnection,
    product: &str,
    now: Timestamp,
) -> Result<Vec<Discount>> {
    let rows = sqlx::query(
        "SELECT code, percent, flat_amount, flat_currency, starts_at, ends_at FROM discounts \
         WHERE product_id = $1 AND is_active = 1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY code LIMIT $3",
    )
    .bind(product)
    .bind(now.millis())
    .bind(LISTED_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| discount_of(row, row.text("code")?))
        .collect()
}

/// A discount as staff wrote it.
pub(in crate::shop) async fn discount(
    conn: &mut AnyConnection,
    code: &str,
) -> Result<Option<UpsertDiscount>> {
    let row = sqlx::query(
        "SELECT code, product_id, percent, flat_amount, flat_currency, starts_at, ends_at, is_active \
         FROM discounts WHERE code = $1",
    )
    .bind(code)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(UpsertDiscount {
            code: row.text("code")?,
            product_id: row.text("product_id")?,
            reduction: reduction(&row, "discounts")?,
            window: window(&row)?,
            is_active: row.flag("is_active")?,
        })
    })
    .transpose()
}

/// Whether there is such an item.
pub(in crate::shop) async fn is_item(conn: &mut AnyConnection, code: &str) -> Result<bool> {
    let row = sqlx::query("SELECT code FROM items WHERE code = $1")
        .bind(code)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Writes all of a product.
pub(in crate::shop) async fn put_product(
    conn: &mut AnyConnection,
    product: &UpsertProduct,
) -> Result<()> {
    let price = |currency: Currency| {
        let price = product.prices.iter().find(|it| it.currency() == currency);
        price.map(|price| price.amount())
    };
    sqlx::query(
        "INSERT INTO products (id, kind, tokens, item, price_krw, price_usd, price_tokens, place, is_active) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, \
         tokens = excluded.tokens, item = excluded.item, price_krw = excluded.price_krw, price_usd = excluded.price_usd, \
         price_tokens = excluded.price_tokens, place = excluded.place, is_active = excluded.is_active",
    )
    .bind(product.product_id.as_str())
    .bind(product.kind.as_str())
    .bind(product.tokens.get())
    .bind(product.item.clone())
    .bind(price(Currency::Krw))
    .bind(price(Currency::Usd))
    .bind(price(Currency::Tokens))
    .bind(product.place)
    .bind(i64::from(product.is_active))
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes all of a discount.
pub(in crate::shop) async fn put_discount(
    conn: &mut AnyConnection,
    discount: &UpsertDiscount,
) -> Result<()> {
    let (percent, amount, currency) = columns(discount.reduction);
    sqlx::query(
        "INSERT INTO discounts (code, product_id, percent, flat_amount, flat_currency, starts_at, ends_at, is_active) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO UPDATE SET product_id = excluded.product_id, \
         percent = excluded.percent, flat_amount = excluded.flat_amount, flat_currency = excluded.flat_currency, \
         starts_at = excluded.starts_at, ends_at = excluded.ends_at, is_active = excluded.is_active",
    )
    .bind(discount.code.as_str())
    .bind(discount.product_id.as_str())
    .bind(percent)
    .bind(amount)
    .bind(currency)
    .bind(millis(discount.window.from))
    .bind(millis(discount.window.until))
    .bind(i64::from(discount.is_active))
    .execute(conn)
    .await?;
    Ok(())
}

/// What staff can switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shop) enum Switched {
    Product,
    Discount,
    Package,
}

/// Switches something off; gives whether it was on, or nothing when there is no such thing.
pub(in crate::shop) async fn disable(
    conn: &mut AnyConnection,
    what: Switched,
    id: &str,
) -> Result<Option<bool>> {
    let (find, switch) = match what {
        Switched::Product => (
            "SELECT is_active FROM products WHERE id = $1",
            "UPDATE products SET is_active = 0 WHERE id = $1",
        ),
        Switched::Discount => (
            "SELECT is_active FROM discounts WHERE code = $1",
            "UPDATE discounts SET is_active = 0 WHERE code = $1",
        ),
        Switched::Package => (
            "SELECT is_active FROM limited_packages WHERE id = $1",
            "UPDATE limited_packages SET is_active = 0 WHERE id = $1",
        ),
    };
    let row = sqlx::query(find)
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    let was_on = row.map(|row| row.flag("is_active")).transpose()?;
    sqlx::query(switch).bind(id).execute(conn).await?;
    Ok(was_on)
}
