//! The brake on fraud: so many purchases, or so many declined cards, in a while.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{AppError, Code, UserId};

use super::store::purchases;
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
    if settings.purchases_max > 0 {
        let window = settings.purchases_window_secs;
        let since = now.plus_secs(-window);
        let newer = settings.purchases_max - 1;
        let bought = purchases::nth_purchase(conn, user, newer, since).await?;
        refuse(bought, window, now)?;
    }
    if settings.declines_max > 0 {
        let window = settings.declines_window_secs;
        let since = now.plus_secs(-window);
        let newer = settings.declines_max - 1;
        let declined = purchases::nth_decline(conn, user, newer, since).await?;
        refuse(declined, window, now)?;
    }
    Ok(())
}

/// Refuses a card of a member whose payments under way could become too many declined ones.
///
/// # Errors
/// `too_many_purchases`, as above.
pub(super) async fn check_card(
    conn: &mut AnyConnection,
    settings: &PaymentSettings,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    if settings.declines_max > 0 {
        let window = settings.declines_window_secs;
        let since = now.plus_secs(-window);
        let shown = purchases::nth_card(conn, user, settings.declines_max - 1, since).await?;
        refuse(shown, window, now)?;
    }
    Ok(())
}

fn refuse(oldest: Option<Timestamp>, window_secs: i64, now: Timestamp) -> Result<()> {
    let Some(oldest) = oldest else { return Ok(()) };
    let left = oldest.plus_secs(window_secs).millis_since(now);
    // Up to the next whole second.
    let secs = left.saturating_add(999).div_euclid(1_000).max(1);
    Err(AppError::new(Code::TooManyPurchases)
        .retry_after(secs)
        .into())
}
