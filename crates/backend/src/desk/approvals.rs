//! What waits for a second pair of eyes: seeing it, and deciding it.

mod whole;

use wire::desk::{Approval, ApprovalLinesRequest, ApprovalState, ApprovalWhole, ApprovalsRequest};
use wire::page::Page;
use wire::staff::{Permission, ReasonRequest};
use wire::{Code, UserId};

use self::whole::Outlook;
use super::Desk;
use super::grants::Granting;
use super::tokens::Moving;
use crate::audit::{self, Act, Action};
use crate::weigh::{self, Errand, Kept, Weight};
use crate::{Error, Result, Staff, paging};

impl Desk {
    /// What waits, or waited, the newest first.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is.
    pub async fn approvals(
        &self,
        staff: &Staff,
        request: ApprovalsRequest,
    ) -> Result<Page<Approval>> {
        weigh::list(&self.core, staff, request).await
    }

    /// What was asked for under that number, with a page of all that it does, told from what was kept.
    ///
    /// # Errors
    /// `forbidden`; `invalid` when the page is; `not_found`.
    pub async fn approval(
        &self,
        staff: &Staff,
        id: i64,
        request: ApprovalLinesRequest,
    ) -> Result<ApprovalWhole> {
        staff.expect(Permission::ApprovalsRead)?;
        let page = paging::numbered(request.page, request.page_size)?;
        let found = weigh::find(&self.core, id).await?;
        let kept = found.ok_or(Code::NotFound)?;
        let weight = self.weighed(&kept).await?;
        let outlook = Outlook {
            asker_may: weigh::asker_may(&self.core, &kept, about(&kept)).await?,
            takes_effect_at: weigh::takes_effect_at(&self.core, &kept).await?,
            now: self.core.now(),
        };
        Ok(whole::of(kept, weight.as_ref(), outlook, staff, page))
    }

    /// Grants what somebody else asked for, which is done at once, as it was shown or not at all.
    ///
    /// # Errors
    /// `forbidden`, also of those who could not do it themselves; `confirmation_required`; `own_account`;
    /// `not_found`; `approval_decided`, `expired`; `preview_changed` where it would do something else by now or
    /// whoever asked may no more, which ends it.
    pub async fn approve(&self, staff: &Staff, id: i64) -> Result<Approval> {
        let act = &Act::of(staff, Action::Approve, &id.to_string());
        audit::expect(&self.core, act).await?;
        let Some(kept) = weigh::find(&self.core, id).await? else {
            audit::refused(&self.core, act, Code::NotFound).await?;
            return Err(Code::NotFound.into());
        };
        self.carry_on(&kept, Errand::Granted(staff)).await?;
        weigh::approval(&self.core, id).await
    }

    /// Refuses what somebody else asked for.
    ///
    /// # Errors
    /// `forbidden`, also of those who could not do it themselves; `own_account`; `not_found`; `approval_decided`,
    /// `expired`; `invalid` for a bad reason.
    pub async fn refuse(&self, staff: &Staff, id: i64, request: ReasonRequest) -> Result<Approval> {
        weigh::refuse(&self.core, staff, id, &request).await
    }

    /// Takes back what one asked for.
    ///
    /// # Errors
    /// `forbidden`, also where somebody else asked for it; `not_found`; `approval_decided`, `expired`.
    pub async fn cancel(&self, staff: &Staff, id: i64) -> Result<Approval> {
        weigh::cancel(&self.core, staff, id).await
    }

    /// Ends what nobody decided in time, lets take effect what nobody else could grant for an hour, and goes on
    /// with what was left in the middle. How many it ended; several processes may do so at once.
    ///
    /// # Errors
    /// The first of what failed; the others are ended all the same.
    pub async fn end_approvals(&self) -> Result<u64> {
        let (mut ended, mut after, mut trouble) = (0, 0, None);
        loop {
            let due = weigh::due(&self.core, after).await?;
            let Some(last) = due.last() else {
                return trouble.map_or(Ok(ended), Err);
            };
            after = last.approval.id;
            for kept in &due {
                match self.end(kept).await {
                    Ok(is_ended) => ended += u64::from(is_ended),
                    // That it could not be done as it was shown is an end too.
                    Err(Error::Refused(refusal)) if refusal.code != Code::InProgress => ended += 1,
                    Err(error) => {
                        trouble.get_or_insert(error);
                    }
                }
            }
        }
    }

    async fn end(&self, kept: &Kept) -> Result<bool> {
        let approval = &kept.approval;
        if approval.state == ApprovalState::Granted {
            return self.carry_on(kept, Errand::Resumed).await;
        }
        if approval.expires_at <= self.core.now() {
            return weigh::expire(&self.core, approval.id).await;
        }
        match weigh::is_sole(&self.core, kept).await? {
            true => self.carry_on(kept, Errand::Sole).await,
            false => Ok(false),
        }
    }

    /// What it would do as rows stand; nothing where it would be refused.
    async fn weighed(&self, kept: &Kept) -> Result<Option<Weight>> {
        let core = &self.core;
        match kept.action {
            Action::AddTokens | Action::DeductTokens => {
                weigh::weighed(core, &Moving::of(core, kept)?).await
            }
            Action::GrantBulk => weigh::weighed(core, &Granting::of(core, kept)?).await,
            Action::Refund => self.shop.weighed(kept).await,
            _ => Err(Error::Corrupt("approvals.action".to_owned())),
        }
    }

    /// Does what was asked for, whatever it was.
    async fn carry_on(&self, kept: &Kept, errand: Errand<'_>) -> Result<bool> {
        let core = &self.core;
        match kept.action {
            Action::AddTokens | Action::DeductTokens => {
                let deed = Moving::of(core, kept)?;
                weigh::carry_on(core, &deed, kept, errand).await
            }
            Action::GrantBulk => {
                let deed = Granting::of(core, kept)?;
                weigh::carry_on(core, &deed, kept, errand).await
            }
            Action::Refund => self.shop.carry_on(kept, errand).await,
            _ => Err(Error::Corrupt("approvals.action".to_owned())),
        }
    }
}

/// The member whom all of it is about; what is given to many is about nobody in particular.
fn about(kept: &Kept) -> Option<UserId> {
    match kept.action {
        Action::GrantBulk => None,
        _ => kept.approval.preview.first.first().map(|it| it.id),
    }
}
