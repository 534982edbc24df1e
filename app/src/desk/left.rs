//! What the forms of a page left for it.

use wire::{ReceiptCode, UserId};

use super::{ending::Ending, posted::form_of, shown::PHONE};
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

/// The same of the page of a purchase.
pub(super) struct LeftOfPurchase {
    /// The form that was refused, and why.
    pub(super) refused: Option<(Ending, Refusal)>,
    /// What was done.
    pub(super) told: Option<String>,
}

impl LeftOfPurchase {
    /// What there is for the page of this purchase; it is gone then.
    pub(super) fn take(code: &ReceiptCode) -> Self {
        let refused = |ending: Ending| Some((ending, flash::take(&ending.form_of(code))?));
        Self {
            refused: Ending::ALL.into_iter().find_map(refused),
            told: flash::take_told(&form_of(TOLD, code)),
        }
    }
}
