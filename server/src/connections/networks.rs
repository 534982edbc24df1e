//! How many connections there may be, and how many of them one network may have.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::metrics;
use crate::proxies::is_trusted;
use crate::tally::{Most, Share, Tally};

/// How often the log says that connections were refused.
const WARNINGS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN;

/// Counts connections by where they come from; cheap to clone.
#[derive(Clone)]
pub(crate) struct Networks(Arc<Counted>);

struct Counted {
    all: usize,
    /// Proxies stand for many, and are not counted.
    trusted: Vec<IpNet>,
    connections: Tally,
    warnings: DefaultDirectRateLimiter,
}

impl Networks {
    pub(crate) fn new(trusted: Vec<IpNet>, most: Most) -> Self {
        Self(Arc::new(Counted {
            all: most.all,
            trusted,
            connections: Tally::new(most),
            warnings: RateLimiter::direct(Quota::per_minute(WARNINGS_PER_MINUTE)),
        }))
    }

    /// How many there may be, those of proxies among them.
    pub(super) fn all(&self) -> usize {
        self.0.all
    }

    /// Lets a connection in, unless its network, or the block that it is of, has as many as it may. The
    /// share of a trusted proxy's is none.
    pub(super) fn enter(&self, peer: IpAddr) -> Option<Share> {
        let peer = peer.to_canonical();
        let mut share = self.0.connections.share(&peer.to_string());
        (is_trusted(&self.0.trusted, peer) || share.take(1)).then_some(share)
    }

    /// Notes that a connection was refused. The log hears of it now and then: who is refused often
    /// must not fill it.
    pub(super) fn refused(&self, peer: IpAddr) {
        metrics::connection_refused();
        if self.0.warnings.check().is_ok() {
            tracing::warn!(%peer, "connections are refused: their network has as many as it may");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::SocketAddr;

    use axum::Router;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpSocket, TcpStream};
    use tokio::sync::watch;

    use super::*;
    use crate::connections::{MOST, serve};

    /// Which peer is trusted where sockets are served.
    const PROXY: &str = "127.0.0.9";

    /// Lets in as many as come from there, up to that many.
    fn enter(networks: &Networks, peer: &str, times: usize) -> Vec<Share> {
        let peer = peer.parse().unwrap();
        (0..times).map_while(|_| networks.enter(peer)).collect()
    }

    #[test]
    fn an_address_has_1024_connections_and_gets_them_back_when_they_end() {
        let networks = Networks::new(Vec::new(), MOST);
        let mut open = enter(&networks, "192.0.2.1", 2_000);
        assert_eq!(open.len(), 1_024);
        assert_eq!(enter(&networks, "::ffff:192.0.2.1", 1).len(), 0);
        assert_eq!(enter(&networks, "192.0.2.2", 1).len(), 1);
        open.pop();
        assert_eq!(enter(&networks, "192.0.2.1", 2).len(), 1);
    }

    #[test]
    fn a_block_has_twice_as_many_as_a_network() {
        let networks = Networks::new(Vec::new(), MOST);
        let first = enter(&networks, "2001:db8:1:1::1", 2_000);
        let second = enter(&networks, "2001:db8:1:2::1", 1_000);
        let third = enter(&networks, "2001:db8:1:3::1", 1_000);
        assert_eq!((first.len(), second.len(), third.len()), (1_024, 1_000, 24));
    }

    #[test]
    fn a_trusted_proxy_has_as_many_as_it_likes() {
        let networks = Networks::new(vec!["10.0.0.0/8".parse().unwrap()], MOST);
        assert_eq!(enter(&networks, "10.1.2.3", 3_000).len(), 3_000);
        assert_eq!(enter(&networks, "::ffff:10.1.2.3", 3_000).len(), 3_000);
        assert_eq!(enter(&networks, "192.0.2.1", 3_000).len(), 1_024);
    }

    /// Four of a network, and enough for all.
    const FOUR_EACH: Most = Most {
        all: 100,
        network: 4,
        block: 8,
    };

    /// Serves so many sockets at most, until the sender is dropped.
    async fn serve_at_most(most: Most) -> (SocketAddr, watch::Sender<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let trusted = format!("{PROXY}/32").parse().unwrap();
        let networks = Networks::new(vec![trusted], most);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(serve(listener, Router::new(), networks, stopped));
        (address, stop)
    }

    /// Sends a request. One whose connection is refused may find it closed by now.
    async fn ask(stream: &mut TcpStream) {
        _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
    }

    /// Whether the request is answered before the connection is closed.
    async fn is_answered(stream: &mut TcpStream) -> bool {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return false,
            }
        }
        assert!(head.starts_with(b"HTTP/1.1 404"));
        true
    }

    /// A connection from that address of this machine, on which a request was sent.
    async fn knock(from: &str, to: SocketAddr) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        let from = SocketAddr::new(from.parse().unwrap(), 0);
        socket.bind(from).unwrap();
        let mut stream = socket.connect(to).await.unwrap();
        ask(&mut stream).await;
        stream
    }

    /// The same, once the request was answered.
    async fn connect(from: &str, to: SocketAddr) -> Option<TcpStream> {
        let mut stream = knock(from, to).await;
        is_answered(&mut stream).await.then_some(stream)
    }

    /// Has the club end a connection.
    async fn end(mut stream: TcpStream) {
        let last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(last).await.unwrap();
        stream.read_to_end(&mut Vec::new()).await.unwrap();
    }

    #[tokio::test]
    async fn a_network_that_has_its_sockets_gets_no_further_one_until_one_ends() {
        let (club, _stop) = serve_at_most(FOUR_EACH).await;
        let mut open = Vec::new();
        for _ in 0..4 {
            open.push(connect("127.0.0.1", club).await.unwrap());
        }
        assert!(connect("127.0.0.1", club).await.is_none());
        let other = connect("127.0.0.2", club).await;
        assert!(other.is_some());
        end(open.remove(0)).await;
        open.push(connect("127.0.0.1", club).await.unwrap());
        assert!(connect("127.0.0.1", club).await.is_none());
    }

    #[tokio::test]
    async fn a_trusted_proxy_has_as_many_sockets_as_it_likes_and_takes_nobodys() {
        let (club, _stop) = serve_at_most(FOUR_EACH).await;
        let mut open = Vec::new();
        for _ in 0..12 {
            open.push(connect(PROXY, club).await.unwrap());
        }
        assert!(connect("127.0.0.1", club).await.is_some());
    }

    #[tokio::test]
    async fn beyond_all_that_there_may_be_a_socket_waits_until_another_ends() {
        let three = Most {
            all: 3,
            ..FOUR_EACH
        };
        let (club, _stop) = serve_at_most(three).await;
        let mut open = Vec::new();
        for from in ["127.0.0.1", "127.0.0.2", PROXY] {
            open.push(connect(from, club).await.unwrap());
        }
        let mut waiting = knock(PROXY, club).await;
        // Whoever is in is answered again and again meanwhile.
        for _ in 0..10 {
            for stream in &mut open {
                ask(stream).await;
                assert!(is_answered(stream).await);
            }
        }
        let heard = waiting.try_read(&mut [0; 1]).unwrap_err();
        assert_eq!(heard.kind(), ErrorKind::WouldBlock);
        end(open.remove(0)).await;
        assert!(is_answered(&mut waiting).await);
    }
}
