//! The ledger holds under any interleaving, and the proof finds whatever was changed.

use backend::ledger::Fault;
use proptest::prelude::*;
use testkit::{Club, Engine, Player, apply, both_engines, within};
use wire::Code;
use wire::fairness::RotateRequest;
use wire::page::PageRequest;

use crate::table::{balance, key, plays, run, spin, spins, tries};

/// What a task does next; members and keys are few, so that tasks meet.
#[derive(Clone, Debug)]
enum Step {
    Spin {
        member: usize,
        stake: i64,
        lines: i64,
        key: Option<u8>,
    },
    Rotate {
        member: usize,
    },
    Read {
        member: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..3_usize, prop_oneof![Just(10_i64), Just(60), Just(300), Just(600), -5..5_i64], 0..7_i64,
            proptest::option::of(0..6_u8))
            .prop_map(|(member, stake, lines, key)| Step::Spin { member, stake, lines, key }),
        1 => (0..3_usize).prop_map(|member| Step::Rotate { member }),
        1 => (0..3_usize).prop_map(|member| Step::Read { member }),
    ]
}

async fn take(club: &Club, members: &[Player], step: Step) {
    match step {
        Step::Spin {
            member,
            stake,
            lines,
            key: name,
        } => {
            let key = name.and_then(|name| key(&format!("key-{name}")));
            let result = spins(club, &members[member], spin(stake, lines), key).await;
            let expected = [
                Code::InsufficientTokens,
                Code::StakeTooSmall,
                Code::StakeTooLarge,
                Code::StakeUneven,
                Code::BadLines,
                Code::IdempotencyMismatch,
            ];
            if let Err(error) = result {
                assert!(expected.contains(&error.code()), "{error}");
            }
        }
        Step::Rotate { member } => {
            let user = members[member].member.user_id;
            club.backend
                .fairness
                .rotate(user, RotateRequest::default())
                .await
                .unwrap();
        }
        Step::Read { member } => assert!(balance(club, &members[member]).await >= 0),
    }
}

async fn run_tasks(club: Club, tasks: Vec<Vec<Step>>) {
    let members = vec![
        club.member("ann").await,
        club.member("bob").await,
        club.member("cho").await,
    ];
    let running: Vec<_> = tasks
        .into_iter()
        .map(|steps| {
            let (club, members) = (club.clone(), members.clone());
            tokio::spawn(async move {
                for step in steps {
                    take(&club, &members, step).await;
                }
            })
        })
        .collect();
    for task in running {
        task.await.unwrap();
    }
    let mut balances = 0;
    for member in &members {
        balances += i128::from(balance(&club, member).await);
    }
    let ledger = club.backend.proofs.ledger().await.unwrap();
    assert_eq!(ledger.unwrap().in_circulation, balances);
}

fn any_interleaving_holds(engine: Engine) {
    let tasks = proptest::collection::vec(proptest::collection::vec(step(), 1..12), 8..24);
    tries(6, tasks, |tasks| {
        within(
            engine,
            |_| (),
            async move |club| run_tasks(club, tasks).await,
        )
    });
}

#[test]
fn any_interleaving_holds_on_sqlite() {
    any_interleaving_holds(Engine::Sqlite);
}

#[test]
fn any_interleaving_holds_on_postgres() {
    any_interleaving_holds(Engine::Postgres);
}

/// Changes what the engine protects, as somebody with the file in hand could.
async fn tamper(club: &Club, statement: &'static str) {
    club.tampers();
    match club.engine {
        Engine::Sqlite => {
            for trigger in [
                "DROP TRIGGER transfers_no_update",
                "DROP TRIGGER transfers_no_delete",
            ] {
                run(club, trigger).await;
            }
        }
        Engine::Postgres => run(club, "ALTER TABLE transfers DISABLE TRIGGER USER").await,
    }
    run(club, statement).await;
}

async fn fault_after(club: &Club, statement: &'static str) -> Fault {
    let ann = club.member("ann").await;
    club.member("bob").await;
    plays(club, &ann, 4).await;
    club.backend.proofs.ledger().await.unwrap().unwrap();
    tamper(club, statement).await;
    club.backend.proofs.ledger().await.unwrap().unwrap_err()
}

macro_rules! tampered {
    ($($name:ident: $statement:literal => $fault:pat),* $(,)?) => {
        $(
            #[apply(both_engines)]
            async fn $name(club: Club) {
                let fault = fault_after(&club, $statement).await;
                assert!(matches!(fault, $fault), "{fault:?}");
            }
        )*
    };
}

tampered! {
    a_changed_amount_is_named: "UPDATE transfers SET amount = amount + 1 WHERE chain = 1 AND seq = 2"
        => Fault::Transfer { chain: 1, seq: 2, .. },
    a_changed_time_is_named: "UPDATE transfers SET created_at = created_at + 1 WHERE chain = 1 AND seq = 3"
        => Fault::Transfer { chain: 1, seq: 3, .. },
    a_changed_reference_is_named: "UPDATE transfers SET reference = reference || 'x' WHERE chain = 1 AND seq = 1"
        => Fault::Transfer { chain: 1, seq: 1, .. },
    a_changed_kind_is_named: "UPDATE transfers SET kind = 'grant' WHERE chain = 1 AND seq = 2"
        => Fault::Transfer { chain: 1, seq: 2, .. },
    a_changed_account_is_named: "UPDATE transfers SET credit = -1 WHERE chain = 1 AND seq = 2"
        => Fault::Transfer { chain: 1, seq: 2, .. },
    a_missing_transfer_is_named: "DELETE FROM transfers WHERE chain = 1 AND seq = 2"
        => Fault::Transfer { chain: 1, seq: 3, .. },
    a_missing_end_is_named: "DELETE FROM transfers WHERE chain = 1 AND seq > 2"
        => Fault::Account { account: 1, what: "seq", .. },
    a_changed_balance_is_named: "UPDATE accounts SET balance = balance + 1 WHERE id = 2"
        => Fault::Account { account: 2, what: "balance", .. },
    a_transfer_in_no_chain_is_named: "UPDATE transfers SET chain = 0 WHERE chain = 2"
        => Fault::Account { account: 2, .. },
}

#[apply(both_engines)]
async fn the_members_ledger_adds_up_line_by_line(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 10).await;
    let mut lines = Vec::new();
    let mut cursor = None;
    loop {
        let page = PageRequest {
            limit: Some(4),
            cursor,
        };
        let page = club
            .backend
            .ledger
            .transactions(ann.member.user_id, page)
            .await
            .unwrap();
        lines.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    lines.reverse();
    let mut running = 0;
    for (line, seq) in lines.iter().zip(1..) {
        running += line.change;
        assert_eq!((line.seq, line.balance_after.get()), (seq, running));
    }
    assert_eq!(running, balance(&club, &ann).await);
}

#[apply(both_engines)]
async fn a_page_outside_its_bounds_is_refused(club: Club) {
    let ann = club.member("ann").await;
    for (limit, cursor) in [
        (Some(0), None),
        (Some(201), None),
        (Some(-1), None),
        (None, Some("x".to_owned())),
    ] {
        let page = PageRequest { limit, cursor };
        let refused = club
            .backend
            .ledger
            .transactions(ann.member.user_id, page)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
}
