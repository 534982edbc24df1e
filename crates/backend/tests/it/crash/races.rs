//! Whoever races whom: one bet, one end, one hand.

use testkit::{Club, Engine, Player, apply, both_engines};
use wire::crash::{BetResult, CashoutResult};
use wire::{Code, UserId};

use super::verbs::*;
use crate::limits::PATIENCE;
use crate::table::{balance, holds, raced};

async fn clicks(
    club: &Club,
    ann: &Player,
    round: &BetResult,
    name: Option<&'static str>,
) -> Vec<backend::Result<CashoutResult>> {
    raced(50, |_| {
        let (club, ann, game) = (club.clone(), ann.clone(), round.game_id.clone());
        async move { cashes(&club, &ann, &game, name).await }
    })
    .await
}

#[apply(both_engines)]
async fn of_bets_at_once_one_is_taken(club: Club) {
    let ann = club.member("ann").await;
    let answers = raced(20, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move { bets(&club, &ann, bet(100, None), None).await }
    })
    .await;
    let (taken, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((taken.len(), balance(&club, &ann).await), (1, 900));
    assert!(
        refused
            .into_iter()
            .all(|refused| refused.unwrap_err().code() == Code::RoundActive)
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn fifty_clicks_with_one_key_take_once_and_all_hear_it(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(100, None), |point| point >= times(200)).await;
    climbs_to(&club, times(150));
    for answer in clicks(&club, &ann, &round, Some("k")).await {
        assert_eq!(answer.unwrap().payout.get(), 150);
    }
    assert_eq!(balance(&club, &ann).await, round.balance.get() + 150);
    proves(&club).await;
}

#[apply(both_engines)]
async fn fifty_clicks_without_a_key_take_once(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(100, None), |point| point >= times(200)).await;
    climbs_to(&club, times(150));
    let (taken, refused): (Vec<_>, Vec<_>) = clicks(&club, &ann, &round, None)
        .await
        .into_iter()
        .partition(Result::is_ok);
    assert_eq!(taken.len(), 1);
    assert!(
        refused
            .into_iter()
            .all(|refused| refused.unwrap_err().code() == Code::NotFound)
    );
    assert_eq!(balance(&club, &ann).await, round.balance.get() + 150);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_click_and_the_job_end_a_round_once(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..5 {
        let round = round_where(&club, &ann, bet(50, Some(1.5)), |point| point >= times(150)).await;
        climbs_to(&club, times(150));
        let ended = raced(8, |n| {
            let (club, ann, game) = (club.clone(), ann.clone(), round.game_id.clone());
            async move {
                if n % 2 == 0 {
                    return settles(&club.backend).await;
                }
                match cashes(&club, &ann, &game, None).await {
                    Ok(taken) => {
                        assert_eq!(taken.cashed_out_at, 1.5);
                        1
                    }
                    Err(refused) => {
                        assert_eq!(refused.code(), Code::NotFound);
                        0
                    }
                }
            }
        })
        .await;
        assert_eq!(ended.iter().sum::<u64>(), 1);
        assert_eq!(balance(&club, &ann).await, round.balance.get() + 75);
    }
    proves(&club).await;
}

#[apply(both_engines)]
async fn two_processes_settle_every_round_once(club: Club) {
    const MEMBERS: usize = 30;
    let mut players = Vec::new();
    for n in 0..MEMBERS {
        players.push(club.member(&format!("member{n}")).await);
    }
    let backends = [club.backend.clone(), another_process(&club, |_| ())];
    for _ in 0..2 {
        for (n, player) in players.iter().enumerate() {
            let auto = (n % 3 > 0).then_some(1.2);
            bets(&club, player, bet(30, auto), None).await.unwrap();
        }
        proves(&club).await;
        club.clock.advance_secs(120);
        let settled = raced(6, |n| {
            let backend = backends[n % 2].clone();
            async move { settles(&backend).await }
        })
        .await;
        assert_eq!(settled.iter().sum::<u64>(), MEMBERS as u64);
        proves(&club).await;
    }
}

#[apply(both_engines)]
async fn a_round_is_settled_although_members_hold_all_connections(club: Club) {
    let ann = club.member("ann").await;
    let round = bets(&club, &ann, bet(100, None), None).await.unwrap();
    let (db, crash) = (club.backend.db(), &club.backend.crash);
    let mut held = Vec::new();
    for _ in 0..club.backend.settings().database.connections_max {
        held.push(db.read().await.unwrap());
    }
    let next = crash.next_due(round.started_at).await.unwrap();
    assert!(next.is_some());
    club.clock.advance_secs(120);
    assert_eq!(settles(&club.backend).await, 1);
    drop(held);
    proves(&club).await;
}

/// On SQLite whoever holds one account holds all writing.
#[test]
fn a_round_is_settled_while_one_that_was_due_before_it_waits_for_its_account() {
    testkit::run(Engine::Postgres, settled_past_one_that_waits);
}

async fn settled_past_one_that_waits(club: Club) {
    for name in ["ann", "ben"] {
        let player = club.member(name).await;
        bets(&club, &player, bet(30, None), None).await.unwrap();
    }
    club.clock.advance_secs(120);
    let first = "SELECT user_id FROM crash_sessions ORDER BY due_at, id LIMIT 1";
    let first = UserId(number(&club, first).await);
    let (release, holder) = holds(&club, first).await;
    let backend = club.backend.clone();
    let settling = tokio::spawn(async move { settles(&backend).await });
    let ended = "SELECT COUNT(*) FROM crash_sessions WHERE status <> 'active'";
    let other = async {
        while number(&club, ended).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, other).await.unwrap();
    release.send(()).unwrap();
    holder.await.unwrap();
    assert_eq!(settling.await.unwrap(), 2);
    proves(&club).await;
}
