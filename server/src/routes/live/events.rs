//! Server-sent events of the live channel.

use std::collections::VecDeque;
use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::live::{Ended, Listener};
use futures::stream;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use wire::live::{Goodbye, Message, StreamMessage, close};

use super::socket::BEAT;

/// Passes what the listener hears to the client until the connection ends.
pub(super) fn stream(listener: Listener, stopped: watch::Receiver<bool>) -> Response {
    let mut beat = interval_at(Instant::now() + BEAT, BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let talk = Talk {
        listener,
        stopped,
        beat,
        waiting: VecDeque::new(),
        phase: Phase::Greeting,
    };
    let events = stream::unfold(talk, |mut talk| async move {
        let event = talk.next().await?;
        Some((Ok::<_, Infallible>(event), talk))
    });
    // A proxy that gathers an answer before it passes it on would hold it for ever.
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT));
    (headers, events).into_response()
}

enum Phase {
    Greeting,
    Listening,
    Over,
}

struct Talk {
    listener: Listener,
    stopped: watch::Receiver<bool>,
    beat: Interval,
    waiting: VecDeque<Event>,
    phase: Phase,
}

impl Talk {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let heard = match self.phase {
                Phase::Greeting => {
                    self.phase = Phase::Listening;
                    self.listener.greet().await.map_err(Ended::from)
                }
                Phase::Listening => self.hear().await,
                Phase::Over => return None,
            };
            match heard {
                Ok(messages) => self.waiting.extend(messages.into_iter().filter_map(event)),
                Err(ended) => {
                    self.phase = Phase::Over;
                    self.waiting.extend(goodbye(&ended));
                }
            }
        }
    }

    async fn hear(&mut self) -> Result<Vec<Message>, Ended> {
        tokio::select! {
            () = self.listener.arrived() => self.listener.collect().await,
            _ = self.beat.tick() => self.listener.check().await.map(|()| Vec::new()),
            () = super::stop(&mut self.stopped) => {
                self.phase = Phase::Over;
                Ok(Vec::new())
            }
        }
    }
}

fn event(message: Message) -> Option<Event> {
    let id = match &message {
        Message::Event(known) => Some(format!("{}:{}", known.epoch, known.id)),
        Message::Hello(_) | Message::State(_) => None,
    };
    let event = sent(Event::default(), StreamMessage::Message(message))?;
    Some(match id {
        Some(id) => event.id(id),
        None => event,
    })
}

/// What a WebSocket says by its close code.
fn goodbye(ended: &Ended) -> Option<Event> {
    let code = match ended {
        Ended::FellBehind => close::FELL_BEHIND,
        Ended::SignedOut => close::SIGNED_OUT,
        Ended::Failed(error) => {
            tracing::error!(%error, "a live connection failed");
            close::RESTART
        }
    };
    let goodbye = StreamMessage::Goodbye(Goodbye { code });
    sent(Event::default().event("close"), goodbye)
}

fn sent(event: Event, data: StreamMessage) -> Option<Event> {
    // What we made is JSON.
    event.json_data(data).ok()
}
