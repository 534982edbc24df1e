//! Rows that builds before the chain wrote, sealed into it in their order; at each start and once an hour,
//! for those that such a build writes beside this one.

use super::store::{self, Earlier};
use super::{Row, append};
use crate::db::{Db, ScopedFutureExt};
use crate::{Clock, Entropy, Result};

/// How many rows one transaction seals.
const BATCH: i64 = 500;
/// A number is given before its row is committed: rows that are younger may come behind one of theirs.
const SETTLED_SECS: i64 = 60;

/// Seals what is not sealed yet.
///
/// # Errors
/// When the database fails; what was sealed stays so.
pub(crate) async fn seal(db: &Db, clock: &dyn Clock, entropy: &dyn Entropy) -> Result<()> {
    let until = clock.now().plus_secs(-SETTLED_SECS);
    while !store::earlier(&mut *db.read().await?, until, 1)
        .await?
        .is_empty()
    {
        let write = db.write(|tx| {
            async move {
                // Held first, so that of two processes the second sees what the first has sealed.
                store::hold(tx).await?;
                for earlier in store::earlier(tx, until, BATCH).await? {
                    let id = earlier.id;
                    append(tx, entropy, row(earlier)).await?;
                    store::note_earlier(tx, id).await?;
                }
                Ok(())
            }
            .scope_boxed()
        });
        write.await?;
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
        at: Some(earlier.created_at),
        values: [None, earlier.before, earlier.after, None],
    }
}
