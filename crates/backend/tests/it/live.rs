//! The live channel: what is heard, by whom, exactly once, and after being away.

mod away;
mod everyone;
mod processes;
pub(crate) mod verbs;

use backend::live::Ended;
use backend::{Device, Door};
use futures::FutureExt;
use testkit::club::{ban, origin};
use testkit::{apply, both_engines};
use wire::Code;
use wire::auth::LoginRequest;
use wire::live::{Event, Message, Notice, State, Topic};
use wire::staff::Role;

use crate::crash::verbs::{bet, bets, number, passes};
use crate::table::{key, plays, spin, spins};
use verbs::*;

#[apply(both_engines)]
async fn a_hand_moves_balance_and_statistics(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    let greeting = listener.greet().await.unwrap();
    assert!(hello(&greeting).recovered);
    assert_eq!(states(&greeting).len(), 3, "{greeting:?}");
    plays(&club, &ann, 1).await;
    let heard = hears(&mut listener).await;
    let Some(State::Stats(stats)) = states(&heard)
        .into_iter()
        .find(|it| matches!(it, State::Stats(_)))
    else {
        panic!("{heard:?}");
    };
    assert_eq!(stats.hands, 1);
    assert!(
        states(&heard)
            .iter()
            .any(|it| matches!(it, State::Balance(_)))
    );
    let Some(State::Session(Some(sitting))) = states(&heard)
        .into_iter()
        .find(|it| matches!(it, State::Session(_)))
    else {
        panic!("{heard:?}");
    };
    assert_eq!(sitting.hands, 1);
    let is_achievement = |event: &Event| matches!(event.notice, Notice::Achievement(_));
    assert!(
        events(&heard).iter().all(is_achievement),
        "a spin is no event, but the first one is achieved"
    );
}

#[apply(both_engines)]
async fn the_end_of_a_round_is_told_once_with_what_it_paid(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    let round = bets(&club, &ann, bet(100, None), None).await.unwrap();
    passes(&club).await;
    let heard = hears(&mut listener).await;
    let [first, event] = &events(&heard)[..] else {
        panic!("{heard:?}")
    };
    assert!(
        matches!(&first.notice, Notice::Achievement(it) if it.code == "first_hand"),
        "{first:?}"
    );
    let Notice::CrashEnded(end) = &event.notice else {
        panic!("{event:?}")
    };
    assert_eq!(
        (event.id, event.topic, &end.game_id),
        (2, Topic::Play, &round.game_id)
    );
    assert_eq!(
        (end.status.as_str(), end.payout.get(), end.balance.get()),
        ("crashed", 0, 900)
    );
    assert!(
        states(&heard)
            .iter()
            .any(|it| matches!(it, State::Balance(it) if it.seq == end.seq))
    );
    // The page of the game shows it; the list is for what is shown nowhere else.
    let user = ann.member.user_id;
    assert_eq!(club.backend.live.unread(user).await.unwrap().unread, 1);
    let list = club
        .backend
        .live
        .notifications(user, wire::page::PageRequest::default())
        .await
        .unwrap();
    assert!(
        list.items
            .iter()
            .all(|it| matches!(it.event.notice, Notice::Achievement(_))),
        "{list:?}"
    );
}

#[apply(both_engines)]
async fn a_refused_bet_and_a_replayed_spin_tell_nothing_new(club: Club) {
    let ann = club.member("ann").await;
    let name = key("one-spin");
    spins(&club, &ann, spin(10, 5), name.clone()).await.unwrap();
    let told = number(&club, "SELECT COUNT(*) FROM live_events").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    bets(&club, &ann, bet(5, None), None).await.unwrap_err();
    spins(&club, &ann, spin(10, 5), name).await.unwrap();
    assert_eq!(
        number(&club, "SELECT COUNT(*) FROM live_events").await,
        told
    );
    // Nobody is woken for either, so that what is heard next is the next thing alone.
    announces(&club, "Hello").await;
    let heard = hears(&mut listener).await;
    assert!(matches!(&heard[..], [Message::Event(_)]), "{heard:?}");
}

#[apply(both_engines)]
async fn only_the_topics_that_were_named_are_heard(club: Club) {
    let ann = club.member("ann").await;
    let mut club_only = listens(&club, &ann, only(&[Topic::Club])).await;
    let mut nothing = listens(&club, &ann, only(&[])).await;
    assert_eq!(club_only.greet().await.unwrap().len(), 1);
    assert_eq!(nothing.greet().await.unwrap().len(), 1);
    bets(&club, &ann, bet(100, None), None).await.unwrap();
    passes(&club).await;
    announces(&club, "Hello").await;
    let heard = hears(&mut club_only).await;
    assert!(
        matches!(&heard[..], [Message::Event(event)] if event.id == 3),
        "{heard:?}"
    );
    assert!(hears(&mut nothing).await.is_empty());
    nothing.subscribe(&[Topic::Account]);
    assert!(matches!(
        &hears(&mut nothing).await[..],
        [Message::State(_)]
    ));
    club_only.unsubscribe(&[Topic::Club]);
    announces(&club, "Again").await;
    assert!(hears(&mut club_only).await.is_empty());
}

#[apply(both_engines)]
async fn a_further_topic_wakes_the_connection_that_named_it_alone(club: Club) {
    let ann = club.member("ann").await;
    let mut one = listens(&club, &ann, only(&[])).await;
    let mut other = listens(&club, &ann, everything()).await;
    one.greet().await.unwrap();
    other.greet().await.unwrap();
    one.subscribe(&[Topic::Account]);
    assert!(other.arrived().now_or_never().is_none());
    assert!(matches!(&hears(&mut one).await[..], [Message::State(_)]));
    one.subscribe(&[Topic::Account]);
    assert!(
        one.arrived().now_or_never().is_none(),
        "a topic that was named before has nothing read"
    );
}

#[apply(both_engines)]
async fn nobody_hears_what_is_told_another_member(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    let token = ann.token.access_token.clone();
    let refused = club
        .backend
        .live
        .listen(
            &ann.member,
            &origin(),
            token,
            bob.member.user_id,
            everything(),
        )
        .await;
    assert_eq!(refused.err().unwrap().code(), Code::Forbidden);
    let accounts = &club.backend.accounts;
    accounts.promote("ann", Role::Owner).await.unwrap();
    let ann = club.signs_in("ann").await;
    let (admin, token) = (ann.member, ann.token.access_token);
    let mut listener = club
        .backend
        .live
        .listen(&admin, &origin(), token, bob.member.user_id, everything())
        .await
        .unwrap();
    listener.greet().await.unwrap();
    plays(&club, &bob, 1).await;
    assert!(!hears(&mut listener).await.is_empty());
}

#[apply(both_engines)]
async fn a_sitting_that_goes_idle_after_the_channel_went_was_disconnected(club: Club) {
    let (ann, bob) = (club.member("ann").await, club.member("bob").await);
    for (player, comes_back) in [(&ann, false), (&bob, true)] {
        let listener = listens(&club, player, everything()).await;
        plays(&club, player, 1).await;
        drop(listener);
        club.backend.live.note_departures().await.unwrap();
        if comes_back {
            drop(listens(&club, player, everything()).await);
        }
    }
    club.clock.advance_secs(16 * 60);
    club.backend.play.close_idle_sessions().await.unwrap();
    let ended = |status| format!("SELECT COUNT(*) FROM play_sessions WHERE status = '{status}'");
    assert_eq!(number(&club, &ended("disconnected")).await, 1);
    assert_eq!(number(&club, &ended("completed")).await, 1);
}

#[apply(both_engines)]
async fn an_ended_sign_in_ends_its_connections(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    club.backend
        .accounts
        .logout(&ann.member, None)
        .await
        .unwrap();
    listener.arrived().await;
    assert!(matches!(listener.collect().await, Err(Ended::SignedOut)));
}

#[apply(both_engines)]
async fn a_refresh_token_that_is_shown_twice_ends_its_connections(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    let (accounts, device) = (&club.backend.accounts, testkit::club::device());
    accounts
        .refresh(&ann.token.refresh_token, Door::Body, &device)
        .await
        .unwrap();
    accounts
        .refresh(&ann.token.refresh_token, Door::Body, &device)
        .await
        .unwrap_err();
    listener.arrived().await;
    assert!(matches!(listener.collect().await, Err(Ended::SignedOut)));
}

#[apply(both_engines)]
async fn a_sign_in_that_is_one_too_many_ends_the_connections_of_the_oldest(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    for n in 0..60_u8 {
        let device = Device {
            address: format!("192.0.2.{n}"),
            ..testkit::club::device()
        };
        let request = LoginRequest {
            site_id: "ann".to_owned(),
            password: testkit::club::PASSWORD.to_owned(),
        };
        club.clock.advance_secs(1);
        club.backend.accounts.login(request, &device).await.unwrap();
        if club
            .backend
            .accounts
            .authenticate(&ann.token.access_token)
            .await
            .is_err()
        {
            break;
        }
    }
    listener.arrived().await;
    assert!(matches!(listener.collect().await, Err(Ended::SignedOut)));
}

#[apply(both_engines)]
async fn a_banned_member_hears_no_more_and_neither_does_an_old_token(club: Club) {
    let ann = club.member("ann").await;
    let mut listener = listens(&club, &ann, everything()).await;
    listener.greet().await.unwrap();
    let boss = club.staff("boss").await;
    club.backend
        .accounts
        .ban(&boss, ann.member.user_id, ban("a test"))
        .await
        .unwrap();
    listener.arrived().await;
    assert!(matches!(listener.collect().await, Err(Ended::SignedOut)));
    let bob = club.member("bob").await;
    let listener = listens(&club, &bob, everything()).await;
    assert!(listener.check().await.is_ok());
    club.clock.advance_secs(31 * 60);
    assert!(matches!(listener.check().await, Err(Ended::SignedOut)));
}
