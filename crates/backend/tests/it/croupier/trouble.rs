//! A queue that is full, and a database that goes away: who is not served is told so, and nothing is lost.

use backend::Result;
use secrecy::ExposeSecret;
use sqlx::{AssertSqlSafe, Connection};
use testkit::{Club, Engine, Player, within};
use tokio::task::JoinHandle;
use wire::Code;
use wire::slot::SpinResult;

use super::{MEMBERS, answers, asks, balances, seated};
use crate::crash::verbs::number;
use crate::gate::{Way, behind_a_gate};
use crate::table::{holds, holds_all, key, run, spin, spins};

const HANDS: &str = "SELECT COUNT(*) FROM hands";

/// Longer than anything here takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// On SQLite, where whoever writes keeps everybody waiting.
#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_full_says_so_and_plays_who_is_in_it() {
    within(Engine::Sqlite, |_| (), more_than_may_wait).await;
}

async fn more_than_may_wait(club: Club) {
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
    let hands = number(&club, HANDS).await;
    assert_eq!(hands, i64::try_from(MEMBERS + played).unwrap());
}

/// SQLite has one writer, whom nobody gets in the way of.
#[test]
fn a_batch_that_meets_another_transaction_is_settled_once_more() {
    testkit::run(Engine::Postgres, got_in_the_way);
}

async fn got_in_the_way(club: Club) {
    let mut members = seated(&club, MEMBERS).await;
    // Those of one croupier, each of whose batches fails at its first attempt.
    members.retain(|player| player.member.user_id.0 % 2 == 0);
    for statement in [
        "CREATE SEQUENCE attempts",
        "CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS \
         'BEGIN IF nextval(''attempts'') % 2 = 1 THEN RAISE SQLSTATE ''40001''; END IF; RETURN NULL; END'",
        "CREATE TRIGGER collides AFTER INSERT ON hands FOR EACH STATEMENT EXECUTE FUNCTION collide()",
    ] {
        run(&club, statement).await;
    }
    let (release, holder) = holds_all(&club).await;
    let asked = asks(&club, &members, 10, None);
    tokio::task::yield_now().await;
    release.send(()).unwrap();
    holder.await.unwrap();
    for answer in answers(asked).await {
        answer.unwrap();
    }
    // By the transaction that wrote it.
    let batches = "SELECT COUNT(DISTINCT xmin::TEXT) FROM hands WHERE number = 2";
    let batches = number(&club, batches).await;
    let attempts = number(&club, "SELECT last_value FROM attempts").await;
    assert_eq!(attempts, 2 * batches);
    assert!(batches <= 4, "{} hands in {batches}", members.len());
}

/// Only a server can be away while the club goes on.
#[test]
fn a_database_that_hangs_up_loses_nothing() {
    testkit::run(Engine::Postgres, hung_up_on);
}

async fn hung_up_on(club: Club) {
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
    for (key, told) in told {
        keys_tell(&club, &members, &key, told, &mut owned).await;
    }
    for (player, owned) in members.iter().zip(owned) {
        let user = player.member.user_id;
        let sql = format!("SELECT balance FROM accounts WHERE id = {user}");
        let balance = sqlx::query_scalar::<_, i64>(AssertSqlSafe(sql));
        assert_eq!(balance.fetch_one(&mut other).await.unwrap(), owned);
    }
}

/// Whatever each was told before, their key gives the same answer, and their hand is played by then;
/// `owned` is what they have afterwards.
async fn keys_tell(
    club: &Club,
    members: &[Player],
    key: &str,
    told: Vec<Result<SpinResult>>,
    owned: &mut [i64],
) {
    for ((player, owned), before) in members.iter().zip(owned).zip(told) {
        let now = again(club, player, key).await;
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

/// What a key answers once the club has found that connections are gone.
async fn again(club: &Club, player: &Player, name: &str) -> SpinResult {
    let told = async {
        loop {
            match spins(club, player, spin(10, 1), key(name)).await {
                Ok(told) => return told,
                Err(error) => assert_eq!(error.code(), Code::Unavailable),
            }
        }
    };
    tokio::time::timeout(PATIENCE, told).await.unwrap()
}

/// From when on the database is away: always, or once it has begun a batch, locked its accounts,
/// committed it.
const CUTS: [Way; 4] = [
    Way::Shut,
    Way::UntilTold("BEGIN"),
    Way::UntilTold("SELECT"),
    Way::UntilTold("COMMIT"),
];

#[test]
fn a_database_that_is_away_for_a_while_loses_nothing_wherever_it_was_cut_off() {
    testkit::run(Engine::Postgres, away_for_a_while);
}

async fn away_for_a_while(club: Club) {
    let members = seated(&club, MEMBERS).await;
    let mut owned = balances(&club, &members).await;
    let (gate, cut_off) = behind_a_gate(&club, |_| ()).await;
    for (round, cut) in (1..).zip(CUTS) {
        let key = format!("round-{round}");
        gate.set(cut);
        let told = answers(asks(&cut_off, &members, 10, Some(&key))).await;
        assert!(gate.is_shut(), "{cut:?}");
        for answer in answers(asks(&cut_off, &members, 10, Some(&key))).await {
            assert_eq!(answer.unwrap_err().code(), Code::Unavailable, "{cut:?}");
        }
        gate.set(Way::Open);
        keys_tell(&cut_off, &members, &key, told, &mut owned).await;
        assert_eq!(balances(&club, &members).await, owned, "{cut:?}");
        let hands = i64::try_from(MEMBERS * (round + 1)).unwrap();
        assert_eq!(number(&club, HANDS).await, hands, "{cut:?}");
    }
}

/// The answer to a commit does not come: nobody knows what it did, and nobody's hand is played again.
async fn no_answer_to_a_commit(club: Club, cut: Way, is_committed: bool) {
    let mut members = seated(&club, MEMBERS).await;
    // Those of one croupier, beside whom nobody commits.
    members.retain(|it| it.member.user_id.0 % 2 == 0);
    let mut owned = balances(&club, &members).await;
    let (gate, cut_off) = behind_a_gate(&club, |_| ()).await;
    let before = number(&club, HANDS).await;
    gate.set(cut);
    let told = answers(asks(&cut_off, &members, 10, Some("k"))).await;
    let is_unknown = |it: &Result<SpinResult>| it.as_ref().unwrap_err().code() == Code::Internal;
    let unknown = told.iter().filter(|it| is_unknown(it)).count();
    assert!(unknown > 0, "those of the batch are told so");
    let played = if is_committed { unknown } else { 0 };
    let hands = before + i64::try_from(played).unwrap();
    assert_eq!(number(&club, HANDS).await, hands);
    gate.set(Way::Open);
    keys_tell(&cut_off, &members, "k", told, &mut owned).await;
    assert_eq!(balances(&club, &members).await, owned);
    let hands = before + i64::try_from(members.len()).unwrap();
    assert_eq!(number(&club, HANDS).await, hands);
}

#[test]
fn a_commit_that_does_not_arrive_played_nothing_until_the_keys_are_sent_again() {
    let lost = Way::UntilAsked("COMMIT");
    testkit::run(Engine::Postgres, move |club| {
        no_answer_to_a_commit(club, lost, false)
    });
}

#[test]
fn a_commit_whose_answer_is_lost_played_each_hand_once_and_the_keys_tell() {
    let lost = Way::UntilTold("COMMIT");
    testkit::run(Engine::Postgres, move |club| {
        no_answer_to_a_commit(club, lost, true)
    });
}
