//! A way back for whoever lost both authenticator and recovery codes, or had them stolen.

use wire::desk::MemberRow;
use wire::staff::ReasonRequest;
use wire::user::User;
use wire::{Code, UserId};

use super::super::sessions::End;
use super::super::store::{recovery_codes, second_factors, sessions, users};
use super::super::{Accounts, members};
use crate::audit::{self, Act, Action, Changed};
use crate::db::{ScopedFutureExt, Tx};
use crate::{Result, Staff, wake};

impl Accounts {
    /// Takes a member's second factor away, and ends their sign-ins. Nobody does it to their own account,
    /// also who is alone: what they may not give up they may not reset; the machine's command does.
    ///
    /// # Errors
    /// `forbidden`; `own_account`; `not_found` for no such member, or one without a second factor;
    /// `invalid` for a bad reason; `confirmation_required`.
    pub async fn reset_second_factor(
        &self,
        staff: &Staff,
        user: UserId,
        request: ReasonRequest,
    ) -> Result<MemberRow> {
        let act = Act::on(staff, Action::ResetFactor, user);
        let act = &act.because(request.reason.as_deref());
        let reset = audit::act(&self.core, act, |tx| {
            async move {
                take_away(tx, user).await?;
                let now = tx.now();
                Ok(Changed {
                    answer: members::known(tx, user, now).await?.row,
                    before: None,
                    after: None,
                })
            }
            .scope_boxed()
        });
        reset.await
    }

    /// The same for the command line.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn reset_second_factor_by_command(&self, site_id: &str) -> Result<User> {
        let user = self.of_site_id(site_id).await?;
        let act = &Act::of_console(Action::ResetFactor, user);
        let reset = audit::act(&self.core, act, |tx| {
            async move {
                take_away(tx, user).await?;
                Ok(Changed {
                    answer: (),
                    before: None,
                    after: None,
                })
            }
            .scope_boxed()
        });
        reset.await?;
        self.me(user).await
    }
}

/// Whoever signed in with it stays so nowhere.
async fn take_away(tx: &mut Tx, user: UserId) -> Result<()> {
    users::hold(tx, user).await?;
    let now = tx.now();
    let is_there = second_factors::delete(tx, user).await?;
    is_there.then_some(()).ok_or(Code::NotFound)?;
    recovery_codes::delete(tx, user).await?;
    sessions::end_others(tx, user, None, End::Staff, now).await?;
    tx.wake(user, wake::Changed::ACCESS);
    Ok(())
}
