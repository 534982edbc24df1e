//! Of all connections, how many one network may have.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use backend::network_of;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::metrics;
use crate::tally::Tally;

/// The most connections of a network, an IPv4 address or an IPv6 /64: more than any household or office
/// has, and an eighth of all there are.
const NETWORK_MAX: usize = 1_024;
/// The most connections of an IPv6 /48, which one customer may have whole: 65,536 networks.
const BLOCK_MAX: usize = 2 * NETWORK_MAX;
/// How often the log says that connections were refused.
const WARNINGS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN;

/// Counts connections by where they come from; cheap to clone.
#[derive(Clone)]
pub(crate) struct Networks(Arc<Counted>);

struct Counted {
    /// Proxies stand for many, and are not counted.
    trusted: Vec<IpNet>,
    tallies: Mutex<Tallies>,
    warnings: DefaultDirectRateLimiter,
}

#[derive(Default)]
struct Tallies {
    of_network: Tally<String>,
    of_block: Tally<[u16; 3]>,
}

/// A connection that is counted, until this is dropped.
pub(super) struct Entered {
    networks: Networks,
    under: Option<Tallied>,
}

/// What a connection is counted under.
struct Tallied {
    network: String,
    block: Option<[u16; 3]>,
}

impl Networks {
    pub(crate) fn new(trusted: Vec<IpNet>) -> Self {
        Self(Arc::new(Counted {
            trusted,
            tallies: Mutex::default(),
            warnings: RateLimiter::direct(Quota::per_minute(WARNINGS_PER_MINUTE)),
        }))
    }

    /// Lets a connection in, unless its network, or the block that it is of, has as many as it may.
    pub(super) fn enter(&self, peer: IpAddr) -> Option<Entered> {
        let peer = peer.to_canonical();
        let is_trusted = self.0.trusted.iter().any(|net| net.contains(&peer));
        let under = if is_trusted {
            None
        } else {
            Some(self.count(peer)?)
        };
        Some(Entered {
            networks: self.clone(),
            under,
        })
    }

    fn count(&self, peer: IpAddr) -> Option<Tallied> {
        let network = network_of(&peer.to_string());
        let block = block_of(peer);
        let mut tallies = self.tallies();
        let is_full = tallies.of_network.of(&network) >= NETWORK_MAX
            || block.is_some_and(|block| tallies.of_block.of(&block) >= BLOCK_MAX);
        if is_full {
            return None;
        }
        tallies.of_network.add(network.clone(), 1);
        if let Some(block) = block {
            tallies.of_block.add(block, 1);
        }
        Some(Tallied { network, block })
    }

    /// Notes that a connection was refused. The log hears of it now and then: who is refused often
    /// must not fill it.
    pub(super) fn refused(&self, peer: IpAddr) {
        metrics::connection_refused();
        if self.0.warnings.check().is_ok() {
            tracing::warn!(%peer, "connections are refused: their network has as many as it may");
        }
    }

    fn tallies(&self) -> MutexGuard<'_, Tallies> {
        let tallies = self.0.tallies.lock();
        tallies.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let Some(Tallied { network, block }) = &self.under else {
            return;
        };
        let mut tallies = self.networks.tallies();
        tallies.of_network.remove(network, 1);
        if let Some(block) = block {
            tallies.of_block.remove(block, 1);
        }
    }
}

/// The /48 of an IPv6 address.
fn block_of(peer: IpAddr) -> Option<[u16; 3]> {
    match peer {
        IpAddr::V4(_) => None,
        IpAddr::V6(peer) => {
            let [a, b, c, ..] = peer.segments();
            Some([a, b, c])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lets in as many as come from there, up to that many.
    fn enter(networks: &Networks, peer: &str, times: usize) -> Vec<Entered> {
        let peer = peer.parse().unwrap();
        (0..times).map_while(|_| networks.enter(peer)).collect()
    }

    #[test]
    fn an_address_has_1024_connections_and_gets_them_back_when_they_end() {
        let networks = Networks::new(Vec::new());
        let mut open = enter(&networks, "192.0.2.1", 2_000);
        assert_eq!(open.len(), 1_024);
        assert_eq!(enter(&networks, "::ffff:192.0.2.1", 1).len(), 0);
        assert_eq!(enter(&networks, "192.0.2.2", 1).len(), 1);
        open.pop();
        assert_eq!(enter(&networks, "192.0.2.1", 2).len(), 1);
    }

    #[test]
    fn the_addresses_of_an_ipv6_subscriber_share_and_those_of_a_block_share_twice_as_many() {
        let networks = Networks::new(Vec::new());
        let first = enter(&networks, "2001:db8:1:1::1", 1_000);
        let same = enter(&networks, "2001:db8:1:1:ffff::2", 1_000);
        assert_eq!((first.len(), same.len()), (1_000, 24));
        let second = enter(&networks, "2001:db8:1:2::1", 1_000);
        let third = enter(&networks, "2001:db8:1:3::1", 1_000);
        assert_eq!((second.len(), third.len()), (1_000, 24));
        assert_eq!(enter(&networks, "2001:db8:2:1::1", 1_000).len(), 1_000);
        drop((first, same));
        assert_eq!(enter(&networks, "2001:db8:1:3::1", 1_000).len(), 1_000);
    }

    #[test]
    fn a_trusted_proxy_has_as_many_as_it_likes() {
        let networks = Networks::new(vec!["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(enter(&networks, "10.1.2.3", 3_000).len(), 3_000);
        assert_eq!(enter(&networks, "::ffff:10.1.2.3", 3_000).len(), 3_000);
        assert_eq!(enter(&networks, "192.0.2.1", 3_000).len(), 1_024);
    }
}
