//! Verbs of whoever listens.

use std::time::Duration;

use backend::live::{Listener, Resume, Wanted};
use testkit::club::origin;
use testkit::{Club, Player};
use wire::live::{Announcement, Event, Hello, Message, State, Topic};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) fn everything() -> Wanted {
    only(&Topic::ALL)
}

pub(crate) fn only(topics: &[Topic]) -> Wanted {
    Wanted {
        topics: topics.to_vec(),
        events: true,
        resume: None,
    }
}

/// Everything after that event of that log.
pub(crate) fn after(epoch: &str, id: i64) -> Wanted {
    let epoch = epoch.to_owned();
    Wanted {
        resume: Some(Resume { epoch, id }),
        ..everything()
    }
}

pub(crate) async fn listens(club: &Club, player: &Player, wanted: Wanted) -> Listener {
    let token = player.token.access_token.clone();
    let live = &club.backend.live;
    let user = player.member.user_id;
    live.listen(&player.member, &origin(), token, user, wanted)
        .await
        .unwrap()
}

/// What a connection gets that begins now.
pub(crate) async fn greeted(club: &Club, player: &Player, wanted: Wanted) -> Vec<Message> {
    listens(club, player, wanted).await.greet().await.unwrap()
}

/// What is there after the next wake.
pub(crate) async fn hears(listener: &mut Listener) -> Vec<Message> {
    let arrived = tokio::time::timeout(PATIENCE, listener.arrived()).await;
    arrived.expect("something arrives");
    listener.collect().await.unwrap()
}

/// Says something to everyone, and does what the job does.
pub(crate) async fn announces(club: &Club, title: &str) {
    let words = Announcement {
        title: title.to_owned(),
        body: String::new(),
    };
    club.backend.live.announce(words).await.unwrap();
    club.backend.live.tell_everyone().await.unwrap();
}

pub(crate) fn hello(messages: &[Message]) -> Hello {
    match &messages[0] {
        Message::Hello(hello) => hello.clone(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn events(messages: &[Message]) -> Vec<Event> {
    let event = |message: &Message| match message {
        Message::Event(event) => Some(event.clone()),
        _ => None,
    };
    messages.iter().filter_map(event).collect()
}

pub(crate) fn ids(messages: &[Message]) -> Vec<i64> {
    events(messages).iter().map(|event| event.id).collect()
}

pub(crate) fn states(messages: &[Message]) -> Vec<State> {
    let state = |message: &Message| match message {
        Message::State(message) => Some(message.state.clone()),
        _ => None,
    };
    messages.iter().filter_map(state).collect()
}
