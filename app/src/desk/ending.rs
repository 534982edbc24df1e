//! How staff end a purchase: undoing one that is paid, or ending a payment that waits.

use backend::audit::Action;
use wire::{ReceiptCode, shop::Status};

use super::posted::form_of;
use crate::i18n::{Locale, td_string};

/// What is done to a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Refund,
    Settle,
}

impl Ending {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Refund, Self::Settle];

    /// What can be done to a purchase that stands like this.
    pub(super) const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Captured => Some(Self::Refund),
            Status::Pending => Some(Self::Settle),
            Status::Declined | Status::Voided | Status::Refunded => None,
        }
    }

    /// What its form is called.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Settle => "settle",
        }
    }

    /// What its form is called on the page of that purchase.
    pub(super) fn form_of(self, code: &ReceiptCode) -> String {
        form_of(self.word(), code)
    }

    /// What the club knows it as.
    pub(super) const fn action(self) -> Action {
        match self {
            Self::Refund => Action::Refund,
            Self::Settle => Action::ForceSettle,
        }
    }

    /// What it is called.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Refund => td_string!(locale, desk.refund),
            Self::Settle => td_string!(locale, desk.settle),
        }
    }

    /// What comes of it.
    pub(super) fn about(self, locale: Locale) -> &'static str {
        match self {
            Self::Refund => td_string!(locale, desk.refund_text),
            Self::Settle => td_string!(locale, desk.settle_text),
        }
    }
}
