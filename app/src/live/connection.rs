//! One connection for the whole page: opened while a member looks, and again when it was lost.

use std::pin::pin;

use futures::{
    StreamExt,
    future::{Either, select},
};
use gloo_net::{
    eventsource::futures::EventSource,
    websocket::{Message, WebSocketError, futures::WebSocket},
};
use leptos::prelude::*;
use wire::{UserId, live::close};

use super::{
    Live,
    hear::{Ears, Place},
};
use crate::{
    browser,
    network::use_network,
    session::{call, ensure_fresh, load_viewer, renew_now, use_session, use_wallet},
    task::spawn_owned,
    ui::use_toasts,
    wait::until_at_most,
};

/// The longest wait before the first further try, in milliseconds; it doubles with each.
const PAUSE_MS: u32 = 1_000;
/// The longest wait of all.
const PAUSE_MAX_MS: u32 = 30_000;
/// How long the club may take to say who looks.
const ANSWER_MAX_MS: i32 = 10_000;
/// Failures after which a wait is long enough for the page to find out who is signed in.
const SETTLED_FAILURES: u32 = 3;
/// Where a proxy lets no WebSocket through, every third try in a row goes another way.
const SOCKETS_IN_A_ROW: u32 = 2;

/// Opens the channel of whoever looks, and closes it when they go.
pub(super) fn follow_viewer(live: Live) {
    let ears = Ears {
        live,
        wallet: use_wallet(),
        session: use_session(),
        toasts: use_toasts(),
        i18n: crate::i18n::use_i18n(),
    };
    let wakes = use_network().wakes;
    Effect::new(move || {
        let member = ears.wallet.owner();
        live.connected.set(false);
        // Another member, or nobody, ends it: it belongs to this run of the effect.
        if let Some(member) = member {
            spawn_owned(keep(ears, member, wakes));
        }
    });
    Effect::new(move |before: Option<u32>| {
        let wakes = wakes.get();
        if before.is_some() {
            live.resumed.update(|it| *it += 1);
        }
        wakes
    });
}

/// Keeps the channel open until it is ended.
async fn keep(ears: Ears, member: UserId, wakes: RwSignal<u32>) {
    let mut place = Place::default();
    let mut failures = 0;
    loop {
        ensure_fresh().await;
        let by_socket = failures % (SOCKETS_IN_A_ROW + 1) < SOCKETS_IN_A_ROW;
        let end = if by_socket {
            listen_by_socket(ears, member, &mut place).await
        } else {
            listen_by_events(ears, member, &mut place).await
        };
        ears.live.connected.set(false);
        failures = if end.was_open { 0 } else { failures + 1 };
        pause(failures, wakes).await;
        // A try that was refused looks to a page like one that was lost.
        let is_signed_out = end.is_signed_out || !end.was_open && is_gone(member, wakes).await;
        // After the pause: whoever signs out here is told so twice, and the answer takes the cookies.
        // What was renewed may be the sign-in of somebody else, from another tab.
        if is_signed_out && (!renew_now().await || is_gone(member, wakes).await) {
            // If it is another who is signed in by now, or nobody, this ends while it waits.
            ears.session.reload();
            pause(SETTLED_FAILURES, wakes).await;
        }
    }
}

/// Whether the club says that nobody looks, or another than the member; not where it says nothing
/// before the next try is due.
async fn is_gone(member: UserId, wakes: RwSignal<u32>) -> bool {
    let before = wakes.try_get_untracked();
    let due = until_at_most(ANSWER_MAX_MS, move || wakes.try_get() != before);
    match select(pin!(call(load_viewer)), pin!(due)).await {
        Either::Left((Ok(viewer), _)) => viewer.is_none_or(|viewer| viewer.user.id != member),
        Either::Left((Err(_), _)) | Either::Right(_) => false,
    }
}

/// How a connection ended.
#[derive(Default)]
struct End {
    /// Whether it had begun.
    was_open: bool,
    /// Whether the club said that the sign-in does not count any more.
    is_signed_out: bool,
}

/// Listens until the socket closes.
async fn listen_by_socket(ears: Ears, member: UserId, place: &mut Place) -> End {
    let mut end = End::default();
    let path = format!("/ws/notifications/{member}?last_event_id={}", place.known());
    let Ok(mut socket) = WebSocket::open(&browser::socket_address(&path)) else {
        return end;
    };
    while let Some(message) = socket.next().await {
        match message {
            Ok(Message::Text(text)) => {
                end.was_open = true;
                ears.hear(place, &text);
            }
            Err(WebSocketError::ConnectionClose(event)) => {
                end.is_signed_out = event.code == close::SIGNED_OUT;
            }
            _ => {}
        }
    }
    end
}

/// Listens until the stream of events ends.
async fn listen_by_events(ears: Ears, member: UserId, place: &mut Place) -> End {
    let mut end = End::default();
    let path = format!(
        "/sse/notifications/{member}?last_event_id={}",
        place.known()
    );
    let Ok(mut source) = EventSource::new(&path) else {
        return end;
    };
    let (Ok(messages), Ok(goodbyes)) = (source.subscribe("message"), source.subscribe("close"))
    else {
        return end;
    };
    let (mut messages, mut ended) = (messages.fuse(), goodbyes.fuse());
    loop {
        let message = futures::select! {
            message = messages.next() => message,
            goodbye = ended.next() => {
                let said = goodbye.and_then(Result::ok).and_then(|(_, event)| event.data().as_string());
                end.is_signed_out = said.is_some_and(|said| said.contains(&close::SIGNED_OUT.to_string()));
                return end;
            }
        };
        // The browser would come back by itself, but without our back-off.
        let Some(Ok((_, event))) = message else {
            return end;
        };
        if let Some(text) = event.data().as_string() {
            end.was_open = true;
            ears.hear(place, &text);
        }
    }
}

/// Waits before the next try: longer after each failure, and not the same for everyone, so that a
/// club that comes back is not overrun; not at all where there is reason to try at once.
async fn pause(failures: u32, wakes: RwSignal<u32>) {
    let most = (PAUSE_MS << failures.min(5)).min(PAUSE_MAX_MS);
    let millis = (most / 2 + browser::random() % (most / 2)).cast_signed();
    let before = wakes.try_get_untracked();
    until_at_most(millis, move || wakes.try_get() != before).await;
}
