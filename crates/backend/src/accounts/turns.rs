//! Who hashes next. Blocks take turns, and none has more than half of the seats while another waits; so
//! do the networks of a block: who sends many passwords at once keeps nobody else from signing in,
//! also from an IPv6 /48 of their own. A network that is of no block is one.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::caller::block_of_network;

/// The seats, and who waits for one; cheap to clone.
#[derive(Clone)]
pub(super) struct Turns(Arc<Mutex<Queue>>);

/// A place to hash at; whoever drops it leaves it to the next.
pub(super) struct Seat {
    turns: Turns,
    block: String,
}

/// Whom a seat is given to.
type Sender = oneshot::Sender<Seat>;

struct Queue {
    free: usize,
    /// The most seats of one block while another waits.
    share: usize,
    /// How many seats each block has that has any.
    taken: HashMap<String, usize>,
    /// Those who wait, by block; the block that has waited for its turn longest comes first.
    lines: VecDeque<Line>,
}

struct Line {
    block: String,
    /// Those who wait, by network; the network that has waited for its turn longest comes first.
    networks: VecDeque<(String, VecDeque<Sender>)>,
}

impl Turns {
    pub(super) fn new(seats: usize) -> Self {
        let seats = seats.max(1);
        Self(Arc::new(Mutex::new(Queue {
            free: seats,
            share: (seats / 2).max(1),
            taken: HashMap::new(),
            lines: VecDeque::new(),
        })))
    }

    /// Lines up; what is received is the seat. Whoever drops the receiver does not wait any more.
    pub(super) fn line_up(&self, network: &str) -> oneshot::Receiver<Seat> {
        let (sender, receiver) = oneshot::channel();
        let block = block_of_network(network).unwrap_or_else(|| network.to_owned());
        let at_once = self.queue().enter(&block, network, sender);
        if let Some(sender) = at_once {
            self.hand_out(block, sender);
        }
        receiver
    }

    /// Leaves a seat to the next one, if somebody waits.
    fn leave(&self, block: &str) {
        let next = self.queue().leave(block);
        if let Some((block, sender)) = next {
            self.hand_out(block, sender);
        }
    }

    /// Hands out a seat that the queue has counted, and does not hold any more: whoever went away in
    /// this moment drops the seat, which leaves it again.
    fn hand_out(&self, block: String, sender: Sender) {
        let seat = Seat {
            turns: self.clone(),
            block,
        };
        _ = sender.send(seat);
    }

    /// A panic elsewhere leaves a whole queue.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.turns.leave(&self.block);
    }
}

impl Queue {
    /// Takes a free seat, for which the sender is given back, or lines up. Nobody waits while a seat is
    /// free.
    fn enter(&mut self, block: &str, network: &str, sender: Sender) -> Option<Sender> {
        if self.free > 0 {
            self.free -= 1;
            self.take(block);
            return Some(sender);
        }
        let line = self.lines.iter_mut().find(|line| line.block == block);
        match line {
            Some(line) => line.push(network, sender),
            None => self.lines.push_back(Line {
                block: block.to_owned(),
                networks: VecDeque::from([(network.to_owned(), VecDeque::from([sender]))]),
            }),
        }
        None
    }

    /// Takes a seat back, and gives it to the next one who still waits.
    fn leave(&mut self, block: &str) -> Option<(String, Sender)> {
        if let Some(taken) = self.taken.get_mut(block) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(block);
            }
        }
        let next = self.next_in_turn();
        match &next {
            Some((block, _)) => self.take(block),
            None => self.free += 1,
        }
        next
    }

    fn take(&mut self, block: &str) {
        *self.taken.entry(block.to_owned()).or_default() += 1;
    }

    /// The first of the line whose turn it is, which goes to the end: the first line below its share;
    /// where all have theirs, the first.
    fn next_in_turn(&mut self) -> Option<(String, Sender)> {
        self.lines.retain_mut(Line::has_anybody);
        let has_room = |line: &Line| {
            self.taken
                .get(&line.block)
                .is_none_or(|it| *it < self.share)
        };
        let turn = self.lines.iter().position(has_room).unwrap_or(0);
        let mut line = self.lines.remove(turn)?;
        let sender = line.pop()?;
        let block = line.block.clone();
        if !line.networks.is_empty() {
            self.lines.push_back(line);
        }
        Some((block, sender))
    }
}

impl Line {
    fn push(&mut self, network: &str, sender: Sender) {
        let of_network = self.networks.iter_mut().find(|(it, _)| it == network);
        match of_network {
            Some((_, waiting)) => waiting.push_back(sender),
            None => {
                let waiting = VecDeque::from([sender]);
                self.networks.push_back((network.to_owned(), waiting));
            }
        }
    }

    /// Whether somebody still waits; who went away is forgotten.
    fn has_anybody(&mut self) -> bool {
        self.networks.retain_mut(|(_, waiting)| {
            waiting.retain(|sender| !sender.is_closed());
            !waiting.is_empty()
        });
        !self.networks.is_empty()
    }

    /// The first of the network whose turn it is, which goes to the end.
    fn pop(&mut self) -> Option<Sender> {
        let (network, mut waiting) = self.networks.pop_front()?;
        let sender = waiting.pop_front();
        if !waiting.is_empty() {
            self.networks.push_back((network, waiting));
        }
        sender
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Waiting = oneshot::Receiver<Seat>;

    fn line_up(turns: &Turns, network: &str, count: usize) -> Vec<Waiting> {
        (0..count).map(|_| turns.line_up(network)).collect()
    }

    /// The seats that these have got by now; the others wait on.
    fn seated(waiting: &mut Vec<Waiting>) -> Vec<Seat> {
        let mut seats = Vec::new();
        waiting.retain_mut(|it| match it.try_recv() {
            Ok(seat) => {
                seats.push(seat);
                false
            }
            Err(_) => true,
        });
        seats
    }

    #[test]
    fn one_network_has_all_seats_while_nobody_else_waits() {
        let turns = Turns::new(4);
        let mut many = line_up(&turns, "many", 9);
        for left in [5, 1] {
            assert_eq!(seated(&mut many).len(), 4);
            assert_eq!(many.len(), left);
        }
        assert_eq!(seated(&mut many).len(), 1);
    }

    #[test]
    fn while_another_waits_one_network_gets_no_seat_beyond_half() {
        let turns = Turns::new(4);
        let mut many = line_up(&turns, "many", 100);
        let mut held = seated(&mut many);
        let mut other = line_up(&turns, "other", 3);
        // Each seat that the many leave goes to the other, until both have half.
        let mut others = Vec::new();
        for count in 1..=2 {
            held.pop();
            others.append(&mut seated(&mut other));
            assert_eq!((seated(&mut many).len(), others.len()), (0, count));
        }
        // From there on what one leaves is its own again.
        held.pop();
        held.append(&mut seated(&mut many));
        assert_eq!((held.len(), seated(&mut other).len()), (2, 0));
        others.pop();
        others.append(&mut seated(&mut other));
        assert_eq!((others.len(), seated(&mut many).len()), (2, 0));
        // Once the other waits no more, the many have the rest.
        others.clear();
        held.append(&mut seated(&mut many));
        assert_eq!(held.len(), 4);
    }

    /// In which order these get the one seat, which the first has.
    fn order<const N: usize>(lines: [(&'static str, usize); N]) -> Vec<&'static str> {
        let turns = Turns::new(1);
        let mut seat = seated(&mut line_up(&turns, lines[0].0, 1));
        let mut lines = lines.map(|(network, count)| (network, line_up(&turns, network, count)));
        let mut order = Vec::new();
        while !seat.is_empty() {
            seat.clear();
            for (network, waiting) in &mut lines {
                let mut got = seated(waiting);
                if !got.is_empty() {
                    order.push(*network);
                    seat.append(&mut got);
                }
            }
        }
        order
    }

    #[test]
    fn on_one_seat_networks_take_turns() {
        let order = order([("many", 3), ("one", 1), ("two", 2)]);
        assert_eq!(order, ["many", "one", "two", "many", "two", "many"]);
    }

    #[test]
    fn the_networks_of_a_block_have_one_turn_among_them() {
        let [one, two, three] = [
            "2001:db8:1:1::/64",
            "2001:db8:1:2::/64",
            "2001:db8:1:3::/64",
        ];
        let order = order([(one, 3), (two, 1), (three, 1), ("192.0.2.1", 2)]);
        let of_block = [one, "192.0.2.1", two, "192.0.2.1", three, one, one];
        assert_eq!(order, of_block);
    }

    #[test]
    fn while_another_waits_one_block_gets_no_seat_beyond_half() {
        let turns = Turns::new(4);
        let mut many: Vec<_> = (0..100)
            .map(|n| turns.line_up(&format!("2001:db8:1:{n:x}::/64")))
            .collect();
        let mut held = seated(&mut many);
        let mut other = line_up(&turns, "2001:db8:2:1::/64", 2);
        held.truncate(2);
        assert_eq!(seated(&mut other).len(), 2);
    }

    #[test]
    fn whoever_went_away_holds_nothing_up() {
        let turns = Turns::new(1);
        let held = seated(&mut line_up(&turns, "many", 1));
        let gone = line_up(&turns, "many", 50);
        let mut one = line_up(&turns, "one", 1);
        drop(gone);
        drop(held);
        let seats = seated(&mut one);
        assert_eq!(seats.len(), 1);
        drop(seats);
        // A seat that was given to somebody who never took it is free as well.
        drop(line_up(&turns, "many", 1));
        assert_eq!(seated(&mut line_up(&turns, "one", 1)).len(), 1);
        let queue = turns.queue();
        assert_eq!(
            (queue.free, queue.taken.len(), queue.lines.len()),
            (1, 0, 0)
        );
    }
}
