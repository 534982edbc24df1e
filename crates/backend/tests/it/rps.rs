//! Rock-paper-scissors: what is refused moves nothing, a key plays once, hands check.

use games::rps::Verdict;
use games::{Game, HandResult};
use testkit::{Club, Player, apply, both_engines, club::device};
use wire::Code;
use wire::play::HistoryRequest;
use wire::rps::{ThrowRequest, ThrowResult};

use crate::table::{balance, key, plays};

fn throw(choice: &str, bet_amount: i64) -> ThrowRequest {
    ThrowRequest {
        choice: choice.to_owned(),
        bet_amount,
    }
}

async fn throws(
    club: &Club,
    player: &Player,
    request: ThrowRequest,
    name: Option<&str>,
) -> backend::Result<ThrowResult> {
    let key = name.and_then(key);
    let rps = &club.backend.rps;
    rps.play(&player.member.claimed(), request, key, &device())
        .await
}

#[apply(both_engines)]
async fn a_throw_pays_by_its_verdict(club: Club) {
    let ann = club.member("ann").await;
    let mut before = 1_000;
    let mut seen = std::collections::HashSet::new();
    while seen.len() < 3 {
        let result = throws(&club, &ann, throw("paper", 10), None).await.unwrap();
        let paid = match result.result {
            Verdict::Win => 19,
            Verdict::Draw => 10,
            Verdict::Lose => 0,
        };
        assert_eq!(result.win_amount.get(), paid);
        assert_eq!(
            result.player_choice.against(result.computer_choice),
            result.result
        );
        assert_eq!(result.balance.get(), before - 10 + paid);
        before = balance(&club, &ann).await;
        seen.insert(result.result);
    }
}

#[apply(both_engines)]
async fn what_rps_refuses_moves_nothing(club: Club) {
    let ann = club.member("ann").await;
    let refusals = [
        (throw("rock", 0), Code::StakeTooSmall),
        (throw("rock", -10), Code::StakeTooSmall),
        (throw("rock", 9), Code::StakeTooSmall),
        (throw("rock", 10_001), Code::StakeTooLarge),
        (throw("rock", i64::MAX), Code::StakeTooLarge),
        (throw("rock", 5_000), Code::InsufficientTokens),
        (throw("lizard", 10), Code::Invalid),
        (throw("", 10), Code::Invalid),
    ];
    for (request, code) in refusals {
        let refused = throws(&club, &ann, request.clone(), None)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), code, "{request:?}");
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    let seeds = club
        .backend
        .fairness
        .seeds(ann.member.user_id)
        .await
        .unwrap();
    assert_eq!(seeds.active.nonce, 0, "a refused throw uses no nonce");
}

#[apply(both_engines)]
async fn the_same_key_throws_once(club: Club) {
    let ann = club.member("ann").await;
    let first = throws(&club, &ann, throw("rock", 10), Some("k"))
        .await
        .unwrap();
    let again = throws(&club, &ann, throw("rock", 10), Some("k"))
        .await
        .unwrap();
    assert_eq!(first, again);
    let other = throws(&club, &ann, throw("paper", 10), Some("k"))
        .await
        .unwrap_err();
    assert_eq!(other.code(), Code::IdempotencyMismatch);
}

#[apply(both_engines)]
async fn each_game_has_its_own_session_and_history(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 2).await;
    for _ in 0..3 {
        throws(&club, &ann, throw("rock", 10), None).await.unwrap();
    }
    let request = HistoryRequest {
        game_type: Some("rps".to_owned()),
        ..HistoryRequest::default()
    };
    let hands = club
        .backend
        .play
        .history(ann.member.user_id, request)
        .await
        .unwrap()
        .items;
    let mut numbers: Vec<i64> = hands.iter().map(|hand| hand.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);
    assert!(
        hands
            .iter()
            .all(|hand| hand.game == Game::Rps && hand.result != HandResult::Bonus)
    );
}
