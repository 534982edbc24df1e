//! What happened to a member, and who listens. Raisers know this module; listeners know neither them
//! nor each other, and hold no connection: `progress::Sheet::hear` is the list of them.

mod store;

use std::sync::Arc;

use progress::achievement::Definition;
use progress::sheet::Need;
use progress::{Fact, Sheet};
use wire::UserId;
use wire::live::{AchievementUnlocked, Notice};

use crate::db::{Batch, Tx};
use crate::{Db, Result, notices};

pub(crate) use store::{
    SHEET_COLUMNS, SHEET_JOINS, Unlock, badges, claim, sheet_of, tallies, unlocks,
};

/// Who listens; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    /// What can be achieved, in the club's order; read once, because rows of it come with migrations.
    goals: Arc<[Definition]>,
}

impl Happened {
    pub(crate) async fn open(db: &Db) -> Result<Self> {
        let goals = store::definitions(&mut *db.read().await?).await?.into();
        Ok(Self { goals })
    }

    /// What can be achieved, in the club's order.
    pub(crate) fn goals(&self) -> &[Definition] {
        &self.goals
    }

    /// Raises what happened to a member whose account is locked, and writes what comes of it,
    /// together with what waits in the batch. Gives how the member stands then, where somebody heard.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn raise_with(
        &self,
        mut batch: Batch,
        tx: &mut Tx,
        user: UserId,
        facts: &[Fact],
    ) -> Result<Option<Sheet>> {
        let Some(need) = Need::of(facts) else {
            batch.run(tx).await?;
            return Ok(None);
        };
        let mut sheet = store::load(tx, user, need).await?;
        sheet.hear(facts, &self.goals);
        put(&mut batch, tx, &[(user, &sheet)]).await?;
        batch.run(tx).await?;
        Ok(Some(sheet))
    }

    /// Raises something that happened to a member whose account is locked.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn raise(&self, tx: &mut Tx, user: UserId, fact: Fact) -> Result<()> {
        self.raise_with(Batch::default(), tx, user, &[fact]).await?;
        Ok(())
    }
}

/// Puts what has become of the sheets of members, whose accounts are locked, into a batch, and tells
/// them what they unlocked.
///
/// # Errors
/// When the database fails.
pub(crate) async fn put(batch: &mut Batch, tx: &mut Tx, sheets: &[(UserId, &Sheet)]) -> Result<()> {
    store::put(batch, sheets);
    for (user, sheet) in sheets {
        for goal in &sheet.fresh {
            let notice = Notice::Achievement(AchievementUnlocked {
                code: goal.code.clone(),
                reward: goal.reward,
            });
            notices::tell(tx, *user, &notice, sheet.need.at).await?;
        }
    }
    Ok(())
}
