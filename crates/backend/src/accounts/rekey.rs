//! The keys of nicknames, made anew once: they were the lower case of what was typed before names
//! were compared by what is read. The keys of site ids, which are ASCII, are the same as ever.

use sqlx::AnyConnection;
use wire::UserId;

use super::names::{key, key_apart};
use super::store::names::{self, Named};
use crate::db::{Db, Dialect, ScopedFutureExt, dialect};
use crate::error::Trouble;
use crate::{Error, Result};

/// How many members are read at once.
const PAGE: i64 = 500;
/// How often it is tried: a server of an earlier build that still runs may give a name the key that is
/// about to be made.
const TRIES_MAX: u32 = 5;

/// Makes every key anew, unless that was done before: in one transaction, so that a process that is
/// killed in the middle has done nothing, and one that collides with another begins again.
///
/// # Errors
/// When the database fails; `unavailable` when another process was in the way each time.
pub(crate) async fn make_anew(db: &Db) -> Result<()> {
    if names::are_made(&mut *db.read().await?).await? {
        return Ok(());
    }
    for _ in 0..TRIES_MAX {
        match attempt(db).await {
            Err(error) if is_collision(db, &error) => {
                tracing::warn!(%error, "another process writes while the keys of names are made anew");
            }
            done => return done,
        }
    }
    Err(Error::Unavailable(format!(
        "another process was in the way {TRIES_MAX} times while the keys of names were made anew; \
         stop every server of an earlier build, then start this one again"
    )))
}

async fn attempt(db: &Db) -> Result<()> {
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

/// Whether it failed because another process wrote meanwhile.
fn is_collision(db: &Db, error: &Error) -> bool {
    let Error::Database(trouble, cause) = error else {
        return false;
    };
    match trouble {
        Trouble::Collision | Trouble::Locked => true,
        // That another process holds the file looks like that.
        Trouble::Away => db.dialect() == Dialect::Sqlite && cause.as_database_error().is_some(),
        Trouble::Other => dialect::constraint(cause).as_deref() == Some("users_nickname_key_key"),
        Trouble::ReadOnly => false,
    }
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
