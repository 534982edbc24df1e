//! Recovery codes that were drawn: kept as hashes, shown once.

use wire::auth::RecoveryCodes;
use wire::{Secret, UserId};

use super::super::store::recovery_codes;
use super::recovery;
use crate::db::Tx;
use crate::{Entropy, Result};

/// All of a member's.
pub(super) struct Drawn(Vec<String>);

impl Drawn {
    /// Fresh ones. They are drawn before the transaction, which may run again.
    pub(super) fn new(entropy: &dyn Entropy) -> Self {
        Self(recovery::draw_all(entropy))
    }

    /// Keeps them in the place of those that the member has.
    pub(super) async fn keep(&self, tx: &mut Tx, user: UserId) -> Result<()> {
        recovery_codes::delete(tx, user).await?;
        for hash in self.0.iter().filter_map(|code| recovery::digest(code)) {
            recovery_codes::insert(tx, user, &hash).await?;
        }
        Ok(())
    }

    /// What the member is shown.
    pub(super) fn answer(self) -> RecoveryCodes {
        RecoveryCodes {
            recovery_codes: self.0.into_iter().map(Secret).collect(),
        }
    }
}
