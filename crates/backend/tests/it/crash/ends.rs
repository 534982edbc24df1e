//! How rounds end.

use backend::Clock;
use games::crash::{Multiplier, REFUND_AFTER_MS, curve, reaches};
use games::{HandResult, Play};
use testkit::{Club, apply, both_engines};
use wire::Code;
use wire::fairness::{RotateRequest, Round};
use wire::play::HistoryRequest;
use wire::{HandId, UserId};

use super::verbs::*;
use crate::table::{balance, plays};

async fn hand(club: &Club, user: UserId, round: &wire::crash::BetResult) -> Round {
    let hand = HandId(round.game_id.0.clone());
    club.backend.fairness.round(user, &hand).await.unwrap()
}

#[apply(both_engines)]
async fn a_stake_waits_in_escrow_while_its_round_runs(club: Club) {
    let ann = club.member("ann").await;
    let round = bets(&club, &ann, bet(100, Some(2.5)), None).await.unwrap();
    assert_eq!(
        (round.balance.get(), balance(&club, &ann).await),
        (900, 900)
    );
    assert_eq!(
        (round.auto_cashout_multiplier, round.started_at),
        (Some(2.5), club.clock.now())
    );
    proves(&club).await;
    let current = club
        .backend
        .crash
        .current(ann.member.user_id)
        .await
        .unwrap();
    let running = current.session.unwrap();
    assert!(current.available);
    assert_eq!(
        (running.game_id, running.bet_amount.get()),
        (round.game_id, 100)
    );
    let told = serde_json::to_value(
        club.backend
            .crash
            .current(ann.member.user_id)
            .await
            .unwrap(),
    )
    .unwrap();
    let fields: Vec<&String> = told["session"].as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        [
            "auto_cashout_multiplier",
            "bet_amount",
            "game_id",
            "started_at"
        ]
    );
}

#[apply(both_engines)]
async fn a_cash_out_brings_the_stake_back_with_the_profit(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(50, None), |point| point >= times(150)).await;
    let before = round.balance.get() + 50;
    club.clock.advance_millis(3_000);
    let taken = cashes(&club, &ann, &round.game_id, None).await.unwrap();
    assert_eq!(
        (taken.cashed_out_at, taken.status.as_str()),
        (1.19, "cashed")
    );
    assert_eq!((taken.win_amount.get(), taken.payout.get()), (9, 59));
    assert_eq!(
        (taken.balance.get(), balance(&club, &ann).await),
        (before + 9, before + 9)
    );
    let hand = hand(&club, ann.member.user_id, &round).await;
    assert_eq!((hand.result, hand.payout.get()), (HandResult::Win, 59));
    assert_eq!(hand.transfers.len(), 3);
    assert_eq!(
        club.backend
            .crash
            .current(ann.member.user_id)
            .await
            .unwrap()
            .session,
        None
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_crash_takes_the_stake_a_moment_after_its_instant(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(50, None), |point| point < times(300)).await;
    let due = club
        .backend
        .crash
        .next_due(round.started_at)
        .await
        .unwrap()
        .unwrap();
    club.clock
        .advance_millis(due.millis_since(round.started_at) - 1);
    assert_eq!(settles(&club.backend).await, 0);
    club.clock.advance_millis(1);
    assert_eq!(settles(&club.backend).await, 1);
    assert_eq!(balance(&club, &ann).await, round.balance.get());
    let hand = hand(&club, ann.member.user_id, &round).await;
    assert_eq!((hand.result, hand.payout.get()), (HandResult::Lose, 0));
    assert_eq!(
        club.backend.crash.next_due(round.started_at).await.unwrap(),
        None
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn an_auto_cash_out_pays_its_target_to_the_hundredth(club: Club) {
    let ann = club.member("ann").await;
    for is_clicked in [false, true] {
        let round = round_where(&club, &ann, bet(100, Some(1.37)), |point| {
            point >= times(137)
        })
        .await;
        climbs_to(&club, times(137));
        if is_clicked {
            club.clock.advance_millis(5_000);
            let taken = cashes(&club, &ann, &round.game_id, None).await.unwrap();
            assert_eq!(taken.cashed_out_at, 1.37);
        } else {
            assert_eq!(settles(&club.backend).await, 1);
        }
        assert_eq!(balance(&club, &ann).await, round.balance.get() + 137);
    }
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_click_that_came_before_the_crash_is_heard_after_it(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(50, None), |point| {
        (times(110)..times(500)).contains(&point)
    })
    .await;
    let point = point(&club, &round.game_id).await;
    let late = reaches(times(point.hundredths() + 1));
    club.clock.advance_millis(late + 200);
    let refused = cashes(&club, &ann, &round.game_id, None).await.unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    let arrival = round.started_at.plus_millis(late - 1);
    let taken = cashes_at(&club, &ann, &round.game_id, arrival, None)
        .await
        .unwrap();
    assert_eq!(taken.payout.get(), 50 * point.hundredths() / 100);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_bet_first_settles_what_is_due(club: Club) {
    // Whoever loses all cannot bet again, so each round is another member's.
    let mut members = (0..).map(|n| format!("ann{n}"));
    let (ann, won, all) = loop {
        let ann = club.member(&members.next().unwrap()).await;
        let all = balance(&club, &ann).await;
        let round = bets(&club, &ann, bet(all, Some(1.5)), None).await.unwrap();
        if point(&club, &round.game_id).await >= times(150) {
            break (ann, round, all);
        }
    };
    let broke = bets(&club, &ann, bet(10, None), None).await.unwrap_err();
    assert_eq!(broke.code(), Code::RoundActive);
    climbs_to(&club, times(150));
    let next = bets(&club, &ann, bet(all, None), None).await.unwrap();
    assert_eq!(next.balance.get(), all / 2);
    assert_eq!(
        hand(&club, ann.member.user_id, &won).await.result,
        HandResult::Win
    );
    proves(&club).await;
}

#[apply(both_engines)]
async fn no_pair_is_revealed_while_its_round_runs(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    bets(&club, &ann, bet(10, None), None).await.unwrap();
    plays(&club, &ann, 1).await;
    proves(&club).await;
    let fairness = &club.backend.fairness;
    let refused = fairness
        .rotate(ann.member.user_id, RotateRequest::default())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::RoundRunning);
    assert!(
        fairness
            .seeds(ann.member.user_id)
            .await
            .unwrap()
            .revealed
            .is_empty()
    );
    passes(&club).await;
    let seeds = fairness
        .rotate(ann.member.user_id, RotateRequest::default())
        .await
        .unwrap();
    assert_eq!(seeds.revealed[0].nonces, 3);
    proves(&club).await;
}

#[apply(both_engines)]
async fn after_a_restart_rounds_end_as_if_nothing_had_happened(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let won = round_where(&club, &ann, bet(100, Some(2.0)), |point| {
        point >= times(200)
    })
    .await;
    let lost = round_where(&club, &bob, bet(100, Some(999.0)), |point| {
        point < times(99_900)
    })
    .await;
    club.backend.db().close().await;
    club.clock.advance_secs(10 * 60);
    let backend = another_process(&club, |_| ());
    assert_eq!(settles(&backend).await, 2);
    let balances = [(&ann, won.balance.get() + 200), (&bob, lost.balance.get())];
    for (player, expected) in balances {
        let stands = backend.ledger.balance(player.member.user_id).await.unwrap();
        assert_eq!(stands.cyber_token_balance.get(), expected);
    }
    proves(&Club {
        backend,
        ..club.clone()
    })
    .await;
}

#[apply(both_engines)]
async fn a_round_that_nobody_could_settle_is_refunded_as_a_push(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let round = bets(&club, &ann, bet(100, Some(1.5)), None).await.unwrap();
    let other = bets(&club, &bob, bet(100, None), None).await.unwrap();
    club.clock.advance_millis(REFUND_AFTER_MS + 1);
    let taken = cashes(&club, &bob, &other.game_id, None).await.unwrap();
    assert_eq!(
        (
            taken.status.as_str(),
            taken.cashed_out_at,
            taken.win_amount.get()
        ),
        ("refunded", 1.0, 0)
    );
    assert_eq!(settles(&club.backend).await, 1);
    assert_eq!(
        (balance(&club, &ann).await, balance(&club, &bob).await),
        (1_000, 1_000)
    );
    let hand = hand(&club, ann.member.user_id, &round).await;
    assert_eq!((hand.result, hand.payout.get()), (HandResult::Push, 100));
    let Play::Crash(played) = hand.play else {
        panic!("a round of crash")
    };
    assert_eq!(played.outcome.end.as_str(), "refunded");
    proves(&club).await;
}

#[apply(both_engines)]
async fn statistics_count_a_round_when_it_ends(club: Club) {
    let ann = club.member("ann").await;
    bets(&club, &ann, bet(100, Some(1.01)), None).await.unwrap();
    assert_eq!(
        club.backend
            .play
            .stats(ann.member.user_id)
            .await
            .unwrap()
            .hands,
        0
    );
    passes(&club).await;
    let stats = club.backend.play.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.hands, stats.staked.get()), (1, 100));
    assert_eq!(
        club.backend
            .accounts
            .me(ann.member.user_id)
            .await
            .unwrap()
            .experience,
        10
    );
    let request = HistoryRequest {
        game_type: Some("crash".to_owned()),
        ..HistoryRequest::default()
    };
    let hands = club
        .backend
        .play
        .history(ann.member.user_id, request)
        .await
        .unwrap();
    assert_eq!(hands.items.len(), 1);
    let start = number(
        &club,
        "SELECT balance_start FROM play_sessions WHERE game = 'crash'",
    )
    .await;
    assert_eq!(start, 1_000);
}

#[apply(both_engines)]
async fn the_curve_that_pays_is_the_one_that_is_drawn(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(10, None), |point| point >= times(400)).await;
    climbs_to(&club, times(250));
    let taken = cashes(&club, &ann, &round.game_id, None).await.unwrap();
    assert_eq!(taken.cashed_out_at, 2.5);
    assert_eq!(curve(reaches(times(250))), times(250));
    assert!(point(&club, &round.game_id).await <= Multiplier::MAX);
}
