//! Of all connections, how many one network may have.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::metrics;
use crate::tally::{Most, Share, Tally};

/// How often the log says that connections were refused.
const WARNINGS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN;

/// Counts connections by where they come from; cheap to clone.
#[derive(Clone)]
pub(crate) struct Networks(Arc<Counted>);

struct Counted {
    /// Proxies stand for many, and are not counted.
    trusted: Vec<IpNet>,
    connections: Tally,
    warnings: DefaultDirectRateLimiter,
}

impl Networks {
    pub(crate) fn new(trusted: Vec<IpNet>, most: Most) -> Self {
        Self(Arc::new(Counted {
            trusted,
            connections: Tally::new(most),
            warnings: RateLimiter::direct(Quota::per_minute(WARNINGS_PER_MINUTE)),
        }))
    }

    /// Lets a connection in, unless its network, or the block that it is of, has as many as it may. The
    /// share of a trusted proxy's is none.
    pub(super) fn enter(&self, peer: IpAddr) -> Option<Share> {
        let peer = peer.to_canonical();
        let is_trusted = self.0.trusted.iter().any(|net| net.contains(&peer));
        let mut share = self.0.connections.share(&peer.to_string());
        (is_trusted || share.take(1)).then_some(share)
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
    use super::*;
    use crate::connections::MOST;

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
}
