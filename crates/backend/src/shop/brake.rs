//! The brake on fraud: so many purchases, or so many declined cards, in a while.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{AppError, Code, UserId};

use super::purchase::PENDING_MAX_MILLIS;
use super::store::purchases::{self, Counted};
use crate::Result;
use crate::settings::PaymentSettings;

/// Refuses a member who bought too much or showed too many bad cards of late.
///
/// # Errors
/// `too_many_purchases`, with when the oldest that counts is forgotten.
pub(super) async fn check(
    conn: &mut AnyConnection,
    settings: &PaymentSettings,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    let bought = (settings.purchases_max, settings.purchases_window_secs);
    refuse_beyond(conn, Counted::Purchases, bought, user, now).await?;
    let declined = (settings.declines_max, settings.declines_window_secs);
    refuse_beyond(conn, Counted::Declines, declined, user, now).await
}

/// Refuses a card of a member whose payments under way could become too many declined ones.
///
/// # Errors
/// `too_many_purchases`, with when the oldest is no longer under way, or forgotten.
pub(super) async fn check_card(
    conn: &mut AnyConnection,
    settings: &PaymentSettings,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    let shown = (settings.declines_max, settings.declines_window_secs);
    // A payment is no longer under way long before a declined card is forgotten.
    let window_millis = settings.declines_window_secs.saturating_mul(1_000);
    let sooner_millis = window_millis.saturating_sub(PENDING_MAX_MILLIS).max(0);
    refuse_beyond(conn, Counted::Cards { sooner_millis }, shown, user, now).await
}

/// Refuses when `most` lie within the window; never when that is zero.
async fn refuse_beyond(
    conn: &mut AnyConnection,
    counted: Counted,
    (most, window_secs): (i64, i64),
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    if most == 0 {
        return Ok(());
    }
    let since = now.plus_secs(-window_secs);
    let oldest = purchases::nth(conn, counted, user, most - 1, since).await?;
    let Some(oldest) = oldest else { return Ok(()) };
    let left = oldest.plus_secs(window_secs).millis_since(now);
    // Up to the next whole second.
    let secs = left.saturating_add(999).div_euclid(1_000).max(1);
    Err(AppError::new(Code::TooManyPurchases)
        .retry_after(secs)
        .into())
}
