//! Showing once more who one is, so that it counts for what staff do that moves much.

use wire::Secret;
use wire::auth::{ConfirmRequest, Confirmed};

use super::Accounts;
use super::proof::Asked;
use super::store::staff_sessions;
use crate::audit::{Action, Own};
use crate::caller::confirmed_until;
use crate::db::ScopedFutureExt;
use crate::{Claimed, Member, Origin, Result, Staff};

impl Accounts {
    /// Notes in the session that its member has shown who they are.
    ///
    /// # Errors
    /// `wrong_password` and `wrong_code`, which count as failed sign-ins, and `locked`; `code_required` of
    /// those who have a second factor; `invalid`; `rate_limited`.
    pub async fn confirm(
        &self,
        member: &Member,
        origin: &Origin,
        request: ConfirmRequest,
    ) -> Result<Confirmed> {
        self.note_shown(&member.claimed(), origin, request).await
    }

    /// The same in the middle of a call of staff's, which goes on as one of somebody who has just shown it.
    ///
    /// # Errors
    /// As [`Accounts::confirm`].
    pub async fn confirm_call(&self, staff: &Staff, request: ConfirmRequest) -> Result<Confirmed> {
        self.note_shown(staff.claimed(), staff.origin(), request)
            .await
    }

    async fn note_shown(
        &self,
        who: &Claimed,
        origin: &Origin,
        request: ConfirmRequest,
    ) -> Result<Confirmed> {
        let proof = &self.shown(who.user_id, origin, &request.password).await?;
        let asked = Asked::Both(request.code.as_ref().map(Secret::text));
        let own = Own {
            user: who.user_id,
            action: Action::Confirm,
            origin,
        };
        let confirm = self.core.db.write(|tx| {
            async move {
                if let Some(doubt) = self.doubt_of_own(tx, own, (proof, asked)).await? {
                    return Ok(Err(doubt));
                }
                let at = tx.now();
                staff_sessions::confirm(tx, &who.session_id, at).await?;
                own.done(tx, &self.core).await?;
                let until = confirmed_until(at);
                Ok(Ok(Confirmed { until }))
            }
            .scope_boxed()
        });
        let confirmed = confirm.await?;
        confirmed.map_err(|doubt| doubt.into_error(self.core.now()))
    }
}
