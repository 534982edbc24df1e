//! What members own: wearing it, using it up.

mod store;

use economy::Timestamp;
use progress::Fact;
use sqlx::AnyConnection;
use wire::shop::{
    EquipRequest, Equipment, InventoryFilter, ItemKind, UnequipRequest, UseRequest, UseResult,
};
use wire::{Code, UserId};

use crate::db::ScopedFutureExt;
use crate::limits::Limit;
use crate::turn::{self, Request};
use crate::{Core, IdempotencyKey, Result, ledger};

/// No name of an item is longer.
const ITEM_CHARS_MAX: usize = 64;
/// How many kinds of items a member can own; there are far fewer.
pub(crate) const OWNED_MAX: i64 = 500;

/// What members own and wear.
#[derive(Clone)]
pub struct Inventory {
    core: Core,
}

impl Inventory {
    pub(crate) const fn new(core: Core) -> Self {
        Self { core }
    }

    /// What the member owns.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owned(
        &self,
        user: UserId,
        filter: InventoryFilter,
    ) -> Result<wire::shop::Inventory> {
        let mut conn = self.core.db.read().await?;
        Ok(wire::shop::Inventory {
            items: store::owned(&mut conn, user, filter).await?,
            equipment: store::equipment(&mut conn, user).await?,
        })
    }

    /// What a member wears; anybody may see it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn equipment(&self, user: UserId) -> Result<Equipment> {
        store::equipment(&mut *self.core.db.read().await?, user).await
    }

    /// Wears an item that the member owns, in the place of what is worn there.
    ///
    /// # Errors
    /// `not_found` unless the member owns it; `item_not_usable` when it is not worn; `rate_limited`.
    pub async fn equip(&self, user: UserId, request: EquipRequest) -> Result<Equipment> {
        self.core.counts_write(user).await?;
        let item = &request.item;
        if item.len() > ITEM_CHARS_MAX {
            return Err(Code::NotFound.into());
        }
        let wear = self.core.db.write(|tx| {
            async move {
                // A refund takes the item under the same lock.
                ledger::lock(tx, user).await?;
                let found = store::item_of(tx, user, item).await?;
                let (kind, _) = found.ok_or(Code::NotFound)?;
                if !kind.is_worn() {
                    return Err(Code::ItemNotUsable.into());
                }
                store::wear(tx, user, kind, item).await?;
                store::equipment(tx, user).await
            }
            .scope_boxed()
        });
        wear.await
    }

    /// Takes off what is worn in a place; nothing is fine.
    ///
    /// # Errors
    /// `rate_limited`.
    pub async fn unequip(&self, user: UserId, request: UnequipRequest) -> Result<Equipment> {
        self.core.counts_write(user).await?;
        let kind = request.kind;
        let take_off = self.core.db.write(|tx| {
            async move {
                ledger::lock(tx, user).await?;
                store::take_off(tx, user, kind).await?;
                store::equipment(tx, user).await
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
        let (core, item) = (&self.core, &request.item);
        let asked = Request {
            user,
            operation: "shop/use",
            limit: Limit::Purchase,
            body: &request,
            key,
        };
        let turn = turn::once(core, asked, |tx, _| {
            async move {
                let found = store::item_of(tx, user, item).await?;
                let (kind, experience) = found.ok_or(Code::NotFound)?;
                if kind != ItemKind::Consumable {
                    return Err(Code::ItemNotUsable.into());
                }
                let left = store::take(tx, user, item, 1).await?;
                ledger::gain(tx, user, experience).await?;
                let used = Fact::Used { item: item.clone() };
                core.happened.raise(tx, user, used).await?;
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

/// Gives the member so many of an item; answers how many they have then.
pub(crate) async fn give(
    conn: &mut AnyConnection,
    user: UserId,
    item: &str,
    count: i64,
    at: Timestamp,
) -> Result<i64> {
    store::give(conn, user, item, count, at).await
}

/// Takes so many of an item; gives how many are left, nothing when there are not as many.
pub(crate) async fn take(
    conn: &mut AnyConnection,
    user: UserId,
    item: &str,
    count: i64,
) -> Result<Option<i64>> {
    store::take(conn, user, item, count).await
}

/// How many of an item the member has.
pub(crate) async fn count(conn: &mut AnyConnection, user: UserId, item: &str) -> Result<i64> {
    store::count(conn, user, item).await
}
