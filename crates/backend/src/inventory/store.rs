//! What members own and wear.

use economy::Timestamp;
use games::gacha::Rarity;
use sqlx::AnyConnection;
use wire::UserId;
use wire::shop::{Equipment, InventoryFilter, InventoryItem, ItemKind};

use super::OWNED_MAX;
use crate::Result;
use crate::db::Columns;

/// Gives the member so many of an item; answers how many they have then.
pub(super) async fn give(
    conn: &mut AnyConnection,
    user: UserId,
    item: &str,
    count: i64,
    at: Timestamp,
) -> Result<i64> {
    sqlx::query(
        "INSERT INTO inventory (user_id, item, count, first_at, last_at) VALUES ($1, $2, $3, $4, $4) \
         ON CONFLICT (user_id, item) DO UPDATE SET count = inventory.count + excluded.count, \
         last_at = excluded.last_at RETURNING count",
    )
    .bind(user.0)
    .bind(item)
    .bind(count)
    .bind(at.millis())
    .fetch_one(conn)
    .await?
    .int("count")
}

/// Takes so many of an item; gives how many are left, nothing when there are not as many.
pub(super) async fn take(
    conn: &mut AnyConnection,
    user: UserId,
    item: &str,
    count: i64,
) -> Result<Option<i64>> {
    let row = sqlx::query(
        "UPDATE inventory SET count = count - $3 WHERE user_id = $1 AND item = $2 AND count > $3 RETURNING count",
    )
    .bind(user.0)
    .bind(item)
    .bind(count)
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(row) = row {
        return Ok(Some(row.int("count")?));
    }
    let gone = sqlx::query("DELETE FROM inventory WHERE user_id = $1 AND item = $2 AND count = $3")
        .bind(user.0)
        .bind(item)
        .bind(count)
        .execute(&mut *conn)
        .await?;
    if gone.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query("DELETE FROM equipment WHERE user_id = $1 AND item = $2")
        .bind(user.0)
        .bind(item)
        .execute(conn)
        .await?;
    Ok(Some(0))
}

/// How many of an item the member has.
pub(super) async fn count(conn: &mut AnyConnection, user: UserId, item: &str) -> Result<i64> {
    let row = sqlx::query("SELECT count FROM inventory WHERE user_id = $1 AND item = $2")
        .bind(user.0)
        .bind(item)
        .fetch_optional(conn)
        .await?;
    row.map_or(Ok(0), |row| row.int("count"))
}

/// What the member owns, in the order it first came.
pub(super) async fn owned(
    conn: &mut AnyConnection,
    user: UserId,
    filter: InventoryFilter,
) -> Result<Vec<InventoryItem>> {
    let rows = sqlx::query(
        "SELECT o.item, i.kind, i.rarity, o.count, o.first_at, \
         CAST(CASE WHEN e.item IS NULL THEN 0 ELSE 1 END AS BIGINT) AS is_equipped FROM inventory o \
         JOIN items i ON i.code = o.item LEFT JOIN equipment e ON e.user_id = o.user_id AND e.item = o.item \
         WHERE o.user_id = $1 AND (CAST($2 AS TEXT) IS NULL OR i.kind = $2) \
         AND (CAST($3 AS TEXT) IS NULL OR i.rarity = $3) ORDER BY o.first_at, o.item LIMIT $4",
    )
    .bind(user.0)
    .bind(filter.kind.map(ItemKind::as_str))
    .bind(filter.rarity.map(Rarity::as_str))
    .bind(OWNED_MAX)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(InventoryItem {
                code: row.text("item")?,
                kind: row.parsed("items.kind", ItemKind::parse)?,
                rarity: row.parsed("items.rarity", Rarity::parse)?,
                count: row.int("count")?,
                is_equipped: row.flag("is_equipped")?,
                first_at: row.instant("first_at")?,
            })
        })
        .collect()
}

/// An item that the member owns: what it is for, and what using it up gives.
pub(super) async fn item_of(
    conn: &mut AnyConnection,
    user: UserId,
    item: &str,
) -> Result<Option<(ItemKind, i64)>> {
    let row = sqlx::query(
        "SELECT i.kind, i.experience FROM inventory o JOIN items i ON i.code = o.item \
         WHERE o.user_id = $1 AND o.item = $2",
    )
    .bind(user.0)
    .bind(item)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok((
            row.parsed("items.kind", ItemKind::parse)?,
            row.int("experience")?,
        ))
    })
    .transpose()
}

/// What the member wears.
pub(super) async fn equipment(conn: &mut AnyConnection, user: UserId) -> Result<Equipment> {
    let rows = sqlx::query("SELECT kind, item FROM equipment WHERE user_id = $1")
        .bind(user.0)
        .fetch_all(conn)
        .await?;
    let mut worn = Equipment::default();
    for row in &rows {
        let item = Some(row.text("item")?);
        match row.parsed("equipment.kind", ItemKind::parse)? {
            ItemKind::Frame => worn.frame = item,
            ItemKind::Title => worn.title = item,
            ItemKind::Badge => worn.badge = item,
            ItemKind::Felt => worn.felt = item,
            ItemKind::Consumable => {}
        }
    }
    Ok(worn)
}

/// Puts an item in its place.
pub(super) async fn wear(
    conn: &mut AnyConnection,
    user: UserId,
    kind: ItemKind,
    item: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO equipment (user_id, kind, item) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id, kind) DO UPDATE SET item = excluded.item",
    )
    .bind(user.0)
    .bind(kind.as_str())
    .bind(item)
    .execute(conn)
    .await?;
    Ok(())
}

/// Empties a place.
pub(super) async fn take_off(conn: &mut AnyConnection, user: UserId, kind: ItemKind) -> Result<()> {
    sqlx::query("DELETE FROM equipment WHERE user_id = $1 AND kind = $2")
        .bind(user.0)
        .bind(kind.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
