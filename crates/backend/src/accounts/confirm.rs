//! Showing once more who one is, so that it counts for what staff do that moves much.

use wire::auth::{ConfirmRequest, Confirmed};
use wire::{Code, Secret};

use super::Accounts;
use super::proof::read_password;
use super::store::{staff_sessions, users};
use crate::caller::confirmed_until;
use crate::db::ScopedFutureExt;
use crate::limits::Limit;
use crate::{Member, Origin, Result};

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
        let limits = &self.core.limits;
        limits.check(Limit::SignIn, &origin.address).await?;
        let password = read_password(&request.password)?;
        let code = request.code.as_ref().map(Secret::text);
        let person = self.person(member.user_id).await?;
        let proof = &self.prove(&person, &origin.address, password).await?;
        let confirm = self.core.db.write(|tx| {
            async move {
                users::hold(tx, member.user_id).await?;
                let at = tx.now();
                let person = users::find(tx, member.user_id).await?;
                let person = person.ok_or(Code::NotFound)?;
                let doubt = self.doubt_of_both(tx, &person, (proof, code), at).await?;
                if let Some(doubt) = doubt {
                    return Ok(Err(doubt));
                }
                staff_sessions::confirm(tx, &member.session_id, at).await?;
                Ok(Ok(Confirmed {
                    until: confirmed_until(at),
                }))
            }
            .scope_boxed()
        });
        let confirmed = confirm.await?;
        confirmed.map_err(|doubt| doubt.into_error(self.core.now()))
    }
}
