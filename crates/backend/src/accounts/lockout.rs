//! Too many failed sign-ins of a site id, or from an address, lock it for a while.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::{AppError, Code};

use super::sign_in::Checked;
use super::store::attempts::{self, Attempt};
use crate::settings::AuthSettings;
use crate::{Error, Result};

/// Until when sign-ins like this one are refused, if they are.
///
/// Only failures count, so an attempt during a lock does not extend it; those of a site id before its
/// newest success do not, at an address before the newest from there: whoever guesses cannot clear what
/// they guessed by signing in as themselves. Called in a transaction that holds the member's row it is
/// exact, however many guess at once; an address has no row, so as many as run at once may slip past its
/// limit.
pub(crate) async fn until(
    conn: &mut AnyConnection,
    settings: &AuthSettings,
    attempt: &Attempt<'_>,
) -> Result<Option<Timestamp>> {
    let window_secs = settings.lockout_minutes.saturating_mul(60);
    let since = attempt.at.plus_secs(-window_secs);
    let (site_id_max, address_max) = (
        settings.failures_max.max(1),
        settings.address_failures_max.max(1),
    );
    let of_site_id = attempts::failure_of_site_id(conn, attempt, since, site_id_max).await?;
    let of_address = attempts::failure_of_address(conn, attempt, since, address_max).await?;
    // Once the failure that fills the limit leaves the window, fewer than the limit remain.
    Ok(of_site_id
        .max(of_address)
        .map(|failure| failure.plus_secs(window_secs)))
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
