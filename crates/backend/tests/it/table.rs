//! Verbs of the gaming table that the tests share.

use std::future::Future;

use backend::db::ScopedFutureExt;
use backend::{IdempotencyKey, Result};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use sqlx::AssertSqlSafe;
use testkit::{Club, Engine, Player, club::device};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wire::UserId;
use wire::slot::{SpinRequest, SpinResult};

/// A spin of `stake` on five lines, or with `lines`.
pub(crate) fn spin(stake: i64, lines: i64) -> SpinRequest {
    SpinRequest {
        bet_amount: stake,
        lines,
    }
}

pub(crate) fn key(text: &str) -> Option<IdempotencyKey> {
    Some(IdempotencyKey::parse(text).unwrap())
}

/// Spins with a key or without.
pub(crate) async fn spins(
    club: &Club,
    player: &Player,
    request: SpinRequest,
    key: Option<IdempotencyKey>,
) -> Result<SpinResult> {
    club.backend
        .slot
        .spin(&player.member.claimed(), request, key, &device())
        .await
}

/// Plays that many spins of ten tokens.
pub(crate) async fn plays(club: &Club, player: &Player, hands: i64) {
    for _ in 0..hands {
        spins(club, player, spin(10, 5), None).await.unwrap();
    }
}

pub(crate) async fn balance(club: &Club, player: &Player) -> i64 {
    club.backend
        .ledger
        .balance(player.member.user_id)
        .await
        .unwrap()
        .cyber_token_balance
        .get()
}

/// What each of that many tasks at once answers.
pub(crate) async fn raced<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    racers: usize,
    race: impl Fn(usize) -> F,
) -> Vec<T> {
    let racers: Vec<_> = (0..racers).map(|n| tokio::spawn(race(n))).collect();
    let mut answers = Vec::new();
    for racer in racers {
        answers.push(racer.await.unwrap());
    }
    answers
}

/// A transaction that holds an account, and on SQLite with it all writing, until it is let go.
pub(crate) async fn holds(club: &Club, user: UserId) -> (oneshot::Sender<()>, JoinHandle<()>) {
    holds_by(
        club,
        format!("UPDATE accounts SET seq = seq WHERE id = {user}"),
    )
    .await
}

/// A transaction that holds all accounts until it is let go: hands that are asked for meanwhile wait
/// for it and are not left to transactions of their own, as those of single accounts are.
pub(crate) async fn holds_all(club: &Club) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let statement = match club.engine {
        Engine::Sqlite => "UPDATE accounts SET seq = seq WHERE id > 0",
        Engine::Postgres => "LOCK TABLE accounts IN EXCLUSIVE MODE",
    };
    holds_by(club, statement.to_owned()).await
}

/// A transaction that has changed rows like this, until it is let go.
pub(crate) async fn holds_by(
    club: &Club,
    statement: String,
) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (holds, held) = oneshot::channel();
    let (release, released) = oneshot::channel::<()>();
    let club = club.clone();
    let holder = tokio::spawn(async move {
        let (mut holds, mut released) = (Some(holds), Some(released));
        let statement = &statement;
        let hold = club.backend.db().write(|tx| {
            let (holds, released) = (holds.take(), released.take());
            async move {
                sqlx::query(AssertSqlSafe(statement.clone()))
                    .execute(&mut **tx)
                    .await?;
                if let (Some(holds), Some(released)) = (holds, released) {
                    holds.send(()).unwrap();
                    released.await.unwrap();
                }
                Ok(())
            }
            .scope_boxed()
        });
        hold.await.unwrap();
    });
    held.await.unwrap();
    (release, holder)
}

/// Changes rows as nothing in the club would.
pub(crate) async fn run(club: &Club, statement: &'static str) {
    let done = club.backend.db().write(|tx| {
        async move {
            sqlx::query(statement).execute(&mut **tx).await?;
            Ok(())
        }
        .scope_boxed()
    });
    done.await.unwrap();
}

/// Tries a test with that many values; one that fails is made smaller a few times, as each takes seconds.
pub(crate) fn tries<S: Strategy, F: Future<Output = ()>>(
    cases: u32,
    values: S,
    test: impl Fn(S::Value) -> F,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases,
        max_shrink_iters: 16,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&values, |value| {
            runtime.block_on(test(value));
            Ok(())
        })
        .unwrap();
}
