//! One connection for the whole page: opened while a member looks, and again when it was lost.

use futures::{StreamExt, future::AbortHandle, future::abortable};
use gloo_net::{
    eventsource::futures::EventSource,
    websocket::{Message, WebSocketError, futures::WebSocket},
};
use leptos::{ev, prelude::*, task::spawn_local};
use wire::{UserId, live::close};

use super::{
    Live,
    hear::{Ears, Place},
};
use crate::{
    browser,
    session::{ensure_fresh, use_session, use_wallet},
    ui::use_toasts,
};

/// The longest wait before the first further try, in milliseconds; it doubles with each.
const PAUSE_MS: u32 = 1_000;
/// The longest wait of all.
const PAUSE_MAX_MS: u32 = 30_000;
/// How finely a wait is waited for.
const SLICE_MS: u32 = 250;
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
    let nudges = nudges(live);
    let running = StoredValue::new(None::<AbortHandle>);
    Effect::new(move || {
        let member = ears.wallet.owner();
        if let Some(running) = running.try_update_value(Option::take).flatten() {
            running.abort();
        }
        live.connected.set(false);
        let Some(member) = member else { return };
        let (keeping, handle) = abortable(keep(ears, member, nudges));
        running.set_value(Some(handle));
        spawn_local(async move { _ = keeping.await });
    });
}

/// Counts up when there is reason to try at once: the network came back, the tab woke.
fn nudges(live: Live) -> RwSignal<u32> {
    let nudges = RwSignal::new(0);
    Effect::new(move || {
        let online = window_event_listener(ev::online, move |_| nudges.update(|it| *it += 1));
        let woken = window_event_listener(ev::focus, move |_| {
            nudges.update(|it| *it += 1);
            live.resumed.update(|it| *it += 1);
        });
        on_cleanup(move || {
            online.remove();
            woken.remove();
        });
    });
    nudges
}

/// Keeps the channel open until it is aborted.
async fn keep(ears: Ears, member: UserId, nudges: RwSignal<u32>) {
    let mut place = Place::default();
    let mut failures = 0;
    loop {
        ensure_fresh().await;
        let by_socket = failures % (SOCKETS_IN_A_ROW + 1) < SOCKETS_IN_A_ROW;
        let was_open = if by_socket {
            listen_by_socket(ears, member, &mut place).await
        } else {
            listen_by_events(ears, member, &mut place).await
        };
        ears.live.connected.set(false);
        failures = if was_open { 0 } else { failures + 1 };
        pause(failures, nudges).await;
    }
}

/// Listens until the socket closes; whether it had opened.
async fn listen_by_socket(ears: Ears, member: UserId, place: &mut Place) -> bool {
    let path = format!("/ws/notifications/{member}?last_event_id={}", place.known());
    let Ok(mut socket) = WebSocket::open(&browser::socket_address(&path)) else {
        return false;
    };
    let mut was_open = false;
    while let Some(message) = socket.next().await {
        match message {
            Ok(Message::Text(text)) => {
                was_open = true;
                ears.hear(place, &text);
            }
            Err(WebSocketError::ConnectionClose(event)) if event.code == close::SIGNED_OUT => {
                ears.session.reload();
            }
            _ => {}
        }
    }
    was_open
}

/// Listens until the stream of events ends; whether it had begun.
async fn listen_by_events(ears: Ears, member: UserId, place: &mut Place) -> bool {
    let path = format!(
        "/sse/notifications/{member}?last_event_id={}",
        place.known()
    );
    let Ok(mut source) = EventSource::new(&path) else {
        return false;
    };
    let (Ok(messages), Ok(goodbyes)) = (source.subscribe("message"), source.subscribe("close"))
    else {
        return false;
    };
    let (mut messages, mut ended) = (messages.fuse(), goodbyes.fuse());
    let mut was_open = false;
    loop {
        let message = futures::select! {
            message = messages.next() => message,
            _ = ended.next() => {
                ears.session.reload();
                return was_open;
            }
        };
        // The browser would come back by itself, but without our back-off.
        let Some(Ok((_, event))) = message else {
            return was_open;
        };
        if let Some(text) = event.data().as_string() {
            was_open = true;
            ears.hear(place, &text);
        }
    }
}

/// Waits before the next try: longer after each failure, and not the same for everyone, so that a
/// club that comes back is not overrun.
async fn pause(failures: u32, nudges: RwSignal<u32>) {
    let most = (PAUSE_MS << failures.min(5)).min(PAUSE_MAX_MS);
    let wait = most / 2 + browser::random() % (most / 2);
    let nudged = nudges.get_untracked();
    for _ in 0..wait.div_ceil(SLICE_MS) {
        if nudges.get_untracked() != nudged {
            return;
        }
        browser::sleep(SLICE_MS.cast_signed()).await;
    }
}
