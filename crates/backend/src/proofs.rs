//! The proofs of the whole club. Each walks one snapshot; what one feature needs to know of another
//! is asked here, so that none of them knows the others.

use economy::Hash;
use sqlx::Connection;
use wire::UserId;

use crate::{Core, Result, audit, crash, fairness, ledger};

/// Proves the ledger, the hands and the audit log.
#[derive(Clone)]
pub struct Proofs {
    core: Core,
}

impl Proofs {
    pub(crate) const fn new(core: Core) -> Self {
        Self { core }
    }

    /// Proves the ledger: every chain, hash and balance, and that all accounts sum to zero.
    ///
    /// # Errors
    /// When the database fails; a fault of the ledger is in the answer.
    pub async fn ledger(&self) -> Result<Result<ledger::Report, ledger::Fault>> {
        let db = &self.core.db;
        let mut conn = db.read().await?;
        let mut snapshot = conn.begin_with(db.dialect().begin_snapshot()).await?;
        let staked = crash::running_stakes(&mut snapshot).await?;
        let proof = ledger::verify::prove(&mut snapshot, staked).await;
        snapshot.rollback().await?;
        proof
    }

    /// Proves the audit log: every row, link and hash, and that a head which is known from elsewhere is
    /// among them.
    ///
    /// # Errors
    /// When the database fails; a fault of the log is in the answer.
    pub async fn audit(&self, known: Option<Hash>) -> Result<Result<audit::Report, audit::Fault>> {
        let db = &self.core.db;
        let mut conn = db.read().await?;
        let mut snapshot = conn.begin_with(db.dialect().begin_snapshot()).await?;
        let proof = audit::verify::prove(&mut snapshot, known).await;
        snapshot.rollback().await?;
        proof
    }

    /// Checks every hand of every pair, or of one member's, with the secrets that only the house
    /// has yet.
    ///
    /// # Errors
    /// When the database fails; a hand that does not check is in the answer.
    pub async fn hands(
        &self,
        user: Option<UserId>,
    ) -> Result<Result<fairness::Report, fairness::Fault>> {
        let db = &self.core.db;
        let mut conn = db.read().await?;
        let mut snapshot = conn.begin_with(db.dialect().begin_snapshot()).await?;
        let running = crash::running_nonces(&mut snapshot).await?;
        let checked = fairness::verify::check(&mut snapshot, user, &running).await;
        snapshot.rollback().await?;
        checked
    }
}
