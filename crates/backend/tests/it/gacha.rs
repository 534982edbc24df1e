//! The gacha: ten or nothing, pity and collection persist, hands check, history exports.

use backend::fairness::Fault;
use games::gacha::{State, next_odds};
use games::{Play, verify};
use testkit::{Club, Player, apply, both_engines, club::device};
use wire::Code;
use wire::fairness::{RotateRequest, RoundsRequest};
use wire::gacha::{PastRoundsRequest, PullRequest, PullResult};

use crate::table::{balance, key, plays, run};

fn pulls(pull_count: i64) -> PullRequest {
    PullRequest {
        pull_count,
        gacha_id: "standard".to_owned(),
        use_premium_currency: false,
    }
}

async fn pull(
    club: &Club,
    player: &Player,
    request: PullRequest,
    name: Option<&str>,
) -> backend::Result<PullResult> {
    let key = name.and_then(key);
    let gacha = &club.backend.gacha;
    gacha
        .pull(player.member.user_id, request, key, &device())
        .await
}

#[apply(both_engines)]
async fn a_ten_pull_is_one_hand_charged_once(club: Club) {
    let ann = club.member("ann").await;
    let result = pull(&club, &ann, pulls(10), None).await.unwrap();
    assert_eq!(result.items.len(), 10);
    assert_eq!((result.cost.get(), result.balance.get()), (450, 550));
    let report = club.backend.proofs.hands(None).await.unwrap().unwrap();
    assert_eq!(report.hands, 1);
}

#[apply(both_engines)]
async fn ten_pulls_with_tokens_for_nine_deliver_nothing(club: Club) {
    let ann = club.member("ann").await;
    pull(&club, &ann, pulls(10), None).await.unwrap();
    for _ in 0..3 {
        pull(&club, &ann, pulls(1), None).await.unwrap();
    }
    let before = club.backend.gacha.stats(ann.member.user_id).await.unwrap();
    let refused = pull(&club, &ann, pulls(10), None).await.unwrap_err();
    assert_eq!(refused.code(), Code::InsufficientTokens);
    assert_eq!(balance(&club, &ann).await, 400);
    assert_eq!(
        club.backend.gacha.stats(ann.member.user_id).await.unwrap(),
        before
    );
}

#[apply(both_engines)]
async fn what_the_gacha_refuses_moves_nothing(club: Club) {
    let ann = club.member("ann").await;
    let other = PullRequest {
        gacha_id: "golden".to_owned(),
        ..pulls(1)
    };
    let premium = PullRequest {
        use_premium_currency: true,
        ..pulls(1)
    };
    for request in [
        pulls(0),
        pulls(-1),
        pulls(11),
        pulls(i64::MAX),
        other,
        premium,
    ] {
        let refused = pull(&club, &ann, request.clone(), None).await.unwrap_err();
        assert_eq!(refused.code(), Code::Invalid, "{request:?}");
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    let stats = club.backend.gacha.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.pulls, stats.pity), (0, 0));
    assert_eq!(stats.state, State::fresh());
}

#[apply(both_engines)]
async fn pity_and_history_run_on_from_round_to_round(club: Club) {
    let ann = club.member("ann").await;
    let first = pull(&club, &ann, pulls(7), None).await.unwrap();
    let second = pull(&club, &ann, pulls(3), None).await.unwrap();
    let state = first
        .items
        .iter()
        .chain(&second.items)
        .fold(State::fresh(), |state, item| state.after(item.rarity));
    assert_eq!(second.state, state);
    let stats = club.backend.gacha.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.pulls, stats.pity), (10, second.pity));
    assert_eq!(stats.next_odds, next_odds(&state));
    assert_eq!(
        stats
            .chances
            .iter()
            .map(|chance| chance.pulls)
            .collect::<Vec<_>>(),
        [10, 90]
    );
}

#[apply(both_engines)]
async fn pulls_count_in_no_win_rate(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 3).await;
    pull(&club, &ann, pulls(2), None).await.unwrap();
    let stats = club.backend.play.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.hands, stats.rated_hands), (4, 3));
}

#[apply(both_engines)]
async fn the_collection_counts_every_item(club: Club) {
    let ann = club.member("ann").await;
    let one = pull(&club, &ann, pulls(10), None).await.unwrap();
    let two = pull(&club, &ann, pulls(10), None).await.unwrap();
    let stats = club.backend.gacha.stats(ann.member.user_id).await.unwrap();
    assert_eq!(
        stats
            .collection
            .iter()
            .map(|owned| owned.count)
            .sum::<i64>(),
        20
    );
    for owned in &stats.collection {
        let pulled = one
            .items
            .iter()
            .chain(&two.items)
            .filter(|item| item.code == owned.code);
        assert_eq!(
            pulled.clone().count(),
            usize::try_from(owned.count).unwrap()
        );
        assert_eq!(pulled.map(|item| item.count).max(), Some(owned.count));
    }
}

#[apply(both_engines)]
async fn the_same_key_raced_by_twenty_pulls_once(club: Club) {
    let ann = club.member("ann").await;
    let racers: Vec<_> = (0..20)
        .map(|_| {
            let (club, ann) = (club.clone(), ann.clone());
            tokio::spawn(async move { pull(&club, &ann, pulls(10), Some("race")).await.unwrap() })
        })
        .collect();
    let mut answers = Vec::new();
    for racer in racers {
        answers.push(racer.await.unwrap());
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(balance(&club, &ann).await, 550);
    assert_eq!(
        club.backend
            .gacha
            .stats(ann.member.user_id)
            .await
            .unwrap()
            .pulls,
        10
    );
}

#[apply(both_engines)]
async fn two_tabs_at_once_never_share_a_state(club: Club) {
    let ann = club.member("ann").await;
    let tabs: Vec<_> = (0..8)
        .map(|_| {
            let (club, ann) = (club.clone(), ann.clone());
            tokio::spawn(async move { pull(&club, &ann, pulls(2), None).await.unwrap() })
        })
        .collect();
    for tab in tabs {
        tab.await.unwrap();
    }
    let fairness = &club.backend.fairness;
    fairness
        .rotate(ann.member.user_id, RotateRequest::default())
        .await
        .unwrap();
    let rounds = fairness
        .rounds(ann.member.user_id, RoundsRequest::default())
        .await
        .unwrap();
    let mut state = State::fresh();
    for round in rounds.items {
        let Play::Gacha { before, outcome } = round.play else {
            panic!("a round of pulls")
        };
        assert_eq!(before, state, "nonce {}", round.nonce);
        state = outcome.after;
    }
    let stats = club.backend.gacha.stats(ann.member.user_id).await.unwrap();
    assert_eq!((stats.pulls, stats.state), (16, state));
}

#[apply(both_engines)]
async fn pulls_that_do_not_go_on_where_the_last_ended_are_named(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    for player in [&ann, &bob] {
        pull(&club, player, pulls(3), None).await.unwrap();
        club.backend
            .fairness
            .rotate(player.member.user_id, RotateRequest::default())
            .await
            .unwrap();
        pull(&club, player, pulls(2), None).await.unwrap();
    }
    club.backend.proofs.hands(None).await.unwrap().unwrap();
    club.tampers();
    let forget = "UPDATE gacha_states SET state = '{\"since_epic\":0,\"recent\":[]}' WHERE user_id = (SELECT MAX(id) FROM users)";
    run(&club, forget).await;
    let shorted = pull(&club, &bob, pulls(1), None).await.unwrap().hand_id;
    let fault = club.backend.proofs.hands(None).await.unwrap().unwrap_err();
    let Fault::Hand { hand, fault } = fault else {
        panic!("{fault}")
    };
    assert_eq!((hand, fault), (shorted.0, verify::Fault::Continuity));
}

#[apply(both_engines)]
async fn history_pages_and_exports(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..3 {
        pull(&club, &ann, pulls(2), None).await.unwrap();
    }
    let request = PastRoundsRequest {
        limit: Some(2),
        cursor: None,
    };
    let first = club
        .backend
        .gacha
        .history(ann.member.user_id, request)
        .await
        .unwrap();
    let request = PastRoundsRequest {
        limit: Some(2),
        cursor: first.next_cursor.clone(),
    };
    let rest = club
        .backend
        .gacha
        .history(ann.member.user_id, request)
        .await
        .unwrap();
    assert_eq!(
        (first.items.len(), rest.items.len(), rest.next_cursor),
        (2, 1, None)
    );
    let csv = club.backend.gacha.export(ann.member.user_id).await.unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "hand_id,pulled_at,rules_version,item,rarity");
    assert_eq!(lines.len(), 7);
    assert!(lines[1].starts_with(first.items[0].hand_id.as_str()));
}
