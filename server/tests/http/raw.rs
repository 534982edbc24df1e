//! A connection on which a test says what it likes, as far as it likes.

use std::time::Duration;

use reqwest::{Method, Url};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::answer::Answer;

/// How the club asks for a body that waits for it.
pub(crate) const CONTINUE: &str = "HTTP/1.1 100 ";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Raw {
    stream: TcpStream,
    base: Url,
    /// What was asked last.
    asked: Option<(Method, Url)>,
    /// What of the answer was read.
    heard: String,
}

impl Raw {
    pub(crate) async fn open(base: &str) -> Self {
        let base: Url = base.parse().unwrap();
        let stream = TcpStream::connect(base.authority()).await.unwrap();
        Self {
            stream,
            base,
            asked: None,
            heard: String::new(),
        }
    }

    /// The club may have ended the connection already; what it said tells.
    pub(crate) async fn say(&mut self, text: &str) {
        _ = self.stream.write_all(text.as_bytes()).await;
    }

    /// Sends the head of a request.
    pub(crate) async fn ask(&mut self, method_and_path: &str, headers: &[(&str, &str)]) {
        let (method, path) = method_and_path.split_once(' ').unwrap();
        self.asked = Some((method.parse().unwrap(), self.base.join(path).unwrap()));
        let host = self.base.authority();
        let mut head = format!("{method_and_path} HTTP/1.1\r\nHost: {host}\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        self.say(&format!("{head}\r\n")).await;
    }

    /// Sends the head of a request whose body of JSON has so many bytes. Gives the head of what the club
    /// says to that: it asks for the body once it waits for it, or refuses.
    pub(crate) async fn begin(
        &mut self,
        method_and_path: &str,
        headers: &[(&str, &str)],
        length: usize,
    ) -> String {
        let length = length.to_string();
        let waits = [
            ("Content-Type", "application/json"),
            ("Content-Length", &*length),
            ("Expect", "100-continue"),
        ];
        let headers = [&waits[..], headers].concat();
        self.ask(method_and_path, &headers).await;
        let head = self.head().await;
        if !head.starts_with(CONTINUE) {
            self.heard.clone_from(&head);
        }
        head
    }

    /// What the club answers before it ends the connection.
    pub(crate) async fn answer(mut self) -> Answer {
        let mut rest = Vec::new();
        let read = self.stream.read_to_end(&mut rest);
        // It may end one on which something still comes; what it said before that is there.
        _ = timeout(PATIENCE, read).await.unwrap();
        self.heard += std::str::from_utf8(&rest).unwrap();
        let (method, url) = self.asked.unwrap();
        Answer::of(&method, &url, &self.heard)
    }

    async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let byte = timeout(PATIENCE, self.stream.read_u8()).await;
            head.push(byte.unwrap().unwrap());
        }
        String::from_utf8(head).unwrap()
    }
}
