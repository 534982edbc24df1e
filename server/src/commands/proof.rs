//! `verify-ledger` and `verify-hands`.

use backend::Backend;
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
