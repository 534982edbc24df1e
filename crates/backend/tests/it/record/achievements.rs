//! Achievements: unlocked once, told once, claimed once.

use testkit::{Club, Player, apply, both_engines};
use wire::achievements::Claimed;
use wire::{Code, UserId};

use super::verbs::*;
use crate::crash::verbs::number;
use crate::table::{balance, key, plays, raced, run, spin, spins};

async fn claims(
    club: &Club,
    player: &Player,
    code: &str,
    name: Option<&str>,
) -> backend::Result<Claimed> {
    let key = name.and_then(key);
    let all = &club.backend.achievements;
    all.claim(player.member.user_id, code, key).await
}

async fn events(club: &Club) -> i64 {
    number(
        club,
        "SELECT COUNT(*) FROM live_events WHERE notice LIKE '%ACHIEVEMENT%'",
    )
    .await
}

/// Makes the next hand look like the hundredth.
async fn has_played_99(club: &Club) {
    run(club, "UPDATE play_totals SET hands = 99").await;
}

#[apply(both_engines)]
async fn there_are_twelve_and_more_and_all_can_be_met(club: Club) {
    let ann = club.member("ann").await;
    let all = achievements(&club, &ann).await;
    assert!(all.len() >= 12);
    assert!(
        all.iter()
            .all(|it| it.progress == 0 && it.threshold > 0 && !it.is_claimable())
    );
    assert!(all.iter().all(|it| it.reward.get() > 0));
}

#[apply(both_engines)]
async fn the_first_hand_unlocks_and_tells_in_its_transaction(club: Club) {
    let ann = club.member("ann").await;
    let refused = spins(&club, &ann, spin(5_000, 5), None).await;
    assert!(refused.is_err());
    assert_eq!(
        (codes(&club, &ann).await.len(), events(&club).await),
        (0, 0)
    );
    throws(&club, &ann, 10).await;
    let mine = codes(&club, &ann).await;
    assert!(mine.contains(&"first_hand".to_owned()), "{mine:?}");
    assert_eq!(events(&club).await, mine.len() as i64);
    plays(&club, &ann, 1).await;
    assert_eq!(
        number(
            &club,
            "SELECT COUNT(*) FROM achievement_unlocks WHERE code = 'first_hand'"
        )
        .await,
        1
    );
    let badges = club
        .backend
        .accounts
        .public(ann.member.user_id)
        .await
        .unwrap()
        .badges;
    assert_eq!(badges.len(), codes(&club, &ann).await.len());
}

#[apply(both_engines)]
async fn fifty_hands_at_once_unlock_once(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    has_played_99(&club).await;
    raced(50, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move { throws(&club, &ann, 10).await }
    })
    .await;
    assert!(
        codes(&club, &ann)
            .await
            .contains(&"hundred_hands".to_owned())
    );
    assert_eq!(
        number(
            &club,
            "SELECT COUNT(*) FROM achievement_unlocks WHERE code = 'hundred_hands'"
        )
        .await,
        1
    );
    assert_eq!(
        number(
            &club,
            "SELECT COUNT(*) FROM live_events WHERE notice LIKE '%hundred_hands%'"
        )
        .await,
        1
    );
    assert_eq!(
        number(&club, "SELECT hands FROM play_totals WHERE game = 'all'").await,
        149
    );
}

#[apply(both_engines)]
async fn what_a_game_asks_for_no_other_game_gives(club: Club) {
    let ann = club.member("ann").await;
    throws(&club, &ann, 10).await;
    plays(&club, &ann, 1).await;
    run(
        &club,
        "UPDATE play_totals SET hands = 300 WHERE game IN ('rps', 'all')",
    )
    .await;
    throws(&club, &ann, 10).await;
    assert!(
        !codes(&club, &ann)
            .await
            .contains(&"slot_regular".to_owned())
    );
    run(
        &club,
        "UPDATE play_totals SET hands = 300 WHERE game = 'slot'",
    )
    .await;
    plays(&club, &ann, 1).await;
    assert!(
        codes(&club, &ann)
            .await
            .contains(&"slot_regular".to_owned())
    );
}

#[apply(both_engines)]
async fn a_collection_counts_different_items(club: Club) {
    let ann = club.member("ann").await;
    let request = wire::gacha::PullRequest {
        pull_count: 10,
        gacha_id: "standard".to_owned(),
        use_premium_currency: false,
    };
    for _ in 0..2 {
        let gacha = &club.backend.gacha;
        gacha
            .pull(
                ann.member.user_id,
                request.clone(),
                None,
                &testkit::club::device(),
            )
            .await
            .unwrap();
    }
    let owned = number(&club, "SELECT COUNT(*) FROM inventory").await;
    assert_eq!(
        number(&club, "SELECT items FROM play_totals WHERE game = 'all'").await,
        owned
    );
    assert_eq!(
        codes(&club, &ann).await.contains(&"collector".to_owned()),
        owned >= 10
    );
    let all = achievements(&club, &ann).await;
    let curator = all.iter().find(|it| it.code == "curator").unwrap();
    assert_eq!((curator.progress, curator.threshold), (owned, 28));
}

#[apply(both_engines)]
async fn all_four_games_are_four(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    throws(&club, &ann, 10).await;
    run(
        &club,
        "UPDATE play_totals SET games = 13 WHERE game = 'all'",
    )
    .await;
    assert!(!codes(&club, &ann).await.contains(&"all_games".to_owned()));
    throws(&club, &ann, 10).await;
    assert!(codes(&club, &ann).await.contains(&"all_games".to_owned()));
}

#[apply(both_engines)]
async fn a_reward_is_claimed_once_whoever_asks_how_often(club: Club) {
    let ann = club.member("ann").await;
    throws(&club, &ann, 10).await;
    let before = balance(&club, &ann).await;
    let answers = raced(50, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move { claims(&club, &ann, "first_hand", None).await }
    })
    .await;
    let (taken, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(taken.len(), 1);
    assert!(
        refused
            .into_iter()
            .all(|error| error.unwrap_err().code() == Code::AlreadyClaimed)
    );
    assert_eq!(balance(&club, &ann).await, before + 50);
    assert_eq!(
        number(
            &club,
            "SELECT COUNT(*) FROM transfers WHERE kind = 'achievement'"
        )
        .await,
        1
    );
}

#[apply(both_engines)]
async fn the_same_key_hears_the_same_answer(club: Club) {
    let ann = club.member("ann").await;
    throws(&club, &ann, 10).await;
    let first = claims(&club, &ann, "first_hand", Some("k")).await.unwrap();
    plays(&club, &ann, 1).await;
    assert_eq!(
        claims(&club, &ann, "first_hand", Some("k")).await.unwrap(),
        first
    );
    let other = claims(&club, &ann, "first_win", Some("k"))
        .await
        .unwrap_err();
    assert_eq!(other.code(), Code::IdempotencyMismatch);
}

#[apply(both_engines)]
async fn what_cannot_be_claimed_moves_nothing(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    throws(&club, &bob, 10).await;
    for code in ["first_hand", "thousand_hands", "no_such_thing", ""] {
        assert_eq!(
            claims(&club, &ann, code, Some("k"))
                .await
                .unwrap_err()
                .code(),
            Code::NotFound,
            "{code}"
        );
    }
    assert_eq!(balance(&club, &ann).await, 1_000);
    throws(&club, &ann, 10).await;
    claims(&club, &ann, "first_hand", Some("k")).await.unwrap();
}

#[apply(both_engines)]
async fn others_see_only_what_is_unlocked(club: Club) {
    let ann = club.member("ann").await;
    throws(&club, &ann, 10).await;
    claims(&club, &ann, "first_hand", None).await.unwrap();
    let ben = club.member("ben").await.member;
    let all = &club.backend.achievements;
    let seen = all.list(&ben, ann.member.user_id).await.unwrap().items;
    assert_eq!(seen.len(), unlocked(&club, &ann).await.len());
    assert!(
        seen.iter()
            .all(|it| it.unlocked_at.is_some() && it.claimed_at.is_none())
    );
    assert_eq!(
        all.list(&ben, UserId(999)).await.unwrap_err().code(),
        Code::NotFound
    );
}
