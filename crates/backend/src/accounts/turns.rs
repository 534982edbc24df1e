//! Who hashes next. Networks take turns, and none has more than half of the seats while another waits:
//! who sends many passwords at once keeps nobody else from signing in.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// The seats, and who waits for one; cheap to clone.
#[derive(Clone)]
pub(super) struct Turns(Arc<Mutex<Queue>>);

/// A place to hash at; whoever drops it leaves it to the next.
pub(super) struct Seat {
    turns: Turns,
    network: String,
}

struct Queue {
    free: usize,
    /// The most seats of one network while another waits.
    share: usize,
    /// How many seats each network has that has any.
    taken: HashMap<String, usize>,
    /// Those who wait, by network; the network that has waited for its turn longest comes first.
    lines: VecDeque<Line>,
}

struct Line {
    network: String,
    waiting: VecDeque<oneshot::Sender<Seat>>,
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
        let at_once = self.queue().enter(network, sender);
        if let Some(sender) = at_once {
            self.hand_out(network, sender);
        }
        receiver
    }

    /// Leaves a seat to the next one, if somebody waits.
    fn leave(&self, network: &str) {
        let next = self.queue().leave(network);
        if let Some((network, sender)) = next {
            self.hand_out(&network, sender);
        }
    }

    /// Hands out a seat that the queue has counted, and does not hold any more: whoever went away in
    /// this moment drops the seat, which leaves it again.
    fn hand_out(&self, network: &str, sender: oneshot::Sender<Seat>) {
        let seat = Seat {
            turns: self.clone(),
            network: network.to_owned(),
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
        self.turns.leave(&self.network);
    }
}

impl Queue {
    /// Takes a free seat, for which the sender is given back, or lines up. Nobody waits while a seat is
    /// free.
    fn enter(
        &mut self,
        network: &str,
        sender: oneshot::Sender<Seat>,
    ) -> Option<oneshot::Sender<Seat>> {
        if self.free > 0 {
            self.free -= 1;
            self.take(network);
            return Some(sender);
        }
        let line = self.lines.iter_mut().find(|line| line.network == network);
        match line {
            Some(line) => line.waiting.push_back(sender),
            None => self.lines.push_back(Line {
                network: network.to_owned(),
                waiting: VecDeque::from([sender]),
            }),
        }
        None
    }

    /// Takes a seat back, and gives it to the next one who still waits.
    fn leave(&mut self, network: &str) -> Option<(String, oneshot::Sender<Seat>)> {
        if let Some(taken) = self.taken.get_mut(network) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(network);
            }
        }
        let next = self.next_in_turn();
        match &next {
            Some((network, _)) => self.take(network),
            None => self.free += 1,
        }
        next
    }

    fn take(&mut self, network: &str) {
        *self.taken.entry(network.to_owned()).or_default() += 1;
    }

    /// The first of the line whose turn it is, which goes to the end: the first line below its share;
    /// where all have theirs, the first.
    fn next_in_turn(&mut self) -> Option<(String, oneshot::Sender<Seat>)> {
        for line in &mut self.lines {
            line.waiting.retain(|sender| !sender.is_closed());
        }
        self.lines.retain(|line| !line.waiting.is_empty());
        let has_room = |line: &Line| {
            self.taken
                .get(&line.network)
                .is_none_or(|it| *it < self.share)
        };
        let turn = self.lines.iter().position(has_room).unwrap_or(0);
        let mut line = self.lines.remove(turn)?;
        let sender = line.waiting.pop_front()?;
        let network = line.network.clone();
        if !line.waiting.is_empty() {
            self.lines.push_back(line);
        }
        Some((network, sender))
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

    #[test]
    fn on_one_seat_networks_take_turns() {
        let turns = Turns::new(1);
        let mut seat = seated(&mut line_up(&turns, "many", 1));
        let mut lines = [("many", 3), ("one", 1), ("two", 2)]
            .map(|(network, count)| (network, line_up(&turns, network, count)));
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
        assert_eq!(order, ["many", "one", "two", "many", "two", "many"]);
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
