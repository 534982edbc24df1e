//! Sittings: how they open, how they close, and what they keep.

use games::Game;
use testkit::{Club, Engine, apply, both_engines};
use wire::{Code, PlaySessionId};

use super::verbs::*;
use crate::crash::verbs::{another_process, bet, bets, number, passes, settles};
use crate::live::verbs::{everything, listens};
use crate::table::{holds, plays, raced, spin, spins};

const IDLE_SECS: i64 = 15 * 60;

/// How a session stands in its row: nobody is told of one that is closed.
async fn status(club: &Club, status: &str) -> i64 {
    number(
        club,
        &format!("SELECT COUNT(*) FROM play_sessions WHERE status = '{status}'"),
    )
    .await
}

async fn closes(club: &Club) -> usize {
    club.backend.play.close_idle_sessions().await.unwrap()
}

#[apply(both_engines)]
async fn a_session_opens_before_its_first_hand_and_keeps_count(club: Club) {
    let ann = club.member("ann").await;
    assert_eq!(current(&club, &ann).await, None);
    let opened = starts(&club, &ann, "slot").await.unwrap();
    assert_eq!(
        (opened.game, opened.status.as_str(), opened.hands),
        (Game::Slot, "active", 0)
    );
    assert_eq!((opened.balance_start.get(), opened.stake.get()), (1_000, 0));
    club.clock.advance_secs(60);
    spins(&club, &ann, spin(50, 5), None).await.unwrap();
    let last = spins(&club, &ann, spin(20, 5), None).await.unwrap();
    let session = current(&club, &ann).await.unwrap();
    assert_eq!(session.session_id, opened.session_id);
    assert_eq!((session.hands, session.staked.get()), (2, 70));
    assert_eq!((session.stake.get(), session.stake_max.get()), (20, 50));
    assert_eq!(session.balance_end, last.balance);
    assert_eq!(session.balance_end.get(), 1_000 - 70 + session.won.get());
    assert_eq!(
        session.last_hand_at.millis_since(session.started_at),
        60_000
    );
    let ended = ends(&club, &ann, &session).await.unwrap();
    assert_eq!(
        (ended.status.as_str(), ended.ended_at),
        ("completed", Some(session.last_hand_at))
    );
    assert_eq!(current(&club, &ann).await, None);
}

#[apply(both_engines)]
async fn what_cannot_be_opened_or_closed_is_refused(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    assert_eq!(
        starts(&club, &ann, "poker").await.unwrap_err().code(),
        Code::UnknownGame
    );
    let session = starts(&club, &ann, "rps").await.unwrap();
    assert_eq!(
        starts(&club, &ann, "rps").await.unwrap_err().code(),
        Code::SessionOpen
    );
    starts(&club, &ann, "slot").await.unwrap();
    starts(&club, &bob, "rps").await.unwrap();
    assert_eq!(
        ends(&club, &bob, &session).await.unwrap_err().code(),
        Code::NotFound
    );
    let unknown = wire::play::PlaySession {
        session_id: PlaySessionId("none".to_owned()),
        ..session.clone()
    };
    assert_eq!(
        ends(&club, &ann, &unknown).await.unwrap_err().code(),
        Code::NotFound
    );
    ends(&club, &ann, &session).await.unwrap();
    assert_eq!(
        ends(&club, &ann, &session).await.unwrap_err().code(),
        Code::SessionEnded
    );
    assert_eq!(
        (
            status(&club, "active").await,
            status(&club, "completed").await
        ),
        (2, 1)
    );
}

#[apply(both_engines)]
async fn of_twenty_that_open_at_once_one_does(club: Club) {
    let ann = club.member("ann").await;
    let answers = raced(20, |_| {
        let (club, ann) = (club.clone(), ann.clone());
        async move { starts(&club, &ann, "slot").await }
    })
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let refused = answers.into_iter().filter_map(Result::err);
    assert!(
        refused
            .into_iter()
            .all(|error| error.code() == Code::SessionOpen)
    );
}

#[apply(both_engines)]
async fn a_session_ends_by_itself_at_its_last_hand(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    let played = current(&club, &ann).await.unwrap();
    club.clock.advance_secs(IDLE_SECS - 1);
    assert_eq!(closes(&club).await, 0);
    assert!(current(&club, &ann).await.is_some());
    club.clock.advance_secs(1);
    assert_eq!(
        current(&club, &ann).await,
        None,
        "also before the job came by"
    );
    assert_eq!(closes(&club).await, 1);
    assert_eq!(closes(&club).await, 0);
    let sql = "SELECT ended_at FROM play_sessions WHERE status = 'completed'";
    assert_eq!(number(&club, sql).await, played.last_hand_at.millis());
    plays(&club, &ann, 1).await;
    assert_ne!(
        current(&club, &ann).await.unwrap().session_id,
        played.session_id
    );
}

#[apply(both_engines)]
async fn whoever_left_is_disconnected_unless_they_come_back(club: Club) {
    let (ann, bob, cleo) = (
        club.member("ann").await,
        club.member("bob").await,
        club.member("cleo").await,
    );
    for player in [&ann, &bob, &cleo] {
        plays(&club, player, 1).await;
        club.clock.advance_secs(5);
        club.backend.play.left(player.member.user_id).await.unwrap();
    }
    club.backend
        .play
        .returned(bob.member.user_id)
        .await
        .unwrap();
    plays(&club, &cleo, 1).await;
    club.clock.advance_secs(IDLE_SECS);
    assert_eq!(closes(&club).await, 3);
    assert_eq!(
        (
            status(&club, "disconnected").await,
            status(&club, "completed").await
        ),
        (1, 2)
    );
    let gone = format!(
        "SELECT ended_at - last_hand_at FROM play_sessions WHERE user_id = {}",
        ann.member.user_id
    );
    assert_eq!(number(&club, &gone).await, 5_000);
}

#[apply(both_engines)]
async fn whoever_closes_their_last_page_has_left_until_they_open_one(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    for player in [&ann, &bob] {
        plays(&club, player, 1).await;
        drop(listens(&club, player, everything()).await);
    }
    club.backend.live.note_departures().await.unwrap();
    let open = listens(&club, &bob, everything()).await;
    club.backend.live.note_departures().await.unwrap();
    club.clock.advance_secs(IDLE_SECS);
    assert_eq!(closes(&club).await, 2);
    assert_eq!(
        (
            status(&club, "disconnected").await,
            status(&club, "completed").await
        ),
        (1, 1)
    );
    drop(open);
}

#[apply(both_engines)]
async fn the_next_hand_closes_what_was_left(club: Club) {
    let ann = club.member("ann").await;
    plays(&club, &ann, 1).await;
    club.backend.play.left(ann.member.user_id).await.unwrap();
    club.clock.advance_secs(IDLE_SECS);
    plays(&club, &ann, 1).await;
    assert_eq!(
        (
            status(&club, "disconnected").await,
            status(&club, "active").await
        ),
        (1, 1)
    );
}

#[apply(both_engines)]
async fn a_round_of_crash_is_a_sitting_from_its_bet_on(club: Club) {
    let ann = club.member("ann").await;
    bets(&club, &ann, bet(100, None), None).await.unwrap();
    let session = current(&club, &ann).await.unwrap();
    assert_eq!(
        (session.game, session.stake.get(), session.hands),
        (Game::Crash, 100, 0)
    );
    assert_eq!(session.balance_start.get(), 1_000);
    assert_eq!(
        ends(&club, &ann, &session).await.unwrap_err().code(),
        Code::RoundActive
    );
    passes(&club).await;
    let played = current(&club, &ann).await.unwrap();
    assert_eq!(
        (played.session_id, played.hands, played.staked.get()),
        (session.session_id, 1, 100)
    );
}

#[apply(both_engines)]
async fn a_round_that_is_settled_late_belongs_to_its_sitting(club: Club) {
    let ann = club.member("ann").await;
    let round = bets(&club, &ann, bet(100, None), None).await.unwrap();
    club.clock.advance_secs(20 * 60);
    assert_eq!(closes(&club).await, 0, "a round is running in it");
    assert_eq!(settles(&club.backend).await, 1);
    assert_eq!(number(&club, "SELECT COUNT(*) FROM play_sessions").await, 1);
    let sql = format!("SELECT number FROM hands WHERE id = '{}'", round.game_id);
    assert_eq!(number(&club, &sql).await, 1);
    assert_eq!(closes(&club).await, 0);
}

#[apply(both_engines)]
async fn two_processes_close_every_session_once(club: Club) {
    for n in 0..12 {
        let player = club.member(&format!("member{n}")).await;
        starts(&club, &player, "slot").await.unwrap();
    }
    club.clock.advance_secs(IDLE_SECS);
    let backends = [club.backend.clone(), another_process(&club, |_| ())];
    let closed = raced(6, |n| {
        let backend = backends[n % 2].clone();
        async move { backend.play.close_idle_sessions().await.unwrap() }
    })
    .await;
    assert_eq!(closed.iter().sum::<usize>(), 12);
    assert_eq!(status(&club, "completed").await, 12);
}

#[apply(both_engines)]
async fn a_session_whose_member_is_held_keeps_no_other_open(club: Club) {
    let mut members = Vec::new();
    for n in 0..3 {
        let player = club.member(&format!("member{n}")).await;
        starts(&club, &player, "slot").await.unwrap();
        members.push(player);
    }
    club.clock.advance_secs(IDLE_SECS);
    if club.engine == Engine::Postgres {
        let (release, holder) = holds(&club, members[1].member.user_id).await;
        assert_eq!(closes(&club).await, 2);
        release.send(()).unwrap();
        holder.await.unwrap();
    }
    closes(&club).await;
    assert_eq!(status(&club, "completed").await, 3);
}
