//! Deciding what waits: refusing it, taking it back, letting it go. Granting it is a file of its own.

use economy::Timestamp;
use serde::Serialize;
use wire::desk::{Approval, ApprovalState, ApprovalsRequest};
use wire::staff::{Permission, ReasonRequest};
use wire::{Code, Page};

use super::store::{self, Decision, Kept};
use crate::audit::{self, Act, Action, Changed, DONE};
use crate::db::{ScopedFutureExt, Tx};
use crate::operations::json_of;
use crate::{Core, Result, Staff, paging, standing};

/// How long something waits before it takes effect that nobody else could grant, in seconds: an hour.
pub(super) const SOLE_SECS: i64 = 60 * 60;
/// For how long nothing takes effect alone of whoever took away what others of staff act with, in seconds: 24
/// hours, in which those have a way back.
pub(super) const UNSEATED_SECS: i64 = 24 * 60 * 60;
/// How long something that is being done is left to whoever granted it, in seconds.
const DOING_SECS: i64 = 60;
/// How many of what is due are looked up at once.
const BATCH: i64 = 100;

/// Why something was refused.
#[derive(Serialize)]
struct Refused<'a> {
    reason: Option<&'a str>,
}

/// What waits, or waited, the newest first.
///
/// # Errors
/// `forbidden`; `invalid` when the page is.
pub(crate) async fn list(
    core: &Core,
    staff: &Staff,
    request: ApprovalsRequest,
) -> Result<Page<Approval>> {
    staff.expect(Permission::ApprovalsRead)?;
    let limit = paging::limit(request.limit)?;
    let before = paging::cursor_int(request.cursor.as_deref())?.unwrap_or(i64::MAX);
    let mut conn = core.db.read().await?;
    let items = store::list(&mut conn, &request, before, limit + 1).await?;
    Ok(paging::page(items, limit, |item| item.id.to_string()))
}

/// How many wait that can still be granted.
pub(crate) async fn waiting(core: &Core) -> Result<i64> {
    let now = core.now();
    let mut conn = core.db.read().await?;
    store::all_waiting(&mut conn, now).await
}

/// What is kept under that number.
pub(crate) async fn find(core: &Core, id: i64) -> Result<Option<Kept>> {
    let mut conn = core.db.read().await?;
    store::find(&mut conn, id).await
}

/// How it stands now.
///
/// # Errors
/// `not_found`.
pub(crate) async fn approval(core: &Core, id: i64) -> Result<Approval> {
    let kept = find(core, id).await?;
    Ok(kept.ok_or(Code::NotFound)?.approval)
}

/// Refuses what somebody else asked for.
///
/// # Errors
/// `forbidden`, also of those who could not do it themselves; `own_account`; `not_found`; `approval_decided`,
/// `expired`; `invalid` for a bad reason.
pub(crate) async fn refuse(
    core: &Core,
    staff: &Staff,
    id: i64,
    request: &ReasonRequest,
) -> Result<Approval> {
    let reason = request.reason.as_deref();
    let act = Act::of(staff, Action::RefuseApproval, &id.to_string()).because(reason);
    let refuse = audit::act(core, &act, |tx| {
        async move {
            of_another(tx, id, staff).await?;
            let at = tx.now();
            let decision = Decision {
                state: ApprovalState::Refused,
                by: Some(staff.user_id()),
                at,
                result: Some(json_of(&Refused { reason })?),
            };
            decided(tx, id, decision).await
        }
        .scope_boxed()
    });
    refuse.await?;
    approval(core, id).await
}

/// Takes back what one asked for.
///
/// # Errors
/// `forbidden`, also where somebody else asked for it; `not_found`; `approval_decided`, `expired`.
pub(crate) async fn cancel(core: &Core, staff: &Staff, id: i64) -> Result<Approval> {
    let act = Act::of(staff, Action::CancelApproval, &id.to_string());
    let cancel = audit::act(core, &act, |tx| {
        async move {
            let kept = hold(tx, id).await?;
            if kept.approval.actor != staff.user_id() {
                return Err(Code::Forbidden.into());
            }
            let at = tx.now();
            expect_waiting(&kept, at)?;
            let decision = Decision {
                state: ApprovalState::Cancelled,
                by: Some(staff.user_id()),
                at,
                result: None,
            };
            decided(tx, id, decision).await
        }
        .scope_boxed()
    });
    cancel.await?;
    approval(core, id).await
}

/// Lets go what nobody decided in time; whether that was still to be done.
pub(crate) async fn expire(core: &Core, id: i64) -> Result<bool> {
    let act = &Act::of_club(Action::ExpireApproval, &id.to_string());
    let expire = core.db.write(|tx| {
        async move {
            let kept = hold(tx, id).await?;
            let at = tx.now();
            let is_waiting = kept.approval.state == ApprovalState::Waiting;
            if !is_waiting || at < kept.approval.expires_at {
                return Ok(false);
            }
            let decision = Decision {
                state: ApprovalState::Expired,
                by: None,
                at,
                result: None,
            };
            let Changed { before, after, .. } = decided(tx, id, decision).await?;
            audit::keep(tx, core, act, None, (DONE, (before, after))).await?;
            Ok(true)
        }
        .scope_boxed()
    });
    expire.await
}

/// Those after that number for which it may be time: that wait for an hour, or are being done and were left. At
/// most a hundred, the oldest first.
pub(crate) async fn due(core: &Core, after: i64) -> Result<Vec<Kept>> {
    let now = core.now();
    let since = (now.plus_secs(-SOLE_SECS), now.plus_secs(-DOING_SECS));
    let mut conn = core.db.read().await?;
    store::due(&mut conn, since, after, BATCH).await
}

/// The one of that number, which nobody else decides until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, id: i64) -> Result<Kept> {
    Ok(store::hold(tx, id).await?.ok_or(Code::NotFound)?)
}

/// Something that waits, held, for somebody else to decide than who asked for it.
///
/// # Errors
/// `not_found`; `forbidden` of those who could not do it themselves; `own_account`; `approval_decided`,
/// `expired`.
pub(super) async fn of_another(tx: &mut Tx, id: i64, staff: &Staff) -> Result<Kept> {
    let kept = hold(tx, id).await?;
    let now = tx.now();
    let roles = standing::acting(tx, staff.user_id(), now).await?;
    let permission = kept.action.permission();
    if !permission.is_some_and(|permission| roles.may(permission)) {
        return Err(Code::Forbidden.into());
    }
    if kept.approval.actor == staff.user_id() {
        return Err(Code::OwnAccount.into());
    }
    expect_waiting(&kept, now)?;
    Ok(kept)
}

/// Refuses what is decided, and what is too old.
pub(super) fn expect_waiting(kept: &Kept, now: Timestamp) -> Result<()> {
    let is_over = now >= kept.approval.expires_at;
    match kept.approval.state {
        ApprovalState::Waiting if !is_over => Ok(()),
        ApprovalState::Waiting | ApprovalState::Expired => Err(Code::Expired.into()),
        _ => Err(Code::ApprovalDecided.into()),
    }
}

/// Decides one that is held and waits.
pub(super) async fn decided(tx: &mut Tx, id: i64, decision: Decision) -> Result<Changed<()>> {
    let after = decision.state;
    store::decide(tx, id, decision).await?;
    Ok(Changed {
        answer: (),
        before: Some(audit::state(&ApprovalState::Waiting)?),
        after: Some(audit::state(&after)?),
    })
}
