//! The slot: what is refused moves nothing, a key plays once, a hand is stored whole.

use testkit::club::origin;
use testkit::{apply, both_engines};
use wire::Code;
use wire::play::HistoryRequest;
use wire::user::ProfileChange;

use crate::table::{balance, key, plays, spin, spins};

#[apply(both_engines)]
async fn a_spin_moves_the_stake_and_the_payout(club: Club) {
    let ann = club.member("ann").await;
    let result = spins(&club, &ann, spin(100, 5), None).await.unwrap();
    let expected = 1_000 - 100 + result.win_amount.get();
    assert_eq!(result.balance.get(), expected);
    assert_eq!(balance(&club, &ann).await, expected);
}

#[apply(both_engines)]
async fn what_the_rules_refuse_moves_nothing(club: Club) {
    let ann = club.member("ann").await;
    let refusals = [
        (spin(0, 5), Code::StakeTooSmall),
        (spin(-10, 5), Code::StakeTooSmall),
        (spin(9, 1), Code::StakeTooSmall),
        (spin(10_001, 1), Code::StakeTooLarge),
        (spin(i64::MAX, 1), Code::StakeTooLarge),
        (spin(11, 2), Code::StakeUneven),
        (spin(10, 0), Code::BadLines),
        (spin(10, 6), Code::BadLines),
        (spin(10, -1), Code::BadLines),
        (spin(5_000, 5), Code::InsufficientTokens),
    ];
    for (request, code) in refusals {
        let refused = spins(&club, &ann, request.clone(), None).await.unwrap_err();
        assert_eq!(refused.code(), code, "{request:?}");
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    let seeds = club
        .backend
        .fairness
        .seeds(ann.member.user_id)
        .await
        .unwrap();
    assert_eq!(seeds.active.nonce, 0, "a refused spin uses no nonce");
}

#[apply(both_engines)]
async fn the_same_key_plays_once(club: Club) {
    let ann = club.member("ann").await;
    let first = spins(&club, &ann, spin(10, 5), key("k")).await.unwrap();
    let again = spins(&club, &ann, spin(10, 5), key("k")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(balance(&club, &ann).await, first.balance.get());
    let other = spins(&club, &ann, spin(20, 5), key("k")).await.unwrap_err();
    assert_eq!(other.code(), Code::IdempotencyMismatch);
}

#[apply(both_engines)]
async fn the_same_key_raced_by_fifty_plays_once(club: Club) {
    let ann = club.member("ann").await;
    let racers: Vec<_> = (0..50)
        .map(|_| {
            let (club, ann) = (club.clone(), ann.clone());
            tokio::spawn(async move { spins(&club, &ann, spin(10, 5), key("race")).await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for racer in racers {
        answers.push(racer.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let report = club.backend.proofs.hands(None).await.unwrap().unwrap();
    assert_eq!(report.hands, 1);
    assert_eq!(balance(&club, &ann).await, answers[0].balance.get());
}

#[apply(both_engines)]
async fn a_refusal_does_not_bind_its_key(club: Club) {
    let ann = club.member("ann").await;
    let refused = spins(&club, &ann, spin(5_000, 5), key("k"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::InsufficientTokens);
    spins(&club, &ann, spin(10, 5), key("k")).await.unwrap();
}

#[apply(both_engines)]
async fn another_member_may_use_the_same_key(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let one = spins(&club, &ann, spin(10, 5), key("k")).await.unwrap();
    let two = spins(&club, &bob, spin(10, 5), key("k")).await.unwrap();
    assert_ne!(one.hand_id, two.hand_id);
}

#[apply(both_engines)]
async fn hands_are_numbered_within_a_session_that_closes_when_idle(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 3).await;
    club.clock.advance_secs(16 * 60);
    plays(&club, &ann, 2).await;
    let page = club
        .backend
        .play
        .history(ann.member.user_id, HistoryRequest::default())
        .await
        .unwrap();
    let mut numbers: Vec<i64> = page.items.iter().map(|hand| hand.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 1, 2, 2, 3]);
    let sessions: std::collections::BTreeSet<_> =
        page.items.iter().map(|hand| &hand.session_id).collect();
    assert_eq!(sessions.len(), 2);
}

#[apply(both_engines)]
async fn history_pages_without_gap_or_repeat(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 7).await;
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let request = HistoryRequest {
            limit: Some(3),
            cursor,
            ..HistoryRequest::default()
        };
        let page = club
            .backend
            .play
            .history(ann.member.user_id, request)
            .await
            .unwrap();
        seen.extend(page.items.into_iter().map(|hand| hand.hand_id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted_by(|a, b| a > b));
}

#[apply(both_engines)]
async fn statistics_are_the_sums_of_the_hands(club: Club) {
    let ann = club.member("ann").await;
    let mut staked = 0;
    let (mut won, mut wins, mut streak, mut best) = (0, 0, 0, 0);
    for hand in 0..40 {
        if hand == 20 {
            club.clock.advance_secs(24 * 60 * 60);
        }
        let result = spins(&club, &ann, spin(10, 5), None).await.unwrap();
        staked += 10;
        won += result.win_amount.get();
        let is_win = result.win_amount.get() > 10;
        wins += i64::from(is_win);
        streak = if is_win { streak + 1 } else { 0 };
        best = best.max(streak);
        assert_eq!(result.streak, streak);
    }
    let stats = club.backend.play.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.hands, stats.wins), (40, wins));
    assert_eq!((stats.staked.get(), stats.won.get()), (staked, won));
    assert_eq!((stats.current_streak, stats.best_streak), (streak, best));
    let me = club.backend.accounts.me(ann.member.user_id).await.unwrap();
    assert_eq!(me.experience, staked / 10);
}

#[apply(both_engines)]
async fn a_profile_change_moves_no_tokens(club: Club) {
    let ann = club.member("ann").await;
    let change = ProfileChange {
        nickname: Some("Annie".to_owned()),
        ..ProfileChange::default()
    };
    club.backend
        .accounts
        .change_profile(&ann.member, &origin(), change)
        .await
        .unwrap();
    assert_eq!(balance(&club, &ann).await, 1_000);
}
