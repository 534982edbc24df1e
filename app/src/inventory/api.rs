//! What the inventory's page asks the club.

use games::gacha::Rarity;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::shop::{Inventory, ItemKind, UseResult};

use crate::{error::PageError, protocol::Post};

/// What a member owns, as their page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bag {
    /// It.
    pub inventory: Inventory,
    /// What the keys of the forms on this page begin with.
    pub key: String,
}

/// What the member owns, of a kind and a rarity or of all.
#[server(protocol = Post)]
pub async fn load_inventory(
    #[server(default)] kind: Option<ItemKind>,
    #[server(default)] rarity: Option<Rarity>,
) -> Result<Bag, PageError> {
    use crate::ssr;
    use wire::shop::InventoryFilter;
    let (backend, member) = ssr::reader().await?;
    let filter = InventoryFilter { kind, rarity };
    let inventory = backend.inventory.owned(member.user_id, filter).await;
    Ok(Bag {
        inventory: inventory.map_err(ssr::fail)?,
        // Nobody has seen this answer's nonce before, so no other form has the key.
        key: leptos::nonce::use_nonce().map_or_else(String::new, |nonce| nonce.to_string()),
    })
}

/// Wears an item, in the place of what is worn there.
#[server(protocol = Post)]
pub async fn equip_item(item: String, #[server(default)] back: String) -> Result<(), PageError> {
    use crate::ssr;
    use wire::shop::EquipRequest;
    let (backend, member) = ssr::member().await?;
    let worn = backend
        .inventory
        .equip(member.user_id, EquipRequest { item })
        .await;
    worn.map_err(|error| ssr::bounce(&back, "bag", &[], error))?;
    ssr::done(&back);
    Ok(())
}

/// Takes off what is worn in a place.
#[server(protocol = Post)]
pub async fn take_off(kind: ItemKind, #[server(default)] back: String) -> Result<(), PageError> {
    use crate::ssr;
    use wire::shop::UnequipRequest;
    let (backend, member) = ssr::member().await?;
    let off = backend
        .inventory
        .unequip(member.user_id, UnequipRequest { kind })
        .await;
    off.map_err(|error| ssr::bounce(&back, "bag", &[], error))?;
    ssr::done(&back);
    Ok(())
}

/// Uses up one of an item, once per key.
#[server(protocol = Post)]
pub async fn use_item(
    item: String,
    key: String,
    #[server(default)] back: String,
) -> Result<UseResult, PageError> {
    use crate::ssr;
    use wire::shop::UseRequest;
    let (backend, member) = ssr::member().await?;
    let key = Some(ssr::key(&key)?);
    let used = backend
        .inventory
        .use_item(member.user_id, UseRequest { item }, key)
        .await;
    let used = used.map_err(|error| ssr::bounce(&back, "bag", &[], error))?;
    ssr::done(&back);
    Ok(used)
}
