//! A kill -9 in the middle of play, a stop in the middle of a request, and a ledger that was touched.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use testkit::{Engine, TestDatabase};
use tokio::net::TcpStream;

use crate::answer::Answer;
use crate::app::client;
use crate::binary::{Serving, ends, on};
use crate::member::Member;
use crate::raw::Raw;

/// Whose hands these are.
const PLAYERS: usize = 4;
const SPINNERS: usize = 200;

/// Runs a test on a database that is taken away also when it fails.
pub(crate) async fn with_database<F: Future<Output = ()> + Send + 'static>(
    engine: Engine,
    body: impl FnOnce(Arc<TestDatabase>) -> F,
) {
    let database = Arc::new(TestDatabase::create(engine).await);
    let ended = tokio::spawn(body(database.clone())).await;
    database.remove().await;
    if let Err(error) = ended {
        std::panic::resume_unwind(error.into_panic());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_play_loses_no_acknowledged_spin_on_sqlite() {
    with_database(Engine::Sqlite, killed_in_play).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_play_loses_no_acknowledged_spin_on_postgres() {
    with_database(Engine::Postgres, killed_in_play).await;
}

async fn killed_in_play(database: Arc<TestDatabase>) {
    let mut first = Serving::start(on(&database, &["serve"])).await;
    let members = join(&first.base, PLAYERS).await;
    let count = Arc::new(AtomicUsize::new(0));
    let spinners: Vec<_> = (0..SPINNERS)
        .map(|n| {
            tokio::spawn(spin_on(
                members[n % members.len()].clone(),
                n,
                count.clone(),
            ))
        })
        .collect();
    reached(&count, SPINNERS).await;
    first.process.kill().await.unwrap();
    let mut acknowledged = Vec::new();
    for spinner in spinners {
        acknowledged.extend(spinner.await.unwrap());
    }
    assert!(acknowledged.len() >= SPINNERS);
    let second = Serving::start(on(&database, &["serve"])).await;
    for (member, key, hand) in &acknowledged {
        let member = member.at(&second.base);
        let round = member
            .get(&format!(
                "/api/fairness/rounds/{}",
                hand["hand_id"].as_str().unwrap()
            ))
            .await;
        assert_eq!(round.with(200)["payout"], hand["win_amount"]);
        assert_eq!(
            Answer::to(member.spin_request(10, key)).await.with(200),
            *hand,
            "the key still answers the same"
        );
    }
    drop(second);
    ends(on(&database, &["verify-ledger"]), 0);
    ends(on(&database, &["verify-hands"]), 0);
    touched(&database).await;
}

pub(crate) async fn join(base: &str, count: usize) -> Vec<Member> {
    let client = client();
    let mut members = Vec::new();
    for n in 0..count {
        members.push(Member::join_at(&client, base, &format!("spinner{n}")).await);
    }
    members
}

/// Spins until the server is gone; gives the key and the answer of every spin that was acknowledged.
async fn spin_on(
    member: Member,
    n: usize,
    count: Arc<AtomicUsize>,
) -> Vec<(Member, String, serde_json::Value)> {
    let mut acknowledged = Vec::new();
    loop {
        let key = format!("{n}-{}", acknowledged.len());
        let Ok(answer) = Answer::try_to(member.spin_request(10, &key)).await else {
            return acknowledged;
        };
        // A server that has no room says so; that spin was not acknowledged.
        if matches!(answer.status, 503 | 408 | 409) {
            continue;
        }
        acknowledged.push((member.clone(), key, answer.with(200)));
        count.fetch_add(1, Ordering::Relaxed);
    }
}

async fn reached(count: &AtomicUsize, goal: usize) {
    let deadline = tokio::time::timeout(Duration::from_secs(120), async {
        while count.load(Ordering::Relaxed) < goal {
            tokio::task::yield_now().await;
        }
    });
    deadline.await.unwrap();
}

/// A way to the database beside the club's.
pub(crate) async fn another_process(database: &TestDatabase) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(&database.url).await.unwrap()
}

pub(crate) fn is_sqlite(database: &TestDatabase) -> bool {
    database.url.starts_with("sqlite")
}

/// One byte of one transfer is changed behind the club's back.
async fn touched(database: &TestDatabase) {
    let mut conn = another_process(database).await;
    let open = if is_sqlite(database) {
        "DROP TRIGGER transfers_no_update"
    } else {
        "ALTER TABLE transfers DISABLE TRIGGER ALL"
    };
    conn.execute(AssertSqlSafe(open)).await.unwrap();
    conn.execute("UPDATE transfers SET amount = amount + 1 WHERE chain = 2 AND seq = 3")
        .await
        .unwrap();
    conn.close().await.unwrap();
    let said = ends(on(database, &["verify-ledger"]), 1);
    assert!(said.contains("chain 2, seq 3"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_what_is_under_way_finish() {
    with_database(Engine::Sqlite, stopped_in_a_request).await;
}

async fn stopped_in_a_request(database: Arc<TestDatabase>) {
    let mut serving = Serving::start(on(&database, &["serve"])).await;
    let ann = Member::join_at(&client(), &serving.base, "ann").await;
    // Of a body of which much has come the rest may take longer, on a machine that is slow.
    let body = format!("{}{{\"bet_amount\": 10, \"lines\": 5}}", " ".repeat(60_000));
    let (head, tail) = body.split_at(60_010);
    let (bearer, length) = (format!("Bearer {}", ann.access), body.len().to_string());
    let headers = [
        ("Authorization", &*bearer),
        ("Content-Type", "application/json"),
        ("Content-Length", &*length),
    ];
    let mut connection = Raw::open(&serving.base).await;
    connection.ask("POST /api/games/slot/spin", &headers).await;
    connection.say(head).await;
    // The half of a request was sent before this one is, so that the server has both by then.
    let both = async { while in_flight(&ann).await < 2 {} };
    tokio::time::timeout(Duration::from_secs(30), both)
        .await
        .unwrap();
    serving.terminate();
    refuses_newcomers(serving.address()).await;
    connection.say(tail).await;
    connection.answer().await.with(200);
    assert_eq!(serving.ended().await, Some(0));
    ends(on(&database, &["verify-ledger"]), 0);
}

/// How many requests are under way, the one that asks included.
pub(crate) async fn in_flight(member: &Member) -> usize {
    let metrics = member.get("/metrics").await.text;
    let mut counts = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("http_requests_in_flight "));
    counts.next().unwrap().parse().unwrap()
}

async fn refuses_newcomers(address: &str) {
    let closed = async { while TcpStream::connect(address).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(30), closed)
        .await
        .unwrap();
}

/// How many hands wait when the club is to stop.
const WAITING: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_settles_the_hands_that_wait_on_sqlite() {
    with_database(Engine::Sqlite, stopped_while_hands_wait).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_settles_the_hands_that_wait_on_postgres() {
    with_database(Engine::Postgres, stopped_while_hands_wait).await;
}

async fn stopped_while_hands_wait(database: Arc<TestDatabase>) {
    let mut first = Serving::start(on(&database, &["serve"])).await;
    let members = join(&first.base, PLAYERS).await;
    // Another process holds what every hand needs.
    let mut holder = another_process(&database).await;
    let holds: &[&str] = if is_sqlite(&database) {
        &["BEGIN IMMEDIATE"]
    } else {
        &["BEGIN", "LOCK TABLE accounts IN EXCLUSIVE MODE"]
    };
    for statement in holds {
        holder.execute(AssertSqlSafe(*statement)).await.unwrap();
    }
    let answered = Arc::new(AtomicUsize::new(0));
    let asks: Vec<_> = (0..WAITING)
        .map(|n| {
            let (member, answered) = (members[n % members.len()].clone(), answered.clone());
            tokio::spawn(async move {
                let key = format!("waiting-{n}");
                let answer = Answer::to(member.spin_request(10, &key)).await;
                answered.fetch_add(1, Ordering::Relaxed);
                (member, key, answer)
            })
        })
        .collect();
    // A slow machine may have told some already that they waited for too long.
    let all_came = async {
        while in_flight(&members[0]).await + answered.load(Ordering::Relaxed) <= WAITING {}
    };
    tokio::time::timeout(Duration::from_secs(30), all_came)
        .await
        .unwrap();
    first.terminate();
    refuses_newcomers(first.address()).await;
    holder.execute("ROLLBACK").await.unwrap();
    let mut told = Vec::new();
    for ask in asks {
        told.push(ask.await.unwrap());
    }
    assert_eq!(first.ended().await, Some(0));
    let second = Serving::start(on(&database, &["serve"])).await;
    let mut settled = 0;
    for (member, key, answer) in told {
        let again = Answer::to(member.at(&second.base).spin_request(10, &key)).await;
        let again = again.with(200);
        match answer.status {
            200 => assert_eq!(again, answer.json(), "{key}"),
            // Not played, and it says so; now it is.
            503 | 409 | 408 => continue,
            _ => panic!("{answer:?}"),
        }
        settled += 1;
    }
    assert!(settled > 0, "what waits is settled");
    for member in &members {
        let hands = member.at(&second.base).get("/api/users/stats").await;
        assert_eq!(hands.with(200)["hands"], WAITING / members.len());
    }
    drop(second);
    ends(on(&database, &["verify-ledger"]), 0);
    ends(on(&database, &["verify-hands"]), 0);
}
