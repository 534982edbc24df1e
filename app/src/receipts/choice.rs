//! Which receipts the address names.

use leptos_router::params::ParamsMap;
use wire::shop::{PurchaseKind, Status};

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
        let status = self.status.map_or("all", Status::as_str);
        let kind = self.kind.map_or("all", PurchaseKind::as_str);
        format!("/receipts?status={status}&kind={kind}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            status: Some(Status::Refunded),
            kind: Some(PurchaseKind::Package),
        };
        for choice in [choice, Choice::default()] {
            let mut map = ParamsMap::new();
            for pair in choice.href().split('?').nth(1).unwrap().split('&') {
                let (name, value) = pair.split_once('=').unwrap();
                map.insert(name.to_owned(), value.to_owned());
            }
            assert_eq!(Choice::of(&map), choice);
        }
    }
}
