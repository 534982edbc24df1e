//! Which items the address names.

use games::gacha::Rarity;
use leptos_router::params::ParamsMap;
use wire::shop::ItemKind;

use crate::ui::filtered;

/// A kind and a rarity, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) kind: Option<ItemKind>,
    pub(super) rarity: Option<Rarity>,
}

impl Choice {
    /// What an address chose; anything unknown is all of it.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let named = |name: &str| query.get(name).unwrap_or_default();
        Self {
            kind: ItemKind::parse(&named("kind")),
            rarity: Rarity::parse(&named("rarity")),
        }
    }

    /// Its address.
    pub(super) fn href(self) -> String {
        let kind = ("kind", self.kind.map(ItemKind::as_str));
        let rarity = ("rarity", self.rarity.map(Rarity::as_str));
        filtered("/inventory", &[kind, rarity])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::query_of;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            kind: Some(ItemKind::Felt),
            rarity: Some(Rarity::Epic),
        };
        for choice in [choice, Choice::default()] {
            assert_eq!(Choice::of(&query_of(&choice.href())), choice);
        }
    }
}
