//! The keys that nicknames are unique by, and whether they are of this build's making.

use sqlx::AnyConnection;
use wire::UserId;

use crate::Result;
use crate::db::Columns;

/// Where it stands in `club_values`.
const NAME: &str = "name_keys";
/// NFKC, case-folded, with single spaces.
const MAKE: &str = "nfkc_casefold";
/// A key apart is that of `accounts::names::key_apart`, and begins with a space like no other, so that
/// an index holds just these.
const HEIR: &str = "SELECT id FROM users
     WHERE substr(nickname_key, 1, 1) = ' ' AND nickname_key = ' ' || CAST(id AS TEXT) || ' ' || $1
     ORDER BY id LIMIT 1";

/// A member's nickname with the key that it has.
pub(crate) struct Named {
    pub(crate) user: UserId,
    pub(crate) nickname: String,
    pub(crate) key: String,
}

/// Whether the keys were made anew.
pub(crate) async fn are_made(conn: &mut AnyConnection) -> Result<bool> {
    let row = sqlx::query("SELECT value FROM club_values WHERE name = $1")
        .bind(NAME)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Notes that the keys are made anew in this transaction; false when another process has done it, for
/// whose end this waits.
pub(crate) async fn note(conn: &mut AnyConnection) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO club_values (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
    )
    .bind(NAME)
    .bind(MAKE)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The members after `last`, in the order in which they joined.
pub(crate) async fn page(conn: &mut AnyConnection, last: UserId, limit: i64) -> Result<Vec<Named>> {
    let rows = sqlx::query(
        "SELECT id, nickname, nickname_key FROM users WHERE id > $1 ORDER BY id LIMIT $2",
    )
    .bind(last.0)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Named {
                user: UserId(row.int("id")?),
                nickname: row.text("nickname")?,
                key: row.text("nickname_key")?,
            })
        })
        .collect()
}

/// Who has a key.
pub(crate) async fn holder(conn: &mut AnyConnection, key: &str) -> Result<Option<UserId>> {
    let row = sqlx::query("SELECT id FROM users WHERE nickname_key = $1")
        .bind(key)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(UserId(row.int("id")?))).transpose()
}

/// Gives a member's nickname a key.
pub(crate) async fn set_key(conn: &mut AnyConnection, user: UserId, key: &str) -> Result<()> {
    sqlx::query("UPDATE users SET nickname_key = $2 WHERE id = $1")
        .bind(user.0)
        .bind(key)
        .execute(conn)
        .await?;
    Ok(())
}

/// The oldest of those who bear the name of a key under one apart.
pub(crate) async fn heir(conn: &mut AnyConnection, key: &str) -> Result<Option<UserId>> {
    let row = sqlx::query(HEIR).bind(key).fetch_optional(conn).await?;
    row.map(|row| Ok(UserId(row.int("id")?))).transpose()
}

/// Gives a key to whoever bears its name under one apart; whether they still did.
pub(crate) async fn inherit(conn: &mut AnyConnection, heir: UserId, key: &str) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE users SET nickname_key = $2
         WHERE id = $1 AND nickname_key = ' ' || CAST(id AS TEXT) || ' ' || $2",
    )
    .bind(heir.0)
    .bind(key)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use super::HEIR;
    use crate::db::plans::{migrated, plan};

    #[tokio::test]
    async fn an_heir_is_found_among_those_with_a_key_apart() {
        let mut conn = migrated().await;
        let plan = plan(&mut conn, HEIR).await;
        assert!(plan.contains("INDEX users_key_apart"), "{plan}");
    }
}
