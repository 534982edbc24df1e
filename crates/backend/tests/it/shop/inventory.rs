//! What members own, wear and use up.

use games::gacha::Rarity;
use testkit::{Club, Player, apply, both_engines};
use wire::Code;
use wire::shop::{EquipRequest, InventoryFilter, ItemKind, UnequipRequest, UseRequest};

use super::verbs::*;
use crate::table::{key, raced};

fn wears(item: &str) -> EquipRequest {
    EquipRequest {
        item: item.to_owned(),
    }
}

async fn uses(
    club: &Club,
    player: &Player,
    item: &str,
    name: Option<&str>,
) -> backend::Result<wire::shop::UseResult> {
    let request = UseRequest {
        item: item.to_owned(),
    };
    let inventory = &club.backend.inventory;
    inventory
        .use_item(player.member.user_id, request, name.and_then(key))
        .await
}

#[apply(both_engines)]
async fn every_item_of_the_gacha_is_known_to_the_inventory(club: Club) {
    for item in games::gacha::Tables::current().items() {
        let sql = format!(
            "SELECT COUNT(*) FROM items WHERE code = '{}' AND kind = '{}' AND rarity = '{}'",
            item.code,
            item.kind.as_str(),
            item.rarity.as_str()
        );
        assert_eq!(number(&club, &sql).await, 1, "{item:?}");
    }
}

#[apply(both_engines)]
async fn one_of_each_kind_is_worn_and_can_be_taken_off(club: Club) {
    let ann = club.member("ann").await;
    let (inventory, id) = (&club.backend.inventory, ann.member.user_id);
    for product in ["title_lucky_star", "felt_midnight"] {
        buys(&club, &ann, one(product), None).await.unwrap();
    }
    let worn = inventory
        .equip(id, wears("title_lucky_star"))
        .await
        .unwrap();
    assert_eq!(worn.title.as_deref(), Some("title_lucky_star"));
    inventory.equip(id, wears("felt_midnight")).await.unwrap();
    let felts = InventoryFilter {
        kind: Some(ItemKind::Felt),
        rarity: Some(Rarity::Common),
    };
    let felts = inventory.owned(id, felts).await.unwrap();
    assert_eq!((felts.items.len(), felts.items[0].is_equipped), (1, true));
    assert_eq!(felts.equipment.title.as_deref(), Some("title_lucky_star"));
    let bare = inventory
        .unequip(
            id,
            UnequipRequest {
                kind: ItemKind::Title,
            },
        )
        .await
        .unwrap();
    assert_eq!(
        (bare.title, bare.felt.as_deref()),
        (None, Some("felt_midnight"))
    );
    assert_eq!(
        inventory.equipment(id).await.unwrap().felt.as_deref(),
        Some("felt_midnight")
    );
}

#[apply(both_engines)]
async fn what_is_not_owned_or_not_worn_is_refused(club: Club) {
    let ann = club.member("ann").await;
    let (inventory, id) = (&club.backend.inventory, ann.member.user_id);
    buys(&club, &ann, one("consumable_fortune_cookie"), None)
        .await
        .unwrap();
    buys(&club, &ann, one("felt_midnight"), None).await.unwrap();
    assert_eq!(
        inventory
            .equip(id, wears("felt_dragon"))
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
    let cookie = inventory
        .equip(id, wears("consumable_fortune_cookie"))
        .await;
    assert_eq!(cookie.unwrap_err().code(), Code::ItemNotUsable);
    assert_eq!(
        uses(&club, &ann, "felt_midnight", None)
            .await
            .unwrap_err()
            .code(),
        Code::ItemNotUsable
    );
    assert_eq!(
        uses(&club, &ann, "nothing", None).await.unwrap_err().code(),
        Code::NotFound
    );
}

#[apply(both_engines)]
async fn a_consumable_is_used_up_once_per_key(club: Club) {
    let ann = club.member("ann").await;
    let two = wire::shop::BuyRequest {
        quantity: 2,
        ..one("consumable_fortune_cookie")
    };
    buys(&club, &ann, two, None).await.unwrap();
    let answers = raced(5, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move {
            uses(&club, &ann, "consumable_fortune_cookie", Some("k"))
                .await
                .unwrap()
        }
    })
    .await;
    assert!(
        answers
            .iter()
            .all(|answer| (answer.left, answer.experience) == (1, 100))
    );
    assert_eq!(
        uses(&club, &ann, "consumable_fortune_cookie", None)
            .await
            .unwrap()
            .left,
        0
    );
    let gone = uses(&club, &ann, "consumable_fortune_cookie", None).await;
    assert_eq!(gone.unwrap_err().code(), Code::NotFound);
    assert_eq!(
        number(&club, "SELECT experience FROM accounts WHERE id = 1").await,
        200
    );
    proves(&club).await;
}
