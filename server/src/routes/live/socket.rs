//! A WebSocket of the live channel.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message as Frames, WebSocket};
use backend::live::{Ended, Listener};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};
use wire::live::{Frame, Message, Reply, SocketMessage, close};
use wire::read;

/// How often a client is asked whether it is there, and its sign-in is looked at again.
pub(super) const BEAT: Duration = Duration::from_secs(25);
/// After that many beats without a word from the client it is gone.
const SILENT_BEATS_MAX: u32 = 2;
/// How long one message may take to leave.
const SEND_TIME_MAX: Duration = Duration::from_secs(20);
/// How long the goodbye may take.
const CLOSE_TIME_MAX: Duration = Duration::from_secs(2);
/// How many frames a client may send a second.
const FRAMES_PER_SECOND: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// Why a conversation ends.
enum End {
    /// The client went.
    Gone,
    /// The club closes it with this code.
    Closed(u16, &'static str),
}

impl From<Ended> for End {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::FellBehind => Self::Closed(close::FELL_BEHIND, "fell behind"),
            Ended::SignedOut => Self::Closed(close::SIGNED_OUT, "signed out"),
            Ended::Failed(error) => {
                tracing::error!(%error, "a live connection failed");
                Self::Closed(close::RESTART, "try again")
            }
        }
    }
}

/// Passes what the listener hears to the client until either has had enough.
pub(super) async fn converse(
    socket: WebSocket,
    listener: Listener,
    stopped: watch::Receiver<bool>,
) {
    let mut talk = Talk {
        socket,
        listener,
        frames: RateLimiter::direct(Quota::per_second(FRAMES_PER_SECOND)),
    };
    let Err(End::Closed(code, reason)) = talk.run(stopped).await else {
        return;
    };
    let goodbye = CloseFrame {
        code,
        reason: reason.into(),
    };
    let goodbye = talk.socket.send(Frames::Close(Some(goodbye)));
    // A client that does not read does not hear it.
    _ = timeout(CLOSE_TIME_MAX, goodbye).await;
}

struct Talk {
    socket: WebSocket,
    listener: Listener,
    frames: DefaultDirectRateLimiter,
}

impl Talk {
    async fn run(&mut self, mut stopped: watch::Receiver<bool>) -> Result<(), End> {
        let greeting = self.listener.greet().await.map_err(Ended::from)?;
        self.send_all(greeting).await?;
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silent_beats = 0;
        loop {
            tokio::select! {
                () = self.listener.arrived() => {
                    let messages = self.listener.collect().await?;
                    self.send_all(messages).await?;
                }
                frame = self.socket.recv() => {
                    silent_beats = 0;
                    self.answer(frame).await?;
                }
                _ = beat.tick() => {
                    if silent_beats == SILENT_BEATS_MAX {
                        return Err(End::Gone);
                    }
                    silent_beats += 1;
                    self.listener.check().await?;
                    self.send(Frames::Ping(Vec::new().into())).await?;
                }
                () = super::stop(&mut stopped) => {
                    return Err(End::Closed(close::RESTART, "the club goes down"));
                }
            }
        }
    }

    async fn answer(&mut self, frame: Option<Result<Frames, axum::Error>>) -> Result<(), End> {
        // Whatever comes is counted: the protocol's own frames are answered too.
        if matches!(frame, Some(Ok(_))) && self.frames.check().is_err() {
            return Err(bad_frame());
        }
        let text = match frame {
            Some(Ok(Frames::Text(text))) => text,
            // The protocol's own frames are answered below us.
            Some(Ok(Frames::Ping(_) | Frames::Pong(_))) => return Ok(()),
            Some(Ok(Frames::Binary(_))) => return Err(bad_frame()),
            Some(Ok(Frames::Close(_)) | Err(_)) | None => return Err(End::Gone),
        };
        match read::json(text.as_bytes()).map_err(|_| bad_frame())? {
            Frame::Subscribe { topics } => self.listener.subscribe(&topics),
            Frame::Unsubscribe { topics } => self.listener.unsubscribe(&topics),
            Frame::Ping => self.say(&SocketMessage::Reply(Reply::Pong)).await?,
        }
        Ok(())
    }

    async fn send_all(&mut self, messages: Vec<Message>) -> Result<(), End> {
        for message in messages {
            self.say(&SocketMessage::Message(message)).await?;
        }
        Ok(())
    }

    async fn say(&mut self, message: &SocketMessage) -> Result<(), End> {
        // What we made is JSON.
        let Ok(text) = serde_json::to_string(message) else {
            return Ok(());
        };
        self.send(Frames::Text(text.into())).await
    }

    async fn send(&mut self, frame: Frames) -> Result<(), End> {
        let fell_behind = || End::from(Ended::FellBehind);
        tokio::select! {
            sent = timeout(SEND_TIME_MAX, self.socket.send(frame)) => match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(End::Gone),
                Err(_) => Err(fell_behind()),
            },
            () = self.listener.fell_behind() => Err(fell_behind()),
        }
    }
}

fn bad_frame() -> End {
    End::Closed(
        close::BAD_FRAME,
        "a frame that is not understood, or too many",
    )
}
