//! Promo codes.

use economy::Timestamp;
use economy::shop::Promo;
use sqlx::AnyConnection;
use wire::shop::UpsertPromo;

use super::{columns, millis, reduction, window};
use crate::Result;
use crate::db::Columns;

/// Of codes that differ in case only the exact one comes first, then that in capitals, as staff make
/// them.
const FIND: &str = "SELECT code, percent, flat_amount, flat_currency, package_id, starts_at, ends_at, max_uses, uses, \
     is_active FROM promo_codes WHERE lower(code) = lower($1) \
     ORDER BY CASE WHEN code = $1 THEN 0 WHEN code = upper(code) THEN 1 ELSE 2 END, code LIMIT 1";

/// The promo code that is meant by what somebody typed, as it stands.
pub(in crate::shop) async fn promo(conn: &mut AnyConnection, typed: &str) -> Result<Option<Promo>> {
    let row = sqlx::query(FIND).bind(typed).fetch_optional(conn).await?;
    row.map(|row| {
        Ok(Promo {
            code: row.text("code")?,
            reduction: reduction(&row, "promo_codes")?,
            window: window(&row)?,
            package: row.text_opt("package_id")?,
            is_active: row.flag("is_active")?,
            uses: row.int("uses")?,
            uses_max: row.int_opt("max_uses")?,
        })
    })
    .transpose()
}

/// Uses a code once; false when it cannot be used any more.
pub(in crate::shop) async fn take(
    conn: &mut AnyConnection,
    code: &str,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE promo_codes SET uses = uses + 1 WHERE code = $1 AND is_active = 1 \
         AND (max_uses IS NULL OR uses < max_uses) \
         AND (starts_at IS NULL OR starts_at <= $2) AND (ends_at IS NULL OR ends_at > $2)",
    )
    .bind(code)
    .bind(now.millis())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a use back.
pub(in crate::shop) async fn put_back(conn: &mut AnyConnection, code: &str) -> Result<()> {
    sqlx::query("UPDATE promo_codes SET uses = uses - 1 WHERE code = $1 AND uses > 0")
        .bind(code)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes all of a code but its uses. False when it was used more often than it would allow.
pub(in crate::shop) async fn put(conn: &mut AnyConnection, promo: &UpsertPromo) -> Result<bool> {
    let (percent, amount, currency) = columns(promo.reduction);
    let done = sqlx::query(
        "INSERT INTO promo_codes (code, percent, flat_amount, flat_currency, package_id, starts_at, ends_at, max_uses, \
         uses, is_active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9) ON CONFLICT (code) DO UPDATE SET \
         percent = excluded.percent, flat_amount = excluded.flat_amount, flat_currency = excluded.flat_currency, \
         package_id = excluded.package_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at, \
         max_uses = excluded.max_uses, is_active = excluded.is_active \
         WHERE excluded.max_uses IS NULL OR excluded.max_uses >= promo_codes.uses",
    )
    .bind(promo.code.as_str())
    .bind(percent)
    .bind(amount)
    .bind(currency)
    .bind(promo.package_id.clone())
    .bind(millis(promo.window.from))
    .bind(millis(promo.window.until))
    .bind(promo.max_uses)
    .bind(i64::from(promo.is_active))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn a_code_in_any_case_is_found_without_reading_the_others() {
        let plan = plan(&mut migrated().await, FIND).await;
        assert!(plan.contains("promo_codes_any_case"), "{plan}");
    }
}
