//! What is refused moves nothing; what was changed behind the club's back is found.

use backend::Clock;
use backend::ledger::Fault;
use testkit::{apply, both_engines};
use wire::{Code, GameId};

use super::verbs::*;
use crate::table::{balance, run};

#[apply(both_engines)]
async fn what_crash_refuses_moves_nothing(club: Club) {
    let ann = club.member("ann").await;
    let refusals = [
        (bet(0, None), Code::StakeTooSmall),
        (bet(-10, None), Code::StakeTooSmall),
        (bet(9, None), Code::StakeTooSmall),
        (bet(100_001, None), Code::StakeTooLarge),
        (bet(i64::MAX, None), Code::StakeTooLarge),
        (bet(1_001, None), Code::InsufficientTokens),
    ];
    for (request, code) in refusals {
        let refused = bets(&club, &ann, request.clone(), None).await.unwrap_err();
        assert_eq!(refused.code(), code, "{request:?}");
    }
    for auto in [
        1.0,
        0.0,
        -0.0,
        -1.0,
        1.009,
        1.005,
        2.123,
        1_000.01,
        1e9,
        1e300,
        f64::MIN_POSITIVE,
        f64::NAN,
        f64::INFINITY,
    ] {
        let refused = bets(&club, &ann, bet(10, Some(auto)), None)
            .await
            .unwrap_err()
            .public();
        assert_eq!(
            (refused.code, refused.fields[0].field.as_str()),
            (Code::Invalid, "auto_cashout_multiplier"),
            "{auto}"
        );
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    let seeds = club
        .backend
        .fairness
        .seeds(ann.member.user_id)
        .await
        .unwrap();
    assert_eq!(seeds.active.nonce, 0, "a refused bet uses no nonce");
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
async fn every_auto_cash_out_with_two_decimals_is_taken_as_it_is(club: Club) {
    let ann = club.member("ann").await;
    for auto in [1.01, 1.1, 2.0, 2.35, 4.35, 100.07, 999.99, 1_000.0] {
        let round = bets(&club, &ann, bet(10, Some(auto)), None).await.unwrap();
        assert_eq!(round.auto_cashout_multiplier, Some(auto));
        passes(&club).await;
    }
}

#[apply(both_engines)]
async fn a_round_is_only_cashed_out_by_who_began_it_and_only_once(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let round = round_where(&club, &ann, bet(50, None), |point| point >= times(200)).await;
    let others = bets(&club, &bob, bet(50, None), None).await.unwrap();
    climbs_to(&club, times(150));
    let unknown = GameId("nowhere".to_owned());
    for (player, game) in [
        (&bob, &round.game_id),
        (&ann, &others.game_id),
        (&ann, &unknown),
    ] {
        let refused = cashes(&club, player, game, None).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    let taken = cashes(&club, &ann, &round.game_id, None).await.unwrap();
    let again = cashes(&club, &ann, &round.game_id, None).await.unwrap_err();
    assert_eq!(again.code(), Code::NotFound);
    assert_eq!(balance(&club, &ann).await, taken.balance.get());
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_click_below_the_least_cash_out_is_too_early(club: Club) {
    let ann = club.member("ann").await;
    let round = round_where(&club, &ann, bet(50, None), |point| point >= times(200)).await;
    club.clock.advance_millis(150);
    let refused = cashes(&club, &ann, &round.game_id, Some("k"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::TooEarly);
    assert_eq!(balance(&club, &ann).await, round.balance.get());
    climbs_to(&club, times(101));
    let taken = cashes(&club, &ann, &round.game_id, Some("k"))
        .await
        .unwrap();
    assert!(taken.cashed_out_at >= 1.01);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_key_binds_one_bet_and_one_cash_out(club: Club) {
    let ann = club.member("ann").await;
    let round = bets(&club, &ann, bet(50, Some(1.5)), Some("k"))
        .await
        .unwrap();
    assert_eq!(
        bets(&club, &ann, bet(50, Some(1.5)), Some("k"))
            .await
            .unwrap(),
        round
    );
    let other = bets(&club, &ann, bet(60, Some(1.5)), Some("k"))
        .await
        .unwrap_err();
    assert_eq!(other.code(), Code::IdempotencyMismatch);
    passes(&club).await;
    assert_eq!(
        bets(&club, &ann, bet(50, Some(1.5)), Some("k"))
            .await
            .unwrap(),
        round
    );
    let next = round_where(&club, &ann, bet(50, None), |point| point >= times(200)).await;
    climbs_to(&club, times(150));
    let taken = cashes(&club, &ann, &next.game_id, Some("c")).await.unwrap();
    assert_eq!(
        cashes(&club, &ann, &next.game_id, Some("c")).await.unwrap(),
        taken
    );
    let other = cashes(&club, &ann, &round.game_id, Some("c"))
        .await
        .unwrap_err();
    assert_eq!(other.code(), Code::IdempotencyMismatch);
    proves(&club).await;
}

#[apply(both_engines)]
async fn a_running_stake_that_was_changed_is_found(club: Club) {
    let ann = club.member("ann").await;
    bets(&club, &ann, bet(50, None), None).await.unwrap();
    club.backend.proofs.ledger().await.unwrap().unwrap();
    club.tampers();
    run(
        &club,
        "UPDATE crash_sessions SET stake = stake + 1 WHERE status = 'active'",
    )
    .await;
    let fault = club.backend.proofs.ledger().await.unwrap().unwrap_err();
    assert_eq!(
        fault,
        Fault::System {
            name: "escrow:crash",
            written: 50,
            proved: 51
        }
    );
}

#[apply(both_engines)]
async fn a_round_that_cannot_be_read_keeps_no_other_waiting(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let unread = bets(&club, &ann, bet(50, Some(1.5)), None).await.unwrap();
    let point = point(&club, &unread.game_id).await;
    bets(&club, &bob, bet(50, Some(1.5)), None).await.unwrap();
    run(
        &club,
        "UPDATE crash_sessions SET point_hundredths = -point_hundredths WHERE user_id = 1",
    )
    .await;
    club.clock.advance_secs(120);
    let crash = &club.backend.crash;
    for settled in [1, 0] {
        let pass = crash.settle_due(club.clock.now()).await.unwrap();
        assert_eq!((pass.settled, pass.failed), (settled, 1));
        assert_eq!(pass.cause.unwrap().0, unread.game_id);
    }
    assert_eq!(
        crash.next_due(club.clock.now()).await.unwrap(),
        None,
        "what failed is not waited for"
    );
    run(
        &club,
        "UPDATE crash_sessions SET point_hundredths = -point_hundredths WHERE user_id = 1",
    )
    .await;
    assert_eq!(settles(&club.backend).await, 1);
    let hand = wire::HandId(unread.game_id.0);
    let hand = club
        .backend
        .fairness
        .round(ann.member.user_id, &hand)
        .await
        .unwrap();
    assert_eq!(hand.payout.is_zero(), point < times(150));
    proves(&club).await;
}
