//! A kill -9 in the middle of a batch: no hand that was told of is lost, and none is played twice.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe, Executor};
use testkit::{Engine, TestDatabase};
use tokio::task::JoinHandle;

use crate::answer::Answer;
use crate::binary::{Serving, ends, on};
use crate::crash::{another_process, in_flight, is_sqlite, join, with_database};
use crate::member::Member;

/// The members whose hands keep the croupiers of PostgreSQL busy until all others wait, one each.
const FIRST: usize = 2;
const MEMBERS: usize = FIRST + 40;
const KEY: &str = "the-hand";
const PATIENCE: Duration = Duration::from_secs(30);

/// A hand that is asked for, and perhaps never answered.
type Asked = JoinHandle<reqwest::Result<Answer>>;

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_a_batch_waits_to_begin_plays_no_hand_twice_on_sqlite() {
    with_database(Engine::Sqlite, killed_in_a_batch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_a_batch_plays_no_hand_twice_on_postgres() {
    with_database(Engine::Postgres, killed_in_a_batch).await;
}

async fn killed_in_a_batch(database: Arc<TestDatabase>) {
    let mut first = Serving::start(on(&database, &["serve"])).await;
    let members = join(&first.base, MEMBERS).await;
    let mut stood = Vec::new();
    for member in &members {
        // Whoever has sat down plays in batches.
        member.spins(10).await.with(200);
        stood.push(member.stands_at().await.0);
    }
    let (asked, mut holder) = if is_sqlite(&database) {
        wait_to_begin(&database, &members).await
    } else {
        wait_to_write(&database, &members).await
    };
    first.process.kill().await.unwrap();
    holder.execute("ROLLBACK").await.unwrap();
    let mut told = Vec::new();
    for ask in asked {
        told.push(ask.await.unwrap().ok());
    }
    let lost = told.iter().filter(|answer| answer.is_none()).count();
    assert!(lost >= 16, "{lost} never got an answer");
    let second = Serving::start(on(&database, &["serve"])).await;
    for ((member, stood), told) in members.iter().zip(stood).zip(told) {
        let member = member.at(&second.base);
        let hand = Answer::to(member.spin_request(10, KEY)).await.with(200);
        match told {
            Some(told) if told.status == 200 => assert_eq!(told.json(), hand),
            // On a slow machine some may have been told to come back.
            Some(told) => assert!(matches!(told.status, 503 | 409 | 408), "{told:?}"),
            None => {}
        }
        let again = Answer::to(member.spin_request(10, KEY)).await;
        assert_eq!(again.with(200), hand);
        let won = hand["win_amount"].as_i64().unwrap();
        assert_eq!(member.stands_at().await.0, stood - 10 + won);
        let stats = member.get("/api/users/stats").await.with(200);
        assert_eq!(stats["hands"], 2, "the first one and this one");
    }
    drop(second);
    ends(on(&database, &["verify-ledger"]), 0);
    ends(on(&database, &["verify-hands"]), 0);
}

fn ask(members: &[Member]) -> Vec<Asked> {
    let ask = |member: &Member| tokio::spawn(Answer::try_to(member.spin_request(10, KEY)));
    members.iter().map(ask).collect()
}

/// Waits until the server has all of them.
async fn are_there(member: &Member, asked: &[Asked]) {
    let answered = || asked.iter().filter(|it| it.is_finished()).count();
    let all_came = async { while in_flight(member).await + answered() <= asked.len() {} };
    tokio::time::timeout(PATIENCE, all_came).await.unwrap();
}

/// On SQLite a batch begins, reads, writes and commits without anybody in between: here it waits to
/// begin, and the rest of the hands for it.
async fn wait_to_begin(database: &TestDatabase, members: &[Member]) -> (Vec<Asked>, AnyConnection) {
    let mut holder = another_process(database).await;
    holder.execute("BEGIN IMMEDIATE").await.unwrap();
    let asked = ask(members);
    are_there(&members[0], &asked).await;
    (asked, holder)
}

/// On PostgreSQL two batches have locked and read what nearly all hands need, and wait to write them.
async fn wait_to_write(database: &TestDatabase, members: &[Member]) -> (Vec<Asked>, AnyConnection) {
    let (first, others) = members.split_at(FIRST);
    let last = first[FIRST - 1].id;
    let mut of_first = holds_seeds(database, &format!("user_id <= {last}")).await;
    let of_others = holds_seeds(database, &format!("user_id > {last}")).await;
    let mut look = another_process(database).await;
    let mut asked = ask(first);
    are_stuck(&mut look).await;
    asked.extend(ask(others));
    are_there(&members[0], &asked).await;
    of_first.execute("ROLLBACK").await.unwrap();
    let played = async {
        while !asked[..FIRST].iter().all(JoinHandle::is_finished) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, played).await.unwrap();
    are_stuck(&mut look).await;
    // A batch holds the accounts of its members.
    let free = "SELECT COUNT(*) FROM \
        (SELECT id FROM accounts WHERE id > 0 FOR SHARE SKIP LOCKED) accounts";
    let free = number(&mut look, free).await;
    assert!(free < 10, "{free} of {MEMBERS} hands are in no batch");
    (asked, of_others)
}

/// A transaction of another process that holds the pairs of seeds of these members.
async fn holds_seeds(database: &TestDatabase, whose: &str) -> AnyConnection {
    let mut holder = another_process(database).await;
    holder.execute("BEGIN").await.unwrap();
    let hold = format!("UPDATE seed_pairs SET nonce = nonce WHERE {whose}");
    holder.execute(AssertSqlSafe(hold)).await.unwrap();
    holder
}

/// Waits until each croupier has a batch that waits for another transaction.
async fn are_stuck(look: &mut AnyConnection) {
    let stuck = "SELECT COUNT(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND wait_event = 'transactionid'";
    let both = async { while number(look, stuck).await < 2 {} };
    tokio::time::timeout(PATIENCE, both).await.unwrap();
}

async fn number(conn: &mut AnyConnection, sql: &'static str) -> i64 {
    let number = sqlx::query_scalar::<_, i64>(sql).fetch_one(conn);
    number.await.unwrap()
}
