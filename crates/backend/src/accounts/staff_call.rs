//! Letting in whoever runs the club and calls as that.

use super::Accounts;
use super::store::staff_sessions;
use crate::caller::NOTED_EACH_SECS;
use crate::db::ScopedFutureExt;
use crate::{Member, Origin, Result, Staff};

impl Accounts {
    /// The member as one who runs the club, who calls from there; their staff session goes on with it, which
    /// is noted once a minute.
    ///
    /// # Errors
    /// As [`Member::staff`].
    pub async fn staff_call(&self, member: &Member, origin: &Origin) -> Result<Staff> {
        let staff = member.staff(origin)?;
        if member.staff_session.is_use_due {
            let session = &member.session_id;
            let note = self.core.db.write(|tx| {
                async move {
                    let now = tx.now();
                    let after = now.plus_secs(-NOTED_EACH_SECS);
                    staff_sessions::note_use(tx, session, after, now).await
                }
                .scope_boxed()
            });
            note.await?;
        }
        Ok(staff)
    }
}
