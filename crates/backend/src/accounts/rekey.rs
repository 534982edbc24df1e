//! The keys of nicknames, made anew once: they were the lower case of what was typed before names
//! were compared by what is read. The keys of site ids, which are ASCII, are the same as ever.

use sqlx::AnyConnection;
use wire::UserId;

use super::names::{key, key_apart};
use super::store::names::{self, Named};
use crate::Result;
use crate::db::{Db, ScopedFutureExt};

/// How many members are read at once.
const PAGE: i64 = 500;

/// Makes every key anew, unless that was done before: in one transaction, so that a process that is
/// killed in the middle has done nothing.
///
/// # Errors
/// When the database fails.
pub(crate) async fn make_anew(db: &Db) -> Result<()> {
    if names::are_made(&mut *db.read().await?).await? {
        return Ok(());
    }
    let write = db.write(|tx| {
        async move {
            if names::note(tx).await? {
                all(tx).await?;
            }
            Ok(())
        }
        .scope_boxed()
    });
    write.await
}

/// In the order in which members joined, so that of those who share a name the oldest gets its key.
async fn all(conn: &mut AnyConnection) -> Result<()> {
    let mut last = UserId(0);
    loop {
        let page = names::page(conn, last, PAGE).await?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = end.user;
        for named in &page {
            place(conn, named).await?;
        }
    }
}

/// Gives a name its key, or one apart where an older member has that.
async fn place(conn: &mut AnyConnection, named: &Named) -> Result<()> {
    let (user, key) = (named.user, key(&named.nickname));
    // As it was read. An older member may have taken it since, and left one apart in its place.
    if named.key == key {
        return Ok(());
    }
    match names::holder(conn, &key).await? {
        Some(older) if older < user => {
            names::set_key(conn, user, &key_apart(&key, user)).await?;
        }
        Some(younger) if younger > user => {
            names::set_key(conn, younger, &key_apart(&key, younger)).await?;
            names::set_key(conn, user, &key).await?;
        }
        _ => names::set_key(conn, user, &key).await?,
    }
    Ok(())
}
