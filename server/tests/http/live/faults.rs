//! Clients that misbehave, and a club that goes down.

use backend::Settings;
use serde_json::json;
use testkit::{Club, apply, both_engines, within};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use wire::live::{Announcement, close};

use super::client::{Events, Socket, refused};
use crate::app::TestApp;
use crate::member::Member;

#[apply(both_engines)]
async fn a_client_that_comes_back_a_thousand_times_leaves_nothing_behind(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for _ in 0..1_000 {
        let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
        assert_eq!(socket.next().await["type"], "HELLO");
    }
    let left = async {
        while club.backend.live.listeners() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), left)
        .await
        .unwrap();
}

#[apply(both_engines)]
async fn to_open_a_channel_is_to_read(engine: Engine) {
    let few = |settings: &mut Settings| settings.limits.reads_per_minute = 2;
    within(engine, few, opened_often).await;
}

async fn opened_often(club: Club) {
    let app = TestApp::serve(&club).await;
    let (ann, bob) = (
        Member::join(&app, "ann").await,
        Member::join(&app, "bob").await,
    );
    let mut events = Events::open(&ann, "/sse/notifications/1", None).await;
    let mut socket = Socket::open(&ann, "/ws/game-stats/1").await;
    let bearer = format!("Bearer {}", ann.access);
    for path in [
        "/ws/notifications/1",
        "/ws/game-stats/1",
        "/sse/notifications/1",
    ] {
        let headers = [("authorization", &*bearer)];
        assert_eq!(refused(&app.base, path, &headers).await, 429, "{path}");
    }
    ann.get("/api/users/balance")
        .await
        .refused(429, "rate_limited");
    Socket::open(&bob, "/ws/notifications/2").await;
    assert_eq!(events.next().await["type"], "HELLO");
    assert_eq!(socket.next().await["type"], "HELLO");
}

#[apply(both_engines)]
async fn a_member_has_a_bounded_number_of_connections(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut open = Vec::new();
    for _ in 0..16 {
        open.push(Socket::open(&ann, "/ws/notifications/1").await);
    }
    let bearer = format!("Bearer {}", ann.access);
    for path in [
        "/ws/notifications/1",
        "/ws/game-stats/1",
        "/sse/notifications/1",
    ] {
        let headers = [("authorization", &*bearer)];
        assert_eq!(refused(&app.base, path, &headers).await, 429, "{path}");
    }
    for socket in &mut open {
        assert_eq!(socket.next().await["type"], "HELLO");
    }
}

#[apply(both_engines)]
async fn an_ended_sign_in_closes_its_connections(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
    let mut events = Events::open(&ann, "/sse/notifications/1", None).await;
    assert_eq!(socket.next().await["type"], "HELLO");
    assert_eq!(events.next().await["type"], "HELLO");
    ann.post("/api/auth/logout", &json!({})).await.with(204);
    assert_eq!(socket.closed().await, close::SIGNED_OUT);
    assert_eq!(events.closed().await, close::SIGNED_OUT);
}

#[apply(both_engines)]
async fn what_is_no_frame_closes_the_socket(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    for text in [
        "",
        "{}",
        r#"["ping"]"#,
        r#"{"op":{"ping":null}}"#,
        r#"{"op":0}"#,
        r#"{"op":"ping","op":"ping"}"#,
        r#"{"op":"subscribe"}"#,
        r#"{"op":"dance"}"#,
        r#"{"op":"subscribe","topics":["weather"]}"#,
    ] {
        let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
        socket.say(text).await;
        assert_eq!(socket.closed().await, close::BAD_FRAME, "{text}");
    }
    let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
    socket.say_at_once(r#"{"op":"ping"}"#, 50).await;
    assert_eq!(socket.closed().await, close::BAD_FRAME, "too many");
}

#[apply(both_engines)]
async fn a_club_that_goes_down_says_so(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut socket = Socket::open(&ann, "/ws/notifications/1").await;
    assert_eq!(socket.next().await["type"], "HELLO");
    drop(app);
    assert_eq!(socket.closed().await, close::RESTART);
}

#[apply(both_engines)]
async fn a_client_that_reads_nothing_is_let_go_and_others_are_not_kept_waiting(club: Club) {
    let app = TestApp::serve(&club).await;
    let ann = Member::join(&app, "ann").await;
    let mut reader = Socket::open(&ann, "/ws/notifications/1").await;
    let reads =
        tokio::spawn(async move { reader.until(|it| it["data"]["title"] == "the last").await });
    let mut idle = silent(&ann, &app.base).await;
    let mut told = 0;
    while club.backend.live.listeners() < 2 {
        tokio::task::yield_now().await;
    }
    while club.backend.live.listeners() > 1 {
        told += 1;
        assert!(told < 20_000, "nothing holds a client back for ever");
        announces(&club, "again").await;
    }
    announces(&club, "the last").await;
    reads.await.unwrap();
    // What had left before is still there; the end of the stream comes after it.
    let mut rest = Vec::new();
    _ = idle.read_to_end(&mut rest).await;
}

async fn announces(club: &Club, title: &str) {
    let words = Announcement {
        title: title.to_owned(),
        body: "x".repeat(500),
    };
    club.backend.live.announce(words).await.unwrap();
    club.backend.live.tell_everyone().await.unwrap();
}

/// Asks for a socket, with little room for what comes, and never reads.
async fn silent(member: &Member, base: &str) -> TcpStream {
    let address = base.trim_start_matches("http://");
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let request = format!(
        "GET /ws/notifications/1 HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Authorization: Bearer {}\r\n\r\n",
        member.access
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}
