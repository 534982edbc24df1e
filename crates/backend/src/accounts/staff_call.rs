//! Letting in whoever runs the club and calls as that.

use wire::SessionId;
use wire::staff::Permission;

use super::Accounts;
use super::store::staff_sessions;
use crate::caller::NOTED_EACH_SECS;
use crate::db::ScopedFutureExt;
use crate::{Member, Origin, Result, Staff};

impl Accounts {
    /// The member as one who runs the club, who calls from there; their staff session goes on with it, which
    /// is noted once a minute. Nothing else lets staff in, so that every call of theirs counts as use.
    ///
    /// # Errors
    /// As [`Member::staff`].
    pub async fn staff_call(&self, member: &Member, origin: &Origin) -> Result<Staff> {
        let staff = member.staff(origin)?;
        // Whoever only reads is not kept from it by a writer that is busy.
        if member.staff_session.is_use_due
            && let Err(error) = self.note_use(&member.session_id).await
        {
            tracing::warn!(%error, "the use of a staff session was not noted");
        }
        Ok(staff)
    }

    /// The same of a member who may that, if they run the club.
    pub async fn staff_who_may(
        &self,
        member: &Member,
        permission: Permission,
        origin: &Origin,
    ) -> Option<Staff> {
        match member.roles.may(permission) {
            true => self.staff_call(member, origin).await.ok(),
            false => None,
        }
    }

    async fn note_use(&self, session: &SessionId) -> Result<()> {
        let note = self.core.db.write(|tx| {
            async move {
                let now = tx.now();
                let after = now.plus_secs(-NOTED_EACH_SECS);
                staff_sessions::note_use(tx, session, after, now).await
            }
            .scope_boxed()
        });
        note.await
    }
}
