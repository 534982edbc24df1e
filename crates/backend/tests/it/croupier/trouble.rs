//! A queue that is full, and a database that goes away: who is not served is told so, and nothing is lost.

use backend::Result;
use secrecy::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection};
use testkit::{Club, Engine, Player};
use tokio::task::JoinHandle;
use wire::Code;
use wire::slot::SpinResult;

use super::{MEMBERS, answers, asks, balances, seated};
use crate::crash::verbs::number;
use crate::table::{holds, key, spin, spins};

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_full_says_so_and_plays_who_is_in_it() {
    // On SQLite, where whoever writes keeps everybody waiting.
    let club = Club::open(Engine::Sqlite).await;
    let members = seated(&club, MEMBERS).await;
    let (release, holder) = holds(&club, members[0].member.user_id).await;
    // More than wait in the queue, in the batch and beside it.
    let asked: Vec<_> = (0..100)
        .flat_map(|_| asks(&club, &members, 10, None))
        .collect();
    let count = asked.len();
    let mut told = Vec::new();
    let (mut refused, mut waiting) = (0, asked);
    while refused == 0 {
        tokio::task::yield_now().await;
        let (ended, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(JoinHandle::is_finished);
        for answer in answers(ended).await {
            assert_eq!(answer.unwrap_err().code(), Code::Unavailable);
            refused += 1;
        }
        waiting = rest;
    }
    release.send(()).unwrap();
    holder.await.unwrap();
    told.extend(answers(waiting).await);
    let played = told.iter().filter(|answer| answer.is_ok()).count();
    for error in told.into_iter().filter_map(Result::err) {
        assert_eq!(error.code(), Code::Unavailable);
    }
    assert!(played < count);
    let hands = number(&club, "SELECT COUNT(*) FROM hands").await;
    assert_eq!(hands, i64::try_from(MEMBERS + played).unwrap());
    club.database.remove().await;
}

/// Only a server can be away while the club goes on.
#[test]
fn a_database_that_goes_away_and_comes_back_loses_nothing() {
    testkit::run(Engine::Postgres, away_and_back);
}

async fn away_and_back(club: Club) {
    let members = seated(&club, MEMBERS).await;
    let url = club.backend.settings().database.url.expose_secret();
    let mut other = sqlx::AnyConnection::connect(url).await.unwrap();
    let mut owned = balances(&club, &members).await;
    let mut told = Vec::new();
    for round in 0..8 {
        let key = format!("round-{round}");
        let asked = asks(&club, &members, 10, Some(&key));
        // Wherever the club's connections are in what they do.
        let hang_up = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(hang_up).execute(&mut other).await.unwrap();
        told.push((key, answers(asked).await));
    }
    for (key, before) in told {
        for ((player, owned), before) in members.iter().zip(&mut owned).zip(before) {
            let now = again(&club, player, &key).await;
            *owned += now.win_amount.get() - 10;
            match before {
                Ok(before) => assert_eq!(before, now, "{key}"),
                Err(error) => {
                    let away = [Code::Unavailable, Code::Internal];
                    assert!(away.contains(&error.code()), "{error}");
                }
            }
        }
    }
    for (player, owned) in members.iter().zip(owned) {
        let user = player.member.user_id;
        let sql = format!("SELECT balance FROM accounts WHERE id = {user}");
        let balance = sqlx::query_scalar::<_, i64>(AssertSqlSafe(sql));
        assert_eq!(balance.fetch_one(&mut other).await.unwrap(), owned);
    }
}

/// What a key answers once the club has found that connections are gone.
async fn again(club: &Club, player: &Player, name: &str) -> SpinResult {
    loop {
        match spins(club, player, spin(10, 1), key(name)).await {
            Ok(told) => return told,
            Err(error) => assert_eq!(error.code(), Code::Unavailable),
        }
    }
}
