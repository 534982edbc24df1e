//! What the plain forms of a member's page left for it.

use serde::{Deserialize, Serialize};
use wire::UserId;

use super::posted::form_of;
use crate::{
    error::Refusal,
    ui::{take_refusal, take_told},
};

/// Which form was refused, if one was, or what was shown once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    pub(super) ban: Option<Refusal>,
    pub(super) unban: Option<Refusal>,
    pub(super) give: Option<Refusal>,
    pub(super) take: Option<Refusal>,
    pub(super) phone: Option<Refusal>,
    /// The whole phone number.
    pub(super) shown_phone: Option<String>,
}

impl Left {
    /// What there is for the page of this member; it is gone then.
    pub(super) fn take(user: UserId) -> Self {
        let refused = |name: &str| take_refusal(&form_of(name, user));
        Self {
            ban: refused("ban"),
            unban: refused("unban"),
            give: refused("give"),
            take: refused("take"),
            phone: refused("phone"),
            shown_phone: take_told(&form_of("phone", user)),
        }
    }
}
