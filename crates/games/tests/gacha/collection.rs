//! What can be pulled.

use games::gacha::{ItemKind, Rarity, Tables, items};

#[test]
fn the_collection_has_28_items_and_every_kind_in_every_rarity() {
    assert_eq!(items().len(), 28);
    let of = |rarity| items().iter().filter(move |item| item.rarity == rarity);
    assert_eq!(Rarity::ALL.map(|rarity| of(rarity).count()), [10, 8, 6, 4]);
    for rarity in Rarity::ALL {
        for kind in ItemKind::ALL {
            assert!(
                of(rarity).any(|item| item.kind == kind),
                "{rarity:?} {kind:?}"
            );
        }
    }
}

#[test]
fn a_code_names_one_item_and_begins_with_its_kind() {
    for item in items() {
        let namesakes = items().iter().filter(|other| other.code == item.code);
        assert_eq!(namesakes.count(), 1, "{}", item.code);
        let (kind, name) = item.code.split_once('_').expect("a kind and a name");
        assert_eq!(kind, item.kind.as_str());
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        assert_eq!(Tables::current().item(item.code), Some(item));
    }
    assert_eq!(Tables::current().item("frame_of_nothing"), None);
    assert_eq!(
        serde_json::to_string(&items()[0]).expect("plain data"),
        r#"{"code":"frame_walnut","rarity":"common","kind":"frame"}"#
    );
}
