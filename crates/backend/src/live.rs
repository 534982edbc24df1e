//! The live channel: members' logs of events, and how things of theirs stand.

mod store;

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;
use wire::live::Notice;

use crate::Result;

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
    if id > store::KEPT_MAX {
        store::forget(conn, user, id - store::KEPT_MAX).await?;
    }
    Ok(())
}
