//! Which receipts the address names.

use leptos_router::params::ParamsMap;
use wire::shop::{PurchaseKind, Status};

use crate::ui::filtered;

/// A status and a kind, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) status: Option<Status>,
    pub(super) kind: Option<PurchaseKind>,
}

impl Choice {
    /// What an address chose; anything unknown is all of it.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let named = |name: &str| query.get(name).unwrap_or_default();
        Self {
            status: Status::parse(&named("status")),
            kind: PurchaseKind::parse(&named("kind")),
        }
    }

    /// Its address; the list starts at the newest.
    pub(super) fn href(self) -> String {
        let status = ("status", self.status.map(Status::as_str));
        let kind = ("kind", self.kind.map(PurchaseKind::as_str));
        filtered("/receipts", &[status, kind])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            status: Some(Status::Refunded),
            kind: Some(PurchaseKind::Package),
        };
        for choice in [choice, Choice::default()] {
            assert_eq!(Choice::of(&query_of(&choice.href())), choice);
        }
    }
}
