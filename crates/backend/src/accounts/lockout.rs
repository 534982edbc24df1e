//! Too many failed sign-ins of a site id, or from an address or an IPv6 /48, lock it for a while.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{AppError, Code};

use super::sign_in::Checked;
use super::store::attempts::{self, Attempt};
use crate::caller::BLOCK_TIMES;
use crate::settings::AuthSettings;
use crate::{Error, Result};

/// For how long a site id is known at the address where it last signed in.
const KNOWN_SECS: i64 = 30 * 24 * 60 * 60;

/// Until when sign-ins like this one are refused, if they are.
///
/// Only failures count, so an attempt during a lock does not extend it; those of a site id before its
/// newest success do not, at an address before the newest from there: whoever guesses cannot clear what
/// they guessed by signing in as themselves. Nor do those that staff forgave a site id, of that. What others
/// do at an address does not keep out whom it is known for: those behind it would lock each other out, and
/// nobody guesses more at a site id than its own limit lets them.
///
/// Called in a transaction that holds the member's row it is exact, however many guess at once; an address
/// has no row, so as many as run at once may slip past its limit.
pub(crate) async fn until(
    conn: &mut AnyConnection,
    settings: &AuthSettings,
    attempt: &Attempt<'_>,
) -> Result<Option<Timestamp>> {
    let since = since(settings, attempt.at);
    let (site_id_max, address_max) = (
        settings.failures_max.max(1),
        settings.address_failures_max.max(1),
    );
    let of_site_id = attempts::failure_of_site_id(conn, attempt, since, site_id_max).await?;
    let of_address = attempts::failure_of_address(conn, attempt, since, address_max).await?;
    let block_max = address_max.saturating_mul(BLOCK_TIMES.into());
    let of_block = attempts::failure_of_block(conn, attempt, since, block_max).await?;
    let of_place = match of_address.max(of_block) {
        Some(_) if is_known(conn, attempt).await? => None,
        of_place => of_place,
    };
    // Once the failure that fills the limit leaves the window, fewer than the limit remain.
    Ok(of_site_id
        .max(of_place)
        .map(|failure| failure.plus_secs(window_secs(settings))))
}

/// Since when failures count.
pub(super) const fn since(settings: &AuthSettings, now: Timestamp) -> Timestamp {
    now.plus_secs(-window_secs(settings))
}

const fn window_secs(settings: &AuthSettings) -> i64 {
    settings.lockout_minutes.saturating_mul(60)
}

/// Whether the site id last signed in from where the attempt comes from, not long ago.
async fn is_known(conn: &mut AnyConnection, attempt: &Attempt<'_>) -> Result<bool> {
    let since = attempt.at.plus_secs(-KNOWN_SECS);
    let newest = attempts::newest_success(conn, attempt.site_id_key, since).await?;
    Ok(newest.as_deref() == Some(attempt.network))
}

/// Until when an attempt is refused that met the lock, now or when its password was to be checked: a
/// lock that ran out meanwhile has left the password unchecked, which is no failure.
pub(super) fn still(
    until: Option<Timestamp>,
    checked: &Checked,
    now: Timestamp,
) -> Option<Timestamp> {
    until.or_else(|| matches!(checked, Checked::Locked).then_some(now))
}

/// The refusal of a locked attempt.
pub(crate) fn locked(until: Timestamp, now: Timestamp) -> Error {
    refused(Code::Locked, until, now)
}

/// A refusal that holds until an instant.
pub(super) fn refused(code: Code, until: Timestamp, now: Timestamp) -> Error {
    let secs = until.millis_since(now).max(0).saturating_add(999) / 1_000;
    AppError::new(code).retry_after(secs.max(1)).into()
}
