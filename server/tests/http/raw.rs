//! A connection on which a test says what it likes, as far as it likes.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How the club asks for a body that waits for it.
pub(crate) const CONTINUE: &str = "HTTP/1.1 100 ";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Raw {
    stream: TcpStream,
    host: String,
}

impl Raw {
    pub(crate) async fn open(base: &str) -> Self {
        let host = base.trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&host).await.unwrap();
        Self { stream, host }
    }

    /// The club may have ended the connection already; what it said tells.
    pub(crate) async fn say(&mut self, text: &str) {
        _ = self.stream.write_all(text.as_bytes()).await;
    }

    /// Sends the head of a request whose body of JSON has so many bytes. Gives the head of what the club
    /// says to that: it asks for the body once it waits for it, or refuses.
    pub(crate) async fn begin(
        &mut self,
        method_and_path: &str,
        headers: &[(&str, &str)],
        length: usize,
    ) -> String {
        let mut request = format!(
            "{method_and_path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nExpect: 100-continue\r\n",
            self.host
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        self.say(&format!("{request}\r\n")).await;
        self.head().await
    }

    /// All that comes before the club ends the connection.
    pub(crate) async fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        let read = self.stream.read_to_end(&mut rest);
        timeout(PATIENCE, read).await.unwrap().unwrap();
        String::from_utf8(rest).unwrap()
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
