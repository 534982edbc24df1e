//! The engine itself refuses to change or forget a transfer or a hand.

use backend::Result;
use backend::db::ScopedFutureExt;
use testkit::{Club, apply, both_engines};

use crate::table::plays;

async fn attempt(club: &Club, statement: &'static str) -> Result<()> {
    let done = club.backend.db().write(|tx| {
        async move {
            sqlx::query(statement).execute(&mut **tx).await?;
            Ok(())
        }
        .scope_boxed()
    });
    done.await
}

#[apply(both_engines)]
async fn transfers_and_hands_can_only_be_added(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 3).await;
    let statements = [
        "UPDATE transfers SET amount = amount + 1",
        "DELETE FROM transfers",
        "UPDATE hands SET payout = payout + 1",
        "DELETE FROM hands",
    ];
    for statement in statements {
        let refused = attempt(&club, statement).await.unwrap_err();
        assert!(
            refused.to_string().contains("append-only"),
            "{statement}: {refused}"
        );
    }
}

#[apply(both_engines)]
async fn what_staff_did_can_only_be_added(club: Club) {
    club.staff("boss").await;
    let anew = match club.engine {
        testkit::Engine::Sqlite => "REPLACE INTO audit_log SELECT * FROM audit_log",
        testkit::Engine::Postgres => "TRUNCATE audit_log CASCADE",
    };
    let statements = [
        "UPDATE audit_log SET outcome = 'ok'",
        "DELETE FROM audit_log",
        anew,
    ];
    for statement in statements {
        let refused = attempt(&club, statement).await.unwrap_err();
        assert!(
            refused.to_string().contains("append-only"),
            "{statement}: {refused}"
        );
    }
    let other = "UPDATE audit_personal SET value = 'another'";
    attempt(&club, other).await.unwrap_err();
}

#[apply(both_engines)]
async fn a_row_cannot_be_replaced_or_truncated(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    let statement = match club.engine {
        testkit::Engine::Sqlite => "REPLACE INTO transfers SELECT * FROM transfers",
        testkit::Engine::Postgres => "TRUNCATE transfers",
    };
    let refused = attempt(&club, statement).await.unwrap_err();
    assert!(refused.to_string().contains("append-only"), "{refused}");
}
