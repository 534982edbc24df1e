//! Rows that builds before the chain wrote, sealed into it in their order; and again at each start, for
//! those that such a build wrote beside this one.

use sqlx::AnyConnection;

use super::store::{self, Earlier};
use super::{Row, append};
use crate::db::{Db, ScopedFutureExt};
use crate::{Entropy, Result};

/// How many rows one transaction seals.
const BATCH: i64 = 500;

/// Seals what is not sealed yet.
///
/// # Errors
/// When the database fails; what was sealed stays so.
pub(crate) async fn seal(db: &Db, entropy: &dyn Entropy) -> Result<()> {
    while !store::earlier(&mut *db.read().await?, 1).await?.is_empty() {
        let write = db.write(|tx| async move { batch(tx, entropy).await }.scope_boxed());
        write.await?;
    }
    Ok(())
}

/// The head is held first, so that of two processes the second sees what the first has sealed.
async fn batch(conn: &mut AnyConnection, entropy: &dyn Entropy) -> Result<()> {
    store::hold(conn).await?;
    for earlier in store::earlier(conn, BATCH).await? {
        let id = earlier.id;
        append(conn, entropy, row(earlier)).await?;
        store::note_earlier(conn, id).await?;
    }
    Ok(())
}

fn row(earlier: Earlier) -> Row {
    Row {
        actor: Some(earlier.actor),
        roles: String::new(),
        action: earlier.action,
        subject: earlier.subject,
        outcome: earlier.outcome,
        request_id: String::new(),
        at: earlier.created_at,
        values: [None, earlier.before, earlier.after, None],
    }
}
