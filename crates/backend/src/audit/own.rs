//! What those who run the club do to their own sign-in.

use wire::UserId;

use super::row::{Row, append};
use super::{Action, DONE};
use crate::db::Tx;
use crate::{Core, Origin, Result, standing};

/// Keeps it in the transaction of its effect, as the last that this writes; of a member who does not run the
/// club, nothing. No permission is asked for, and whoever may act as staff no more, or not yet, is kept too.
pub(crate) async fn own(
    tx: &mut Tx,
    core: &Core,
    user: UserId,
    action: Action,
    origin: &Origin,
) -> Result<()> {
    let roles = standing::roles(tx, user).await?;
    if roles.is_empty() {
        return Ok(());
    }
    let row = Row {
        actor: Some(user),
        roles: roles.as_text(),
        action: action.as_str().to_owned(),
        subject: user.to_string(),
        outcome: DONE.to_owned(),
        request_id: origin.request_id.clone(),
        at: None,
        values: [None, None, None, Some(origin.address.clone())],
    };
    append(tx, core.entropy.as_ref(), row).await
}
