//! A kill -9 while rounds of crash run: the next start settles every stake by the clock.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::{Engine, TestDatabase};

use crate::answer::Answer;
use crate::app::client;
use crate::binary::{Serving, ends, on};
use crate::crash::with_database;
use crate::member::Member;

const MEMBERS: usize = 100;
const STAKE: i64 = 1_000;
/// Longer than any round.
const ROUND_SECS: i64 = 120;

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_rounds_run_leaves_no_stake_behind_on_sqlite() {
    with_database(Engine::Sqlite, killed_while_rounds_run).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_rounds_run_leaves_no_stake_behind_on_postgres() {
    with_database(Engine::Postgres, killed_while_rounds_run).await;
}

async fn killed_while_rounds_run(database: Arc<TestDatabase>) {
    let mut first = Serving::start(on(&database, &["serve"])).await;
    let rounds = bet_all(&first.base).await;
    first.process.kill().await.unwrap();
    ends(on(&database, &["verify-ledger"]), 0);
    let second = Serving::start(on(&database, &["serve"])).await;
    let advance = client().post(format!("{}/api/test/clock", second.base));
    Answer::to(advance.json(&json!({"advance_secs": ROUND_SECS})))
        .await
        .with(204);
    let settled = async {
        for (member, round) in &rounds {
            is_settled(&member.at(&second.base), round).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), settled)
        .await
        .unwrap();
    drop(second);
    ends(on(&database, &["verify-ledger"]), 0);
    ends(on(&database, &["verify-hands"]), 0);
}

/// Everybody joins, then everybody bets at once; every third takes it at 1.5x.
async fn bet_all(base: &str) -> Vec<(Member, Value)> {
    let client = client();
    let mut members = Vec::new();
    for n in 0..MEMBERS {
        members.push(Member::join_at(&client, base, &format!("member{n}")).await);
    }
    let bets: Vec<_> = members
        .into_iter()
        .enumerate()
        .map(|(n, member)| {
            let auto = (n % 3 == 0).then_some(1.5);
            let body = json!({"bet_amount": STAKE, "auto_cashout_multiplier": auto});
            tokio::spawn(async move {
                loop {
                    let answer = member.post("/api/games/crash/bet", &body).await;
                    // A server that has no room says so, and took nothing.
                    if answer.status != 503 {
                        return (member, answer.with(200));
                    }
                }
            })
        })
        .collect();
    let mut rounds = Vec::new();
    for bet in bets {
        rounds.push(bet.await.unwrap());
    }
    rounds
}

/// Waits until the round is a hand, which paid what the member has.
async fn is_settled(member: &Member, round: &Value) {
    let hand = format!(
        "/api/fairness/rounds/{}",
        round["game_id"].as_str().unwrap()
    );
    loop {
        let answer = member.get(&hand).await;
        if answer.status == 404 {
            continue;
        }
        let payout = answer.with(200)["payout"].as_i64().unwrap();
        let before = round["balance"].as_i64().unwrap();
        assert_eq!(member.stands_at().await.0, before + payout);
        return;
    }
}
