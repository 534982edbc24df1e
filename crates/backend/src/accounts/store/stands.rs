//! What several members are called and have, in one statement.

use std::collections::HashMap;

use economy::Tokens;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use wire::UserId;

use crate::Result;
use crate::db::{Batch, Column, Columns, Count};

/// A member, as an act on several of them finds them.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    pub(crate) site_id: String,
    pub(crate) nickname: String,
    pub(crate) balance: Tokens,
    /// Whether they are gone.
    pub(crate) is_deleted: bool,
}

/// Those of these members whom there are, each named once.
pub(crate) async fn of(
    conn: &mut AnyConnection,
    users: &[UserId],
) -> Result<HashMap<UserId, Stand>> {
    const SQL: &str = "SELECT u.id, u.site_id, u.nickname, u.deleted_at, a.balance FROM {rows} w \
        JOIN users u ON u.id = w.column1 JOIN accounts a ON a.id = u.id";
    let mut batch = Batch::default();
    let mut bindings = batch.push_rows(&[Column::Int], Count::of(users.len()), 0, SQL);
    for user in users {
        bindings.int(user.0);
    }
    drop(bindings);
    let rows = batch.run(conn).await?;
    rows.iter().map(stand_of).collect()
}

fn stand_of(row: &AnyRow) -> Result<(UserId, Stand)> {
    let stand = Stand {
        site_id: row.text("site_id")?,
        nickname: row.text("nickname")?,
        balance: row.tokens("accounts.balance")?,
        is_deleted: row.instant_opt("deleted_at")?.is_some(),
    };
    Ok((UserId(row.int("id")?), stand))
}
