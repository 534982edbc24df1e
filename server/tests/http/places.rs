//! Places: a network that has all of its own keeps no other out.

use std::net::SocketAddr;

use reqwest::{Method, RequestBuilder};
use server::config::Most;
use testkit::{Club, Engine, apply, both_engines, within};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::app::{TestApp, all_connections};

/// What needs rows, and what does not.
const ROWS: &str = "/api/shop/products";
const NO_ROWS: &str = "/api/games";

#[apply(both_engines)]
async fn a_network_has_its_share_by_forwarded_address_and_leaves_others_theirs(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        // Of these a network has two.
        http.requests_at_once = 8;
    })
    .await;
    let (full, other) = ("198.51.100.7", "203.0.113.9");
    let held = all_connections(&club).await;
    let mut asked = JoinSet::new();
    for _ in 0..5 {
        asked.spawn(Answer::to(from(&app, full, ROWS)));
    }
    // The two that have a place wait for rows.
    for _ in 0..3 {
        let refused = asked.join_next().await.unwrap().unwrap();
        refused.refused(503, "unavailable");
        assert_eq!(refused.header("retry-after"), "1");
    }
    let refused = Answer::to(from(&app, full, NO_ROWS)).await;
    refused.refused(503, "unavailable");
    Answer::to(from(&app, other, NO_ROWS)).await.with(200);
    drop(held);
    while let Some(answer) = asked.join_next().await {
        answer.unwrap().with(200);
    }
    Answer::to(from(&app, full, NO_ROWS)).await.with(200);
}

/// Asks through the proxy.
fn from(app: &TestApp, address: &str, path: &str) -> RequestBuilder {
    let request = app.request(Method::GET, path);
    request.header("x-forwarded-for", address)
}

/// Another address of this machine than the one that everybody else here comes from.
const PROXY: &str = "127.0.0.9";

/// No row is involved.
#[tokio::test]
async fn the_club_gives_each_network_its_sockets_and_a_trusted_proxy_those_that_there_are() {
    within(Engine::Sqlite, |_| (), sockets).await;
}

async fn sockets(club: Club) {
    let app = TestApp::serve_with(&club, |http| {
        http.trusted_proxies = vec![format!("{PROXY}/32").parse().unwrap()];
        http.connections = Most {
            all: 100,
            network: 2,
            block: 4,
        };
    })
    .await;
    let mut open = Vec::new();
    for _ in 0..2 {
        open.push(connects(&app, "127.0.0.1").await.unwrap());
    }
    assert!(connects(&app, "127.0.0.1").await.is_none());
    for _ in 0..5 {
        open.push(connects(&app, PROXY).await.unwrap());
    }
}

/// A connection from that address, on which a request was answered; none where it was closed at once.
async fn connects(app: &TestApp, from: &str) -> Option<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    let from = SocketAddr::new(from.parse().unwrap(), 0);
    socket.bind(from).unwrap();
    let club = app.base.trim_start_matches("http://");
    let mut stream = socket.connect(club.parse().unwrap()).await.unwrap();
    let request = format!("GET {NO_ROWS} HTTP/1.1\r\nHost: {club}\r\n\r\n");
    // One that is refused may have been closed by now.
    _ = stream.write_all(request.as_bytes()).await;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.ok()?;
    assert_eq!(&status, b"HTTP/1.1 200");
    Some(stream)
}
