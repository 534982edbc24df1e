//! `verify-ledger`, `verify-hands` and `verify-audit`.

use backend::Backend;
use economy::Hash;
use wire::UserId;

use crate::Failure;

pub(super) async fn ledger(backend: &Backend) -> Result<(), Failure> {
    match backend.proofs.ledger().await? {
        Ok(report) => {
            println!("{report}");
            Ok(())
        }
        Err(fault) => Err(Failure::Check(format!("the ledger does not hold: {fault}"))),
    }
}

pub(super) async fn hands(backend: &Backend, user: Option<i64>) -> Result<(), Failure> {
    match backend.proofs.hands(user.map(UserId)).await? {
        Ok(report) => {
            println!("{report}");
            Ok(())
        }
        Err(fault) => Err(Failure::Check(format!("a hand does not hold: {fault}"))),
    }
}

/// The head that it prints, kept elsewhere, finds a log that was cut short since.
pub(super) async fn audit(backend: &Backend, known: Option<Hash>) -> Result<(), Failure> {
    match backend.proofs.audit(known).await? {
        Ok(report) => {
            println!("{report}");
            Ok(())
        }
        Err(fault) => Err(Failure::Check(format!(
            "the audit log does not hold: {fault}"
        ))),
    }
}
