//! What is to be expected of something that waits, as rows stand.

use economy::Timestamp;
use sqlx::AnyConnection;
use wire::UserId;

use super::approvals::{SOLE_SECS, UNSEATED_SECS};
use super::store::Kept;
use crate::audit::{self, Act, Asker};
use crate::{Core, Result, standing};

/// Whether whoever asked for it may still do it, to that member if it is about one: granted otherwise, it fails.
pub(crate) async fn asker_may(core: &Core, kept: &Kept, about: Option<UserId>) -> Result<bool> {
    let asker = Asker {
        user: kept.approval.actor,
        request_id: String::new(),
        is_sole: false,
    };
    let act = Act::of_asker(asker, kept.action, &kept.approval.subject);
    let act = match about {
        Some(member) => act.about(member),
        None => act,
    };
    let mut conn = core.db.read().await?;
    audit::may(core, &mut conn, &act, core.now()).await
}

/// Whether something has waited for an hour that nobody else can grant: nobody else who has the permission has a
/// second factor, and whoever asked did not bring that about themselves in the last day.
pub(crate) async fn is_sole(core: &Core, kept: &Kept) -> Result<bool> {
    let mut conn = core.db.read().await?;
    sole(&mut conn, kept, core.now()).await
}

/// When it takes effect by itself; nothing where somebody else has to grant it.
pub(crate) async fn takes_effect_at(core: &Core, kept: &Kept) -> Result<Option<Timestamp>> {
    let mut conn = core.db.read().await?;
    effect(&mut conn, kept, core.now()).await
}

/// The same as [`is_sole`], at that instant.
pub(super) async fn sole(conn: &mut AnyConnection, kept: &Kept, now: Timestamp) -> Result<bool> {
    let at = effect(conn, kept, now).await?;
    Ok(at.is_some_and(|at| at <= now))
}

async fn effect(
    conn: &mut AnyConnection,
    kept: &Kept,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let (Some(permission), approval) = (kept.action.permission(), &kept.approval) else {
        return Ok(None);
    };
    if standing::has_another(conn, approval.actor, permission, now).await? {
        return Ok(None);
    }
    let at = approval.created_at.plus_secs(SOLE_SECS);
    // What is a day old by then keeps nothing from it.
    let since = at.max(now).plus_secs(-UNSEATED_SECS);
    let has_unseated = audit::has_unseated(conn, approval.actor, since).await?;
    Ok((!has_unseated).then_some(at))
}
