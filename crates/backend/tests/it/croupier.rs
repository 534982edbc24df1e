//! Many hands, one commit: what one member does never fails another's, and each gets their own answer.

mod gone;
mod model;
mod trouble;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use backend::{Backend, Clock, Result, Settings, SystemEntropy};
use economy::Timestamp;
use testkit::club::{PASSWORD, device};
use testkit::inputs::START;
use testkit::{Club, Engine, Player, apply, both_engines, within};
use tokio::task::JoinHandle;
use wire::Code;
use wire::auth::LoginRequest;
use wire::fairness::RotateRequest;
use wire::slot::SpinResult;

use crate::crash::verbs::number;
use crate::table::{balance, holds, key, plays, run, spin, spins};

const MEMBERS: usize = 24;

/// As long as a play session may rest before the next hand begins another.
const IDLE_MILLIS: i64 = 15 * 60 * 1_000;

async fn joined(club: &Club, count: usize) -> Vec<Player> {
    let mut members = Vec::new();
    for n in 0..count {
        members.push(club.member(&format!("member{n}")).await);
    }
    members
}

/// Members who have sat down: their first hand opened a play session.
async fn seated(club: &Club, count: usize) -> Vec<Player> {
    let members = joined(club, count).await;
    for member in &members {
        plays(club, member, 1).await;
    }
    members
}

/// Spins that all wait at the same time.
fn asks(
    club: &Club,
    members: &[Player],
    stake: i64,
    name: Option<&str>,
) -> Vec<JoinHandle<Result<SpinResult>>> {
    let ask = |player: &Player| {
        let (club, player, name) = (club.clone(), player.clone(), name.map(str::to_owned));
        tokio::spawn(async move {
            let key = name.as_deref().and_then(key);
            spins(&club, &player, spin(stake, 1), key).await
        })
    };
    members.iter().map(ask).collect()
}

async fn answers(asked: Vec<JoinHandle<Result<SpinResult>>>) -> Vec<Result<SpinResult>> {
    let mut answers = Vec::new();
    for ask in asked {
        answers.push(ask.await.unwrap());
    }
    answers
}

/// A clock on which no two transactions are at the same time.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

#[tokio::test]
async fn hands_that_wait_while_one_is_written_share_the_next_transaction() {
    within(Engine::Sqlite, |_| (), share_the_next_transaction).await;
}

async fn share_the_next_transaction(club: Club) {
    let clock = Arc::new(Ticking(AtomicI64::new(START.millis())));
    let settings = Club::settings(&club.database);
    let opened = Backend::open(settings, clock.clone(), Arc::new(SystemEntropy), None).await;
    let club = Club {
        backend: opened.unwrap(),
        ..club
    };
    let members = joined(&club, MEMBERS).await;
    for (round, what) in ["begin", "go on", "begin anew"].into_iter().enumerate() {
        if what == "begin anew" {
            clock.0.fetch_add(IDLE_MILLIS, Ordering::SeqCst);
        }
        // Whoever writes is alone, so that all hands but the first croupier's wait for one another.
        let (release, holder) = holds(&club, members[0].member.user_id).await;
        let asked = asks(&club, &members, 10, None);
        // On one thread all of them have asked by the time that this goes on.
        tokio::task::yield_now().await;
        release.send(()).unwrap();
        holder.await.unwrap();
        for answer in answers(asked).await {
            answer.unwrap();
        }
        let instants = format!(
            "SELECT COUNT(DISTINCT created_at) FROM hands h WHERE {round} = (SELECT COUNT(*) FROM hands b \
             WHERE b.user_id = h.user_id AND b.created_at < h.created_at)"
        );
        let batches = number(&club, &instants).await;
        // As many as fit into one, and what was asked before and after.
        assert!(
            batches <= 8,
            "{MEMBERS} hands that {what} in {batches} transactions"
        );
    }
}

#[apply(both_engines)]
async fn hands_that_wait_together_are_each_their_members_own(club: Club) {
    let members = joined(&club, MEMBERS).await;
    for round in 1..=4 {
        if round == 3 {
            club.clock.advance_millis(IDLE_MILLIS);
        }
        let before = balances(&club, &members).await;
        let told = answers(asks(&club, &members, 10, None)).await;
        for ((player, before), told) in members.iter().zip(before).zip(told) {
            let told = told.unwrap();
            assert_eq!(told.balance.get(), before - 10 + told.win_amount.get());
            assert_eq!(balance(&club, player).await, told.balance.get());
        }
        let hands = number(&club, "SELECT COUNT(*) FROM hands").await;
        assert_eq!(hands, i64::try_from(MEMBERS * round).unwrap());
    }
    let ended = "SELECT COUNT(*) FROM play_sessions WHERE status = 'completed' AND ended_at = last_hand_at \
                 AND hands = 2";
    let open = "SELECT COUNT(*) FROM play_sessions WHERE status = 'active' AND hands = 2 AND stake_last = 10 \
                AND stake_max = 10 AND balance_end = (SELECT balance FROM accounts WHERE id = user_id) \
                AND balance_start = balance_end + staked - won AND address <> ''";
    for sessions in [ended, open] {
        let count = number(&club, sessions).await;
        assert_eq!(count, i64::try_from(MEMBERS).unwrap(), "{sessions}");
    }
    // Sessions and statistics count what the hands say.
    for (off, what) in [
        (
            "SELECT COUNT(*) FROM play_sessions s WHERE s.hands <> (SELECT COUNT(*) FROM hands h \
             WHERE h.session_id = s.id) OR s.hands <> (SELECT MAX(h.number) FROM hands h WHERE h.session_id = s.id) \
             OR s.staked <> (SELECT SUM(h.stake) FROM hands h WHERE h.session_id = s.id)",
            "sessions",
        ),
        (
            "SELECT COUNT(*) FROM play_totals t WHERE t.game = 'slot' AND (t.hands <> (SELECT COUNT(*) FROM hands h \
             WHERE h.user_id = t.user_id) OR t.won <> (SELECT SUM(h.payout) FROM hands h WHERE h.user_id = t.user_id))",
            "totals",
        ),
        (
            "SELECT COUNT(*) FROM accounts a WHERE a.id > 0 AND a.experience <> \
             (SELECT SUM(h.stake / 10) FROM hands h WHERE h.user_id = a.id)",
            "experience",
        ),
    ] {
        assert_eq!(number(&club, off).await, 0, "{what}");
    }
}

async fn balances(club: &Club, members: &[Player]) -> Vec<i64> {
    let mut balances = Vec::new();
    for player in members {
        balances.push(balance(club, player).await);
    }
    balances
}

#[apply(both_engines)]
async fn a_key_that_everybody_sends_three_times_plays_once_each(club: Club) {
    let members = seated(&club, MEMBERS).await;
    let thrice: Vec<_> = (0..3)
        .flat_map(|_| asks(&club, &members, 10, Some("k")))
        .collect();
    let mut told: BTreeMap<usize, Vec<SpinResult>> = BTreeMap::new();
    for (n, answer) in answers(thrice).await.into_iter().enumerate() {
        told.entry(n % MEMBERS).or_default().push(answer.unwrap());
    }
    for same in told.values() {
        assert!(same.iter().all(|it| *it == same[0]), "{same:?}");
    }
    let hands = number(&club, "SELECT COUNT(*) FROM hands").await;
    assert_eq!(hands, i64::try_from(2 * MEMBERS).unwrap());
    for other in answers(asks(&club, &members, 20, Some("k"))).await {
        assert_eq!(other.unwrap_err().code(), Code::IdempotencyMismatch);
    }
}

#[apply(both_engines)]
async fn the_last_tokens_are_spent_once_and_a_refusal_disturbs_nobody(club: Club) {
    let members = seated(&club, MEMBERS).await;
    let poor = &members[..MEMBERS / 2];
    // Half of them have tokens for one more hand and ask for four.
    for player in poor {
        let rest = balance(&club, player).await;
        let mut left = rest;
        while left >= 20 {
            let stake = (left - 10).min(10_000);
            let told = spins(&club, player, spin(stake, 1), None).await.unwrap();
            left = told.balance.get();
        }
    }
    let before = balances(&club, &members).await;
    let asked: Vec<_> = (0..4)
        .flat_map(|_| asks(&club, &members, 10, None))
        .collect();
    let told = answers(asked).await;
    let after = balances(&club, &members).await;
    for (n, (before, after)) in before.iter().zip(after).enumerate() {
        let own: Vec<_> = told.iter().skip(n).step_by(MEMBERS).collect();
        let (played, refused): (Vec<_>, Vec<_>) = own.into_iter().partition(|told| told.is_ok());
        let won = played
            .iter()
            .map(|it| it.as_ref().unwrap().win_amount.get() - 10);
        assert_eq!(after, before + won.sum::<i64>(), "member {n}");
        assert!(
            refused.is_empty() || n < MEMBERS / 2,
            "member {n} had enough"
        );
        for error in &refused {
            let code = error.as_ref().unwrap_err().code();
            assert_eq!(code, Code::InsufficientTokens);
            assert!(after < 10, "member {n} had tokens for it");
        }
    }
    assert!(told.iter().any(Result::is_err), "somebody had too little");
}

#[apply(both_engines)]
async fn a_member_whose_hands_the_database_refuses_fails_alone(club: Club) {
    let members = seated(&club, MEMBERS).await;
    // The number of the next hand is taken, which only a hand that is written finds.
    run(
        &club,
        "UPDATE play_sessions SET hands = 0 WHERE user_id = (SELECT MIN(user_id) FROM play_sessions)",
    )
    .await;
    for _ in 0..3 {
        let told = answers(asks(&club, &members, 10, None)).await;
        let mut told = told.into_iter();
        let culprit = told.next().unwrap().unwrap_err();
        assert_eq!(culprit.code(), Code::Internal);
        for answer in told {
            answer.unwrap();
        }
    }
    let hands =
        "SELECT COUNT(*) FROM hands WHERE user_id = (SELECT MIN(user_id) FROM play_sessions)";
    assert_eq!(
        number(&club, hands).await,
        1,
        "the refused ones moved nothing"
    );
}

/// On SQLite, whoever writes holds all accounts.
#[test]
fn an_account_that_is_held_keeps_nobody_else_waiting() {
    testkit::run(Engine::Postgres, held_and_not);
}

async fn held_and_not(club: Club) {
    let members = seated(&club, MEMBERS).await;
    let (release, holder) = holds(&club, members[0].member.user_id).await;
    let held = asks(&club, &members[..1], 10, None);
    for answer in answers(asks(&club, &members[1..], 10, None)).await {
        answer.unwrap();
    }
    assert!(!held[0].is_finished());
    release.send(()).unwrap();
    holder.await.unwrap();
    for answer in answers(held).await {
        answer.unwrap();
    }
}

#[tokio::test]
async fn a_session_that_ended_costs_its_member_no_hands() {
    let few = |settings: &mut Settings| settings.limits.plays_per_minute = 2;
    within(Engine::Sqlite, few, ends_and_begins_again).await;
}

async fn ends_and_begins_again(club: Club) {
    let stolen = club.member("ann").await;
    let accounts = &club.backend.accounts;
    accounts.logout(&stolen.member, None).await.unwrap();
    for _ in 0..5 {
        let refused = spins(&club, &stolen, spin(10, 1), None).await;
        assert_eq!(refused.unwrap_err().code(), Code::Unauthenticated);
    }
    let request = LoginRequest {
        site_id: "ann".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let token = accounts.login(request, &device()).await.unwrap();
    let member = accounts.authenticate(&token.access_token).await.unwrap();
    let ann = Player { member, token };
    spins(&club, &ann, spin(10, 1), None).await.unwrap();
    assert_eq!(number(&club, "SELECT COUNT(*) FROM hands").await, 1);
}

#[apply(both_engines)]
async fn hands_rotations_and_seeds_of_one_member_keep_their_order(club: Club) {
    let members = seated(&club, 4).await;
    let (mut hands, mut rotations) = (Vec::new(), Vec::new());
    for player in &members {
        for _ in 0..6 {
            hands.extend(asks(&club, std::slice::from_ref(player), 10, None));
            let (club, user) = (club.clone(), player.member.user_id);
            rotations.push(tokio::spawn(async move {
                let rotate = club.backend.fairness.rotate(user, RotateRequest::default());
                rotate.await.unwrap();
            }));
        }
    }
    for answer in answers(hands).await {
        answer.unwrap();
    }
    for rotation in rotations {
        rotation.await.unwrap();
    }
    // That no nonce is missing or used twice, and each hand follows from its seeds, the harness proves.
    assert_eq!(number(&club, "SELECT COUNT(*) FROM hands").await, 28);
}
