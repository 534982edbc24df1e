//! What the forms of a member's page left for it.

use wire::UserId;

use super::{posted::form_of, shown::PHONE};
use crate::{error::Refusal, ssr::flash};

/// What an act that was accepted is told by, whichever it was.
pub(super) const TOLD: &str = "told";

/// Which form was refused, if one was, or what one that was accepted has to say once.
pub(super) struct Left {
    pub(super) ban: Option<Refusal>,
    pub(super) unban: Option<Refusal>,
    pub(super) give: Option<Refusal>,
    pub(super) take: Option<Refusal>,
    pub(super) phone: Option<Refusal>,
    /// What was done.
    pub(super) told: Option<String>,
}

impl Left {
    /// What there is for the page of this member; it is gone then.
    pub(super) fn take(user: UserId) -> Self {
        let refused = |name: &str| flash::take(&form_of(name, user));
        Self {
            ban: refused("ban"),
            unban: refused("unban"),
            give: refused("give"),
            take: refused("take"),
            phone: refused(PHONE),
            told: flash::take_told(&form_of(TOLD, user)),
        }
    }
}
