//! Ten thousand sockets: what they hold in memory, and how long one announcement takes to all.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::{Clock, SystemClock};
use economy::Timestamp;
use futures::StreamExt;
use serde_json::Value;
use tokio::sync::Barrier;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use crate::Engine;
use crate::club::{self, Server};
use crate::measure::{Measured, say};

const SOCKETS: usize = 10_000;
/// Sockets of one member.
const EACH: usize = 10;
/// Connections that are being opened at once.
const OPENING: usize = 64;

pub(crate) async fn measure(engine: &Engine, binary: &Path) {
    let name = engine.name();
    let database = engine.fresh("live");
    let backend = club::open(&database, None).await;
    let members = club::join(&backend, SOCKETS / EACH).await;
    let server = Server::start(binary, &database).await;
    let before = server.resident_kib();
    let start = Instant::now();
    let all_open = Arc::new(Barrier::new(SOCKETS + 1));
    let places = Arc::new(tokio::sync::Semaphore::new(OPENING));
    let tasks: Vec<_> = (0..SOCKETS)
        .map(|n| {
            let member = &members[n / EACH];
            let (id, token) = (member.user.id, &member.access_token);
            let address = format!(
                "ws://{}/ws/notifications/{id}?token={token}",
                server.address
            );
            let (all_open, places) = (all_open.clone(), places.clone());
            tokio::spawn(async move {
                let place = places.acquire().await.unwrap();
                let mut socket = connect_async(address).await.unwrap().0;
                // Its greeting, and how three things stand.
                for _ in 0..4 {
                    socket.next().await.unwrap().unwrap();
                }
                drop(place);
                all_open.wait().await;
                loop {
                    if let Message::Text(text) = socket.next().await.unwrap().unwrap() {
                        let heard = SystemClock.now();
                        let event: Value = serde_json::from_str(&text).unwrap();
                        if event["type"] == "ADMIN_BROADCAST" {
                            return vec![since(&event, heard)];
                        }
                    }
                }
            })
        })
        .collect();
    all_open.wait().await;
    let took = start.elapsed().as_secs_f64();
    let each = (server.resident_kib() - before) as f64 / SOCKETS as f64;
    say(
        &format!("{name}, {SOCKETS} sockets of {} members", members.len()),
        &format!("opened in {took:.1} s, {each:.1} KiB of the server's memory each"),
    );
    let mut announce = club::command(binary, &database);
    announce.args(["announce", "--title", "The bench says hello"]);
    assert!(
        announce
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap()
            .success()
    );
    let heard = Measured::gather(Instant::now(), tasks).await;
    heard.times(&format!(
        "{name}, announcement, from its row to {SOCKETS} sockets"
    ));
}

/// How long after the first member's log had it, which is when the job began, a client heard it.
fn since(event: &Value, heard: Timestamp) -> Duration {
    let at = Timestamp::parse_rfc3339(event["at"].as_str().unwrap()).unwrap();
    Duration::from_millis(heard.millis_since(at).max(0).unsigned_abs())
}
