//! Connections: how many, how long they may say nothing, and how they end.

mod heads;
mod networks;
mod watched;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::Service;

use crate::tally::{Most, Share};

use heads::HeadTimer;
pub(crate) use networks::Networks;
use watched::Watched;

/// How many connections are open at once; further ones wait in the system's queue.
pub(crate) const CONNECTIONS_MAX: u32 = 8_192;
/// How many of them a network has: more than any household or office, and an eighth of all there are.
const NETWORK_MAX: usize = 1_024;
/// The most connections, of all and by where they come from.
pub(crate) const MOST: Most = Most {
    all: CONNECTIONS_MAX as usize,
    network: NETWORK_MAX,
    block: 2 * NETWORK_MAX,
};
/// How long a connection may be idle until the next request begins: longer than a proxy keeps one, so
/// that it is the proxy who ends it, and no request is lost on its way.
const IDLE_TIME_MAX: Duration = Duration::from_secs(75);
/// The largest head: more than any browser sends to us, and little to hold for each connection.
const HEAD_BYTES_MAX: usize = 32 * 1024;
/// How long requests that are under way may take when the server is told to stop.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(10);
/// How long to wait when the system has no room for a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// A connection with its place, among all and among those of its network.
struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    place: (OwnedSemaphorePermit, Share),
}

/// Serves connections until it is stopped, then lets requests that are under way finish.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    networks: Networks,
    mut stopped: watch::Receiver<bool>,
) {
    let all = networks.all();
    let places = Arc::new(Semaphore::new(all));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places, &networks) => accepted,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        let Some(Accepted {
            stream,
            peer,
            place,
        }) = accepted
        else {
            continue;
        };
        let conversation = converse(stream, peer, router.clone(), stopped.clone());
        tokio::spawn(async move {
            conversation.await;
            // What has become a WebSocket lasts: it is a member's, who has few, and needs no place.
            drop(place);
        });
    }
    drop(listener);
    // All places are free again when every connection has ended.
    let ended = places.acquire_many(u32::try_from(all).unwrap_or(u32::MAX));
    if tokio::time::timeout(DRAIN_TIME_MAX, ended).await.is_err() {
        tracing::warn!("requests were still under way after {DRAIN_TIME_MAX:?}; leaving them");
    }
}

/// Answers the requests of one connection until either end has had enough.
async fn converse<S>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stream = Watched::new(stream);
    let coming = stream.coming();
    let timer = HeadTimer(coming.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        coming.asked(request.body().size_hint().exact());
        respond(router.clone(), peer, request)
    });
    let connection = http1::Builder::new()
        .timer(timer)
        .header_read_timeout(IDLE_TIME_MAX)
        .max_header_size(HEAD_BYTES_MAX)
        // What is read ahead, and what waits to be written.
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    // What goes wrong with a connection is the other end's doing.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => connection.as_mut().graceful_shutdown(),
    }
    _ = connection.await;
}

/// The next connection, once there is a place for it. One whose network has as many as it may is
/// closed at once.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    networks: &Networks,
) -> Option<Accepted> {
    let among_all = places.clone().acquire_owned().await.ok()?;
    let (stream, peer) = match listener.accept().await {
        Ok(accepted) => accepted,
        Err(error) => {
            tracing::warn!(%error, "a connection was not accepted");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            return None;
        }
    };
    let Some(of_network) = networks.enter(peer.ip()) else {
        networks.refused(peer.ip());
        return None;
    };
    // Small answers must not wait for more to send.
    _ = stream.set_nodelay(true);
    Some(Accepted {
        stream,
        peer,
        place: (among_all, of_network),
    })
}

async fn respond(
    mut router: Router,
    peer: SocketAddr,
    mut request: hyper::Request<Incoming>,
) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request.map(Body::new)).await
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use axum::body::Bytes;
    use axum::routing::{any, get};
    use futures::{StreamExt, stream};
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex, split};
    use tokio::task::JoinHandle;
    use tokio::time::{Instant, sleep};

    use super::*;

    const PEER: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4_711);
    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    /// Longer than anything but idleness is waited for.
    const LONG: Duration = Duration::from_secs(60);

    /// A connection without a network, whose clock can be a paused one.
    fn connect(router: Router) -> (DuplexStream, JoinHandle<()>) {
        let (client, stream) = duplex(64 * 1024);
        let (stop, stopped) = watch::channel(false);
        let conversation = tokio::spawn(async move {
            converse(stream, PEER, router, stopped).await;
            drop(stop);
        });
        (client, conversation)
    }

    /// The head of an answer.
    async fn head(client: &mut DuplexStream) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_in_drips_ends_its_connection_ten_seconds_after_its_first_byte() {
        let (client, _conversation) = connect(Router::new());
        let (mut reader, mut writer) = split(client);
        // Until the first byte it is only idle.
        sleep(LONG).await;
        let begun = Instant::now();
        writer
            .write_all(b"GET / HTTP/1.1\r\nHost: half")
            .await
            .unwrap();
        let drips = async {
            while writer.write_all(b"x").await.is_ok() {
                sleep(Duration::from_secs(4)).await;
            }
        };
        let mut answer = Vec::new();
        tokio::select! {
            read = reader.read_to_end(&mut answer) => {
                read.unwrap();
            }
            () = drips => {}
        }
        assert_eq!(begun.elapsed().as_secs(), 10);
        assert_eq!(answer, b"");
    }

    #[tokio::test(start_paused = true)]
    async fn between_requests_a_connection_may_be_idle_for_75_seconds() {
        let (mut client, _conversation) = connect(Router::new());
        for _ in 0..3 {
            sleep(LONG).await;
            client.write_all(REQUEST).await.unwrap();
            assert!(head(&mut client).await.starts_with("HTTP/1.1 404"));
        }
        let begun = Instant::now();
        assert_eq!(client.read(&mut [0; 1]).await.unwrap(), 0);
        assert_eq!(begun.elapsed().as_secs(), 75);
    }

    /// A request with each kind of body.
    const REQUESTS: [&str; 3] = [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    ];

    /// What reads it.
    fn reader() -> Router {
        Router::new().route("/", any(|_: Bytes| async {}))
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_begins_with_the_request_before_it_has_ten_seconds_too() {
        for request in REQUESTS {
            let (mut client, _conversation) = connect(reader());
            let ahead = format!("{request}GET / HTTP/1.1\r\nHost: half");
            client.write_all(ahead.as_bytes()).await.unwrap();
            assert!(head(&mut client).await.starts_with("HTTP/1.1 200"));
            let begun = Instant::now();
            assert_eq!(client.read(&mut [0; 1]).await.unwrap(), 0);
            assert_eq!(begun.elapsed().as_secs(), 10, "{request}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn requests_that_come_at_once_are_answered_and_leave_a_connection_idle() {
        for request in REQUESTS {
            let (mut client, _conversation) = connect(reader());
            let both = format!("{}{request}", REQUESTS[0]);
            client.write_all(both.as_bytes()).await.unwrap();
            for _ in 0..2 {
                assert!(head(&mut client).await.starts_with("HTTP/1.1 200"));
            }
            client.write_all(request.as_bytes()).await.unwrap();
            assert!(head(&mut client).await.starts_with("HTTP/1.1 200"));
            let begun = Instant::now();
            assert_eq!(client.read(&mut [0; 1]).await.unwrap(), 0);
            assert_eq!(begun.elapsed().as_secs(), 75, "{request}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_begins_late_has_its_time_all_the_same() {
        let (mut client, _conversation) = connect(Router::new());
        sleep(IDLE_TIME_MAX - Duration::from_secs(1)).await;
        let (first, last) = REQUEST.split_at(10);
        client.write_all(first).await.unwrap();
        sleep(Duration::from_secs(9)).await;
        client.write_all(last).await.unwrap();
        assert!(head(&mut client).await.starts_with("HTTP/1.1 404"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_has_32_kilobytes() {
        let request = |bytes| {
            format!(
                "GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
                "x".repeat(bytes)
            )
        };
        for (bytes, status) in [(30_000, "404"), (33_000, "431")] {
            let (mut client, _conversation) = connect(Router::new());
            client.write_all(request(bytes).as_bytes()).await.unwrap();
            let head = head(&mut client).await;
            assert_eq!(head.split(' ').nth(1), Some(status), "{head}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_ends_its_connection_after_twenty_seconds() {
        let much = async || Body::from(vec![b'x'; 1_000_000]);
        let (mut client, conversation) = connect(Router::new().route("/", get(much)));
        client.write_all(REQUEST).await.unwrap();
        let begun = Instant::now();
        conversation.await.unwrap();
        assert_eq!(begun.elapsed().as_secs(), 20);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_waits_for_news_is_let_be() {
        let news = async || {
            let late = stream::once(sleep(100 * LONG));
            Body::from_stream(late.map(|()| Ok::<_, Infallible>(Bytes::from_static(b"news"))))
        };
        let (mut client, _conversation) = connect(Router::new().route("/", get(news)));
        client.write_all(REQUEST).await.unwrap();
        assert!(head(&mut client).await.starts_with("HTTP/1.1 200"));
        let mut chunk = [0; 9];
        client.read_exact(&mut chunk).await.unwrap();
        assert_eq!(&chunk, b"4\r\nnews\r\n");
    }

    #[tokio::test]
    async fn idle_connections_do_not_hold_a_server_that_stops() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let networks = Networks::new(Vec::new(), MOST);
        let server = tokio::spawn(serve(listener, Router::new(), networks, stopped));
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(REQUEST).await.unwrap();
        let mut head = [0; 12];
        connection.read_exact(&mut head).await.unwrap();
        stop.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(5), server)
            .await
            .unwrap()
            .unwrap();
    }
}
