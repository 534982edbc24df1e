//! What members own: wearing it, using it up.

use wire::shop::{
    EquipRequest, Equipment, Inventory, InventoryFilter, ItemKind, UnequipRequest, UseRequest,
    UseResult,
};
use wire::{Code, UserId};

use super::order::ID_CHARS_MAX;
use super::{Shop, store::inventory};
use crate::db::ScopedFutureExt;
use crate::limits::Limit;
use crate::turn::{self, Request};
use crate::{IdempotencyKey, Result, ledger};

impl Shop {
    /// What the member owns.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn inventory(&self, user: UserId, filter: InventoryFilter) -> Result<Inventory> {
        let mut conn = self.core.db.read().await?;
        Ok(Inventory {
            items: inventory::owned(&mut conn, user, filter).await?,
            equipment: inventory::equipment(&mut conn, user).await?,
        })
    }

    /// What a member wears; anybody may see it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn equipment(&self, user: UserId) -> Result<Equipment> {
        inventory::equipment(&mut *self.core.db.read().await?, user).await
    }

    /// Wears an item that the member owns, in the place of what is worn there.
    ///
    /// # Errors
    /// `not_found` unless the member owns it; `item_not_usable` when it is not worn.
    pub async fn equip(&self, user: UserId, request: EquipRequest) -> Result<Equipment> {
        let item = &request.item;
        if item.len() > ID_CHARS_MAX {
            return Err(Code::NotFound.into());
        }
        let wear = self.core.db.write(|tx| {
            async move {
                // A refund takes the item under the same lock.
                ledger::lock(tx, user).await?;
                let found = inventory::item_of(tx, user, item).await?;
                let (kind, _) = found.ok_or(Code::NotFound)?;
                if !kind.is_worn() {
                    return Err(Code::ItemNotUsable.into());
                }
                inventory::wear(tx, user, kind, item).await?;
                inventory::equipment(tx, user).await
            }
            .scope_boxed()
        });
        wear.await
    }

    /// Takes off what is worn in a place; nothing is fine.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unequip(&self, user: UserId, request: UnequipRequest) -> Result<Equipment> {
        let kind = request.kind;
        let take_off = self.core.db.write(|tx| {
            async move {
                ledger::lock(tx, user).await?;
                inventory::take_off(tx, user, kind).await?;
                inventory::equipment(tx, user).await
            }
            .scope_boxed()
        });
        take_off.await
    }

    /// Uses up one of an item, once per key; it gives experience.
    ///
    /// # Errors
    /// `not_found` unless the member owns it; `item_not_usable` when it is worn instead;
    /// `idempotency_mismatch`, `rate_limited`.
    pub async fn use_item(
        &self,
        user: UserId,
        request: UseRequest,
        key: Option<IdempotencyKey>,
    ) -> Result<UseResult> {
        let item = &request.item;
        let asked = Request {
            user,
            operation: "shop/use",
            limit: Limit::Purchase,
            body: &request,
            key,
        };
        let turn = turn::once(&self.core, asked, |tx, _| {
            async move {
                let found = inventory::item_of(tx, user, item).await?;
                let (kind, experience) = found.ok_or(Code::NotFound)?;
                if kind != ItemKind::Consumable {
                    return Err(Code::ItemNotUsable.into());
                }
                let left = inventory::take(tx, user, item, 1).await?;
                ledger::gain(tx, user, experience).await?;
                Ok(UseResult {
                    item: item.clone(),
                    left: left.ok_or(Code::NotFound)?,
                    experience,
                })
            }
            .scope_boxed()
        });
        turn.await
    }
}
