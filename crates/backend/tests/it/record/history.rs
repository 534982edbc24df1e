//! History: filters, and pages that neither lose nor repeat a hand.

use testkit::{Club, Player, apply, both_engines};
use wire::Code;
use wire::play::{HandSummary, HistoryRequest};

use super::verbs::*;
use crate::table::plays;

async fn pages(club: &Club, player: &Player, request: HistoryRequest) -> Vec<HandSummary> {
    let (mut hands, mut cursor) = (Vec::new(), None);
    loop {
        let request = HistoryRequest {
            limit: Some(2),
            cursor,
            ..request.clone()
        };
        let play = &club.backend.play;
        let page = play.history(player.member.user_id, request).await.unwrap();
        hands.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return hands,
        }
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[apply(both_engines)]
async fn hands_of_one_instant_are_all_listed_once(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    plays(&club, &bob, 1).await;
    for _ in 0..2 {
        plays(&club, &ann, 3).await;
        throws(&club, &ann, 10).await;
        club.clock.advance_secs(60);
    }
    let all = pages(&club, &ann, HistoryRequest::default()).await;
    let mut ids: Vec<_> = all.iter().map(|hand| hand.hand_id.clone()).collect();
    assert!(all.is_sorted_by(|a, b| (b.created_at, &b.hand_id) < (a.created_at, &a.hand_id)));
    ids.dedup();
    assert_eq!(ids.len(), 8);
    let slot = pages(
        &club,
        &ann,
        HistoryRequest {
            game_type: text("slot"),
            ..HistoryRequest::default()
        },
    )
    .await;
    assert_eq!(
        slot.iter()
            .map(|hand| hand.number)
            .collect::<Vec<_>>()
            .len(),
        6
    );
    assert!(slot.iter().all(|hand| hand.game == games::Game::Slot));
}

#[apply(both_engines)]
async fn from_an_instant_on_and_before_another(club: Club) {
    let ann = club.member("ann").await;
    for _ in 0..4 {
        plays(&club, &ann, 1).await;
        club.clock.advance_secs(60);
    }
    let ask = |since, until| HistoryRequest {
        since,
        until,
        ..HistoryRequest::default()
    };
    let some = pages(
        &club,
        &ann,
        ask(text("2026-01-01T00:01:00Z"), text("2026-01-01T00:03:00Z")),
    )
    .await;
    assert_eq!(
        some.iter().map(|hand| hand.number).collect::<Vec<_>>(),
        [3, 2]
    );
    for (since, until) in [(text("yesterday"), None), (None, text("1767225600"))] {
        let refused = club
            .backend
            .play
            .history(ann.member.user_id, ask(since, until))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
    }
    let request = HistoryRequest {
        cursor: text("nonsense"),
        ..HistoryRequest::default()
    };
    assert_eq!(
        club.backend
            .play
            .history(ann.member.user_id, request)
            .await
            .unwrap_err()
            .code(),
        Code::Invalid
    );
}
