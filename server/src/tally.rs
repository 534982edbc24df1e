//! What all who ask share: how much of it there is, and how much each network has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use backend::{block_of, network_of};

/// The most that is had at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// By all together.
    pub all: usize,
    /// By a network, an IPv4 address or an IPv6 /64.
    pub network: usize,
    /// By an IPv6 /48, which one customer may have whole: 65,536 networks.
    pub block: usize,
}

impl Most {
    /// A quarter for a network and half for a block, so that either leaves room for others. Where there
    /// is little of it, a network has one all the same.
    pub(crate) const fn fair(all: usize) -> Self {
        Self {
            all,
            network: all.div_ceil(4),
            block: all.div_ceil(2),
        }
    }
}

/// Counts who has how much; cheap to clone.
#[derive(Clone)]
pub(crate) struct Tally(Arc<Counted>);

struct Counted {
    most: Most,
    had: Mutex<Had>,
}

/// What is had now.
#[derive(Default)]
struct Had {
    by_all: usize,
    by_network: Counts,
    by_block: Counts,
}

/// What one connection, request or body has. It is given back when this is dropped, also with a request
/// that nobody waits for any more.
pub(crate) struct Share {
    tally: Tally,
    network: String,
    block: Option<String>,
    amount: usize,
}

impl Tally {
    pub(crate) fn new(most: Most) -> Self {
        Self(Arc::new(Counted {
            most,
            had: Mutex::default(),
        }))
    }

    /// The share of what comes from that address: nothing yet.
    pub(crate) fn share(&self, address: &str) -> Share {
        Share {
            tally: self.clone(),
            network: network_of(address),
            block: block_of(address),
            amount: 0,
        }
    }

    fn had(&self) -> MutexGuard<'_, Had> {
        self.0.had.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Whether there is room for so much more.
    pub(crate) fn has_room(&self, more: usize) -> bool {
        more <= self.room(&self.tally.had())
    }

    /// Takes so much more. False where there is no room for it; then nothing is taken.
    #[must_use]
    pub(crate) fn take(&mut self, more: usize) -> bool {
        let mut had = self.tally.had();
        if more > self.room(&had) {
            return false;
        }
        had.by_all += more;
        had.by_network.add(&self.network, more);
        if let Some(block) = &self.block {
            had.by_block.add(block, more);
        }
        drop(had);
        self.amount += more;
        true
    }

    /// How much more there is for it.
    fn room(&self, had: &Had) -> usize {
        let most = self.tally.0.most;
        let of_all = most.all.saturating_sub(had.by_all);
        let by_network = had.by_network.of(&self.network);
        let of_network = most.network.saturating_sub(by_network);
        let of_block = self.block.as_ref().map_or(usize::MAX, |block| {
            most.block.saturating_sub(had.by_block.of(block))
        });
        of_all.min(of_network).min(of_block)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut had = self.tally.had();
        had.by_all = had.by_all.saturating_sub(self.amount);
        had.by_network.remove(&self.network, self.amount);
        if let Some(block) = &self.block {
            had.by_block.remove(block, self.amount);
        }
    }
}

/// How much each has. Whoever has nothing is not in it, so that it stays as small as what is shared.
#[derive(Debug, Default)]
struct Counts(HashMap<String, usize>);

impl Counts {
    fn of(&self, who: &str) -> usize {
        self.0.get(who).copied().unwrap_or_default()
    }

    fn add(&mut self, who: &str, amount: usize) {
        *self.0.entry(who.to_owned()).or_default() += amount;
    }

    /// Takes back what was added.
    fn remove(&mut self, who: &str, amount: usize) {
        if let Some(has) = self.0.get_mut(who) {
            *has = has.saturating_sub(amount);
            if *has == 0 {
                self.0.remove(who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of one that was let in.
    fn taken(tally: &Tally, address: &str, amount: usize) -> Option<Share> {
        let mut share = tally.share(address);
        share.take(amount).then_some(share)
    }

    #[test]
    fn a_network_has_a_quarter_and_leaves_the_rest_to_others() {
        let tally = Tally::new(Most::fair(16));
        let _first = taken(&tally, "192.0.2.1", 3).unwrap();
        assert!(taken(&tally, "::ffff:192.0.2.1", 2).is_none());
        let _last = taken(&tally, "192.0.2.1", 1).unwrap();
        assert!(!tally.share("192.0.2.1").has_room(1));
        let _other = taken(&tally, "192.0.2.2", 4).unwrap();
    }

    #[test]
    fn the_addresses_of_an_ipv6_subscriber_share_and_those_of_a_block_share_half() {
        let tally = Tally::new(Most::fair(16));
        let first = taken(&tally, "2001:db8:1:1::1", 3).unwrap();
        assert!(taken(&tally, "2001:db8:1:1:ffff::2", 2).is_none());
        let _second = taken(&tally, "2001:db8:1:2::1", 3).unwrap();
        assert!(taken(&tally, "2001:db8:1:3::1", 3).is_none());
        let _third = taken(&tally, "2001:db8:1:3::1", 2).unwrap();
        let _other = taken(&tally, "2001:db8:2:1::1", 4).unwrap();
        drop(first);
        assert!(taken(&tally, "2001:db8:1:4::1", 3).is_some());
    }

    #[test]
    fn all_networks_together_have_no_more_than_there_is() {
        let tally = Tally::new(Most::fair(16));
        let quarter = |network| taken(&tally, &format!("192.0.2.{network}"), 4);
        let _all = [1, 2, 3, 4].map(|network| quarter(network).unwrap());
        assert!(taken(&tally, "192.0.2.5", 1).is_none());
    }

    #[test]
    fn a_share_that_grew_is_given_back_whole_and_whoever_has_nothing_is_forgotten() {
        let tally = Tally::new(Most::fair(16));
        for address in ["192.0.2.1", "2001:db8::1"] {
            let mut share = tally.share(address);
            assert!(share.take(0) && share.take(1) && share.take(3) && !share.take(1));
            drop(share);
            let had = tally.had();
            assert_eq!(had.by_all, 0);
            assert!(had.by_network.0.is_empty(), "{:?}", had.by_network);
            assert!(had.by_block.0.is_empty(), "{:?}", had.by_block);
        }
    }

    #[test]
    fn where_there_is_little_a_network_has_one_and_where_there_is_nothing_none() {
        let most = |all, network, block| Most {
            all,
            network,
            block,
        };
        assert_eq!(Most::fair(512), most(512, 128, 256));
        assert_eq!(Most::fair(2), most(2, 1, 1));
        assert_eq!(Most::fair(0), most(0, 0, 0));
    }
}
