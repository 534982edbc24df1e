//! Showing once more who one is, so that it counts for what staff do that moves much.

use economy::Timestamp;
use wire::auth::{ConfirmRequest, Confirmed};
use wire::{Code, Secret};

use super::Accounts;
use super::proof::read_password;
use super::store::{staff_sessions, users};
use crate::caller::confirmed_until;
use crate::db::ScopedFutureExt;
use crate::limits::Limit;
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
        let at = self.show(&member.claimed(), origin, request).await?;
        Ok(Confirmed {
            until: confirmed_until(at),
        })
    }

    /// The same in the middle of a call of staff's, which goes on as one of somebody who has just shown it.
    ///
    /// # Errors
    /// As [`Accounts::confirm`].
    pub async fn confirm_call(&self, staff: &Staff, request: ConfirmRequest) -> Result<Staff> {
        let at = self.show(staff.claimed(), staff.origin(), request).await?;
        Ok(staff.confirmed(at))
    }

    /// Notes it; gives when that was.
    async fn show(
        &self,
        who: &Claimed,
        origin: &Origin,
        request: ConfirmRequest,
    ) -> Result<Timestamp> {
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let password = read_password(&request.password)?;
        let code = request.code.as_ref().map(Secret::text);
        let person = self.person(who.user_id).await?;
        let proof = &self.prove(&person, &origin.address, password).await?;
        let confirm = self.core.db.write(|tx| {
            async move {
                users::hold(tx, who.user_id).await?;
                let at = tx.now();
                let person = users::find(tx, who.user_id).await?;
                let person = person.ok_or(Code::NotFound)?;
                let doubt = self.doubt_of_both(tx, &person, (proof, code), at).await?;
                if let Some(doubt) = doubt {
                    return Ok(Err(doubt));
                }
                staff_sessions::confirm(tx, &who.session_id, at).await?;
                Ok(Ok(at))
            }
            .scope_boxed()
        });
        let confirmed = confirm.await?;
        confirmed.map_err(|doubt| doubt.into_error(self.core.now()))
    }
}
