//! How much of requests' bodies the club holds at once: in all, and of one network.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::tally::Tally;

/// What all bodies hold that are under way: whoever sends many at once fills this, and not the memory.
const ALL_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What those of one network hold: a quarter, so that it leaves room for others.
const NETWORK_BYTES_MAX: usize = ALL_BYTES_MAX / 4;

/// The bodies that are under way; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Bodies(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    bytes: usize,
    of_network: Tally<String>,
}

/// The room of one body. It is given back when this is dropped: with the answer, or with a request
/// that nobody waits for any more.
pub(crate) struct Room {
    bodies: Bodies,
    network: String,
    bytes: usize,
}

impl Bodies {
    /// The room of a body from that network: none yet.
    pub(crate) fn room(&self, network: String) -> Room {
        Room {
            bodies: self.clone(),
            network,
            bytes: 0,
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn has_room(&self, network: &String, bytes: usize) -> bool {
        let of_network = self.of_network.of(network);
        self.bytes + bytes <= ALL_BYTES_MAX && of_network + bytes <= NETWORK_BYTES_MAX
    }
}

impl Room {
    /// Whether there is room for so much more.
    pub(crate) fn has(&self, bytes: usize) -> bool {
        self.bodies.held().has_room(&self.network, bytes)
    }

    /// Takes so much more. False where there is no room for it; then nothing is taken.
    pub(crate) fn take(&mut self, bytes: usize) -> bool {
        let mut held = self.bodies.held();
        if !held.has_room(&self.network, bytes) {
            return false;
        }
        held.bytes += bytes;
        held.of_network.add(self.network.clone(), bytes);
        drop(held);
        self.bytes += bytes;
        true
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut held = self.bodies.held();
        held.bytes = held.bytes.saturating_sub(self.bytes);
        held.of_network.remove(&self.network, self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The room of a body that was let in.
    fn taken(bodies: &Bodies, network: &str, bytes: usize) -> Option<Room> {
        let mut room = bodies.room(network.to_owned());
        room.take(bytes).then_some(room)
    }

    #[test]
    fn one_network_has_a_quarter_and_leaves_the_rest_to_others() {
        let bodies = Bodies::default();
        let _first = taken(&bodies, "a", NETWORK_BYTES_MAX - 1).unwrap();
        assert!(taken(&bodies, "a", 2).is_none());
        let _last = taken(&bodies, "a", 1).unwrap();
        assert!(taken(&bodies, "a", 1).is_none());
        let _other = taken(&bodies, "b", NETWORK_BYTES_MAX).unwrap();
    }

    #[test]
    fn all_networks_together_have_sixteen_megabytes() {
        let bodies = Bodies::default();
        let quarter = |network| taken(&bodies, network, NETWORK_BYTES_MAX);
        let _all = ["a", "b", "c", "d"].map(|network| quarter(network).unwrap());
        assert_eq!(bodies.held().bytes, 16 * 1024 * 1024);
        assert!(taken(&bodies, "e", 1).is_none());
    }

    #[test]
    fn room_that_grew_is_given_back_whole() {
        let bodies = Bodies::default();
        let mut room = bodies.room("a".to_owned());
        assert!(room.take(1) && room.take(NETWORK_BYTES_MAX - 1) && !room.take(1));
        drop(room);
        assert_eq!(bodies.held().bytes, 0);
        assert!(taken(&bodies, "a", NETWORK_BYTES_MAX).is_some());
    }
}
