//! The session that somebody asks in, with the member whose it is.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::user::Rank;

use super::{Life, Marks};
use crate::db::Columns;
use crate::{Claimed, Result};

/// What is known of whoever asks.
pub(super) struct Asker {
    pub(super) life: Life,
    pub(super) marks: Marks,
    pub(super) rank: Rank,
    pub(super) is_admin: bool,
}

/// Session and member together; nothing without such a session of theirs.
pub(super) async fn asker(conn: &mut AnyConnection, claimed: &Claimed) -> Result<Option<Asker>> {
    let row = sqlx::query(
        "SELECT s.ended_at, s.expires_at, u.rank, u.is_admin, u.banned_at, u.banned_until, u.deleted_at
         FROM auth_sessions s JOIN users u ON u.id = s.user_id
         WHERE s.id = $1 AND s.user_id = $2",
    )
    .bind(claimed.session_id.as_str())
    .bind(claimed.user_id.0)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(asker_of).transpose()
}

fn asker_of(row: &AnyRow) -> Result<Asker> {
    Ok(Asker {
        life: Life::read(row)?,
        marks: Marks::read(row)?,
        rank: row.parsed("users.rank", Rank::parse)?,
        is_admin: row.flag("is_admin")?,
    })
}
