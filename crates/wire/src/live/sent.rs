//! What each way of the live channel sends: the messages, and a word of its own.

use serde::Serialize;

use super::Message;

/// What the club sends over a WebSocket.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum SocketMessage {
    /// What is said over every way.
    Message(Message),
    /// The answer to a frame.
    Reply(Reply),
}

/// An answer to a frame of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reply {
    /// To a `ping`.
    Pong,
}

/// What the club sends as the data of a server-sent event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum StreamMessage {
    /// What is said over every way.
    Message(Message),
    /// The last one, in an event of the name `close`.
    Goodbye(Goodbye),
}

/// Why a stream of events ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Goodbye {
    /// As a WebSocket is closed with it: 4401 when the sign-in ended or ran out, 4408 when the client
    /// fell behind, 1012 when the club is in trouble.
    pub code: u16,
}

#[cfg(test)]
mod tests {
    use crate::live::close;

    use super::*;

    #[test]
    fn a_word_of_one_way_is_no_message() {
        let pong = serde_json::to_string(&SocketMessage::Reply(Reply::Pong)).unwrap();
        assert_eq!(pong, r#"{"type":"PONG"}"#);
        let code = close::SIGNED_OUT;
        let goodbye = serde_json::to_string(&StreamMessage::Goodbye(Goodbye { code })).unwrap();
        assert_eq!(goodbye, r#"{"code":4401}"#);
        for word in [pong, goodbye] {
            assert!(serde_json::from_str::<Message>(&word).is_err(), "{word}");
        }
    }
}
