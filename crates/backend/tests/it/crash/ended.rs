//! What is told of rounds that have ended, and of those that have not.

use testkit::{apply, both_engines};
use wire::{Code, GameId};

use super::verbs::*;
use crate::table::balance;

#[apply(both_engines)]
async fn how_a_round_ended_is_told_once_it_has_and_only_to_whose_it_was(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let round = round_where(&club, &ann, bet(50, Some(1.5)), |point| point >= times(150)).await;
    let (user, game) = (ann.member.user_id, &round.game_id);
    assert_eq!(
        club.backend.crash.ended(user, game).await.unwrap(),
        None,
        "its point is secret"
    );
    climbs_to(&club, times(150));
    assert_eq!(
        club.backend.crash.ended(user, game).await.unwrap(),
        None,
        "nobody has settled it"
    );
    settles(&club.backend).await;

    let point = point(&club, game).await.to_string().parse::<f64>().unwrap();
    let ended = club.backend.crash.ended(user, game).await.unwrap().unwrap();
    assert_eq!(
        (ended.status.as_str(), ended.cashed_out_at, ended.point),
        ("cashed", Some(1.5), point)
    );
    assert_eq!(
        (
            ended.bet_amount.get(),
            ended.payout.get(),
            ended.win_amount.get()
        ),
        (50, 75, 25)
    );
    assert_eq!(ended.balance.get(), balance(&club, &ann).await);
    assert!(ended.streak >= 1);

    for (user, game) in [
        (bob.member.user_id, game),
        (user, &GameId("nowhere".to_owned())),
    ] {
        let refused = club.backend.crash.ended(user, game).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
}

#[apply(both_engines)]
async fn past_rounds_are_the_newest_that_have_ended(club: Club) {
    let ann = club.member("ann").await;
    let user = ann.member.user_id;
    assert_eq!(club.backend.crash.past(user).await.unwrap(), []);
    let mut games = Vec::new();
    for _ in 0..14 {
        games.insert(
            0,
            bets(&club, &ann, bet(10, Some(1.01)), None)
                .await
                .unwrap()
                .game_id,
        );
        passes(&club).await;
    }
    let running = bets(&club, &ann, bet(10, None), None).await.unwrap();
    let past = club.backend.crash.past(user).await.unwrap();
    let told: Vec<_> = past.iter().map(|round| round.game_id.clone()).collect();
    assert_eq!(told, games[..12]);
    assert!(!told.contains(&running.game_id));
    for round in &past {
        let ended = club
            .backend
            .crash
            .ended(user, &round.game_id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (round.point, round.cashed_out_at),
            (ended.point, ended.cashed_out_at)
        );
    }
}
