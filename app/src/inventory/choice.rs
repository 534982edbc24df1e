//! Which items the address names.

use games::gacha::Rarity;
use leptos_router::params::ParamsMap;
use wire::shop::ItemKind;

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
        let kind = self.kind.map_or("all", ItemKind::as_str);
        let rarity = self.rarity.map_or("all", Rarity::as_str);
        format!("/inventory?kind={kind}&rarity={rarity}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back() {
        let choice = Choice {
            kind: Some(ItemKind::Felt),
            rarity: Some(Rarity::Epic),
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
