//! A stock WebSocket client, and one of server-sent events.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use reqwest::{Method, Response, Url};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::answer::Answer;
use crate::app::client;
use crate::documented;
use crate::member::Member;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A WebSocket that keeps what it heard.
pub(super) struct Socket {
    stream: Stream,
    url: Url,
    pub(super) heard: Vec<Value>,
}

impl Socket {
    pub(super) async fn open(member: &Member, path: &str) -> Self {
        let bearer = format!("Bearer {}", member.access);
        Self::connected(&member.base, path, &[("authorization", &bearer)]).await
    }

    /// Without a header.
    pub(super) async fn bare(base: &str, path: &str) -> Self {
        Self::connected(base, path, &[]).await
    }

    async fn connected(base: &str, path: &str, headers: &[(&'static str, &str)]) -> Self {
        Self {
            stream: connect(base, path, headers).await.unwrap(),
            url: format!("{base}{path}").parse().unwrap(),
            heard: Vec::new(),
        }
    }

    pub(super) async fn say(&mut self, text: &str) {
        let message = Message::Text(text.into());
        self.stream.send(message).await.unwrap();
    }

    /// Says the same so often that the server hears all of it before it can close.
    pub(super) async fn say_at_once(&mut self, text: &str, times: usize) {
        for _ in 0..times {
            let message = Message::Text(text.into());
            self.stream.feed(message).await.unwrap();
        }
        self.stream.flush().await.unwrap();
    }

    /// The next message.
    pub(super) async fn next(&mut self) -> Value {
        loop {
            match self.frame().await {
                Message::Text(text) => {
                    let value: Value = serde_json::from_str(&text).unwrap();
                    self.heard.push(value.clone());
                    return value;
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The first message from here on that is such a one.
    pub(super) async fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let value = self.next().await;
            if is_it(&value) {
                return value;
            }
        }
    }

    /// The code that the club closes it with.
    pub(super) async fn closed(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Message::Close(frame) => return frame.unwrap().code.into(),
                Message::Text(_) | Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    async fn frame(&mut self) -> Message {
        let frame = tokio::time::timeout(PATIENCE, self.stream.next()).await;
        let frame = frame.expect("a frame comes").unwrap().unwrap();
        if let Message::Text(text) = &frame {
            documented::expect_message(&self.url, text);
        }
        frame
    }
}

async fn connect(
    base: &str,
    path: &str,
    headers: &[(&'static str, &str)],
) -> tungstenite::Result<Stream> {
    let address = format!("{}{path}", base.replace("http://", "ws://"));
    let mut request = address.into_client_request()?;
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).unwrap();
        request.headers_mut().insert(*name, value);
    }
    Ok(connect_async(request).await?.0)
}

/// The status that an upgrade, or a stream, is refused with.
pub(super) async fn refused(base: &str, path: &str, headers: &[(&'static str, &str)]) -> u16 {
    let mut request = client()
        .get(format!("{base}{path}"))
        .header("connection", "upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = Answer::to(request).await;
    assert!(answer.status >= 400, "{path} was let in");
    answer.status
}

/// Server-sent events.
pub(super) struct Events {
    response: Response,
    text: String,
    pub(super) last_id: Option<String>,
}

impl Events {
    pub(super) async fn open(member: &Member, path: &str, last_id: Option<&str>) -> Self {
        let request = member.request(Method::GET, path);
        let request = match last_id {
            Some(id) => request.header("last-event-id", id),
            None => request,
        };
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            text: String::new(),
            last_id: None,
        }
    }

    /// The next message.
    pub(super) async fn next(&mut self) -> Value {
        let (name, value) = self.event().await.expect("it goes on");
        assert_eq!(name, "message", "{value}");
        value
    }

    pub(super) async fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let value = self.next().await;
            if is_it(&value) {
                return value;
            }
        }
    }

    /// The code that the club ends it with, after which nothing comes.
    pub(super) async fn closed(&mut self) -> u16 {
        loop {
            let (name, value) = self.event().await.expect("it says why it ends");
            if name == "close" {
                assert_eq!(self.event().await, None);
                return serde_json::from_value(value["code"].clone()).unwrap();
            }
        }
    }

    /// What the next event is called, and its data.
    async fn event(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                if let Some(event) = self.read(&block) {
                    return Some(event);
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await;
            let chunk = chunk.expect("an event comes, or the end").unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    fn read(&mut self, block: &str) -> Option<(String, Value)> {
        let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
        if let Some(id) = field("id: ") {
            self.last_id = Some(id.to_owned());
        }
        let data = field("data: ")?;
        documented::expect_event(self.response.url(), data);
        // So is called what has no name.
        let name = field("event: ").unwrap_or("message").to_owned();
        Some((name, serde_json::from_str(data).unwrap()))
    }
}
