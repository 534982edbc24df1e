//! What a member is told: rows of their log, which the live channel reads.

mod store;

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;
use wire::live::Notice;

use crate::{Error, Result};

pub(crate) use store::before;

/// How many events a member's log keeps.
pub(crate) const KEPT_MAX: i64 = 200;

/// How a notice is stored.
pub(crate) fn json(notice: &Notice) -> Result<String> {
    serde_json::to_string(notice).map_err(|error| Error::Internal(error.to_string()))
}

/// Writes an event into a member's log, in the transaction of its cause; so it is heard of exactly
/// when its cause came to be.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(
    conn: &mut AnyConnection,
    user: UserId,
    notice: &Notice,
    at: Timestamp,
) -> Result<()> {
    let id = store::next_id(conn, user, at).await?;
    store::insert(conn, user, id, notice, at).await?;
    if id > KEPT_MAX {
        store::forget(conn, user, id - KEPT_MAX).await?;
    }
    Ok(())
}
