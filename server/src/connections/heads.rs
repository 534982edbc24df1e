//! How long the head of a request may take. hyper counts from when it waits for one, and between
//! requests a connection may be idle for longer than a head may take; so it is given a timer that
//! knows when the first byte has come.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Sleep, Timer};
use tokio::time::Instant;

/// How long a head may take from its first byte on.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// What comes on a connection: whoever reads it and whoever answers its requests say so.
#[derive(Clone, Default)]
pub(super) struct Coming(Arc<Mutex<Come>>);

impl Coming {
    /// These bytes came.
    pub(super) fn read(&self, bytes: &[u8]) {
        let mut come = self.come();
        for byte in bytes {
            come.read(*byte);
        }
    }

    /// A head was whole; the body of its request has so many bytes, if it says.
    pub(super) fn asked(&self, body_bytes: Option<u64>) {
        self.come().asked(body_bytes);
    }

    fn come(&self) -> MutexGuard<'_, Come> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What has come, as far as it tells whether a head has begun. hyper does not: of what it has read it
/// keeps what came with the end of a request.
#[derive(Default)]
struct Come {
    place: Place,
    /// Whether the line that is coming has something in it.
    is_in_line: bool,
    /// Whether the last line was not empty, or is not whole: heads end in an empty one, and so do
    /// bodies in chunks.
    is_open: bool,
}

/// Where in its requests a connection is.
#[derive(Clone, Copy)]
enum Place {
    /// Before a head, or in it.
    Head { has_begun: bool },
    /// So many bytes after the end of a head that nobody was told of yet.
    Whole { after: u64 },
    /// So many bytes after the head of a request, whose body has so many. Either may not be known: a
    /// head that came with the request before it ended nobody knows where.
    Request {
        after: Option<u64>,
        body: Option<u64>,
    },
}

impl Default for Place {
    fn default() -> Self {
        Self::Head { has_begun: false }
    }
}

impl Come {
    fn read(&mut self, byte: u8) {
        // Then what comes now is of the next one.
        if self.is_request_whole() {
            *self = Self::default();
        }
        let ends_line = byte == b'\n';
        self.is_open = self.is_in_line || !ends_line;
        self.is_in_line = !ends_line && (self.is_in_line || byte != b'\r');
        self.place = match self.place {
            Place::Head { has_begun: true } if !self.is_open => Place::Whole { after: 0 },
            // Empty lines before a head are nothing.
            Place::Head { has_begun } => Place::Head {
                has_begun: has_begun || self.is_in_line,
            },
            Place::Whole { after } => Place::Whole { after: after + 1 },
            Place::Request {
                after: Some(after),
                body,
            } => Place::Request {
                after: Some(after + 1),
                body,
            },
            lost @ Place::Request { after: None, .. } => lost,
        };
    }

    fn asked(&mut self, body: Option<u64>) {
        let after = match self.place {
            Place::Whole { after } => Some(after),
            Place::Head { .. } | Place::Request { .. } => None,
        };
        self.place = Place::Request { after, body };
    }

    /// Whether what has come ends with the request that was asked last, as far as that is known.
    fn is_request_whole(&self) -> bool {
        match self.place {
            Place::Request {
                after: Some(after),
                body: Some(body),
            } => after == body,
            _ => false,
        }
    }

    /// From now on a head is waited for. It may have begun already, and where that is not known it counts
    /// as if it had.
    fn wait(&mut self) {
        if self.is_request_whole() {
            *self = Self::default();
        } else if let Place::Request { .. } = self.place {
            let has_begun = self.is_open;
            self.place = Place::Head { has_begun };
        }
    }

    /// Whether the head that is waited for has begun.
    fn has_begun(&self) -> bool {
        !matches!(self.place, Place::Head { has_begun: false })
    }
}

/// The timer of one connection. hyper asks it for one thing only: to be woken when a head, which it
/// begins to wait for, has not come by a time.
pub(super) struct HeadTimer(pub(super) Coming);

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn Sleep>> {
        self.0.come().wait();
        Box::pin(Wait {
            coming: self.0.clone(),
            has_begun: false,
            sleep: Box::pin(tokio::time::sleep_until(deadline.into())),
        })
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

/// Waits for a head: for its first byte until the connection was idle for too long, for the rest as
/// long as a head may take.
struct Wait {
    coming: Coming,
    has_begun: bool,
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl Future for Wait {
    type Output = ();

    /// hyper reads the connection first and asks this then, so that now is when the byte came, or when
    /// the request with which it came was answered.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_begun && self.coming.come().has_begun() {
            self.has_begun = true;
            self.sleep.as_mut().reset(Instant::now() + HEAD_TIME_MAX);
        }
        self.sleep.as_mut().poll(context)
    }
}

impl Sleep for Wait {}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "POST / HTTP/1.1\r\nHost: x\r\n\r\n";
    const HALF: &str = "GET / HTTP/1.1\r\nHost: x\r\n";

    impl Coming {
        /// A request comes in these pieces, of which the first holds its head, and is answered. Gives
        /// whether the next head has begun.
        fn request(&self, pieces: &[&str], body_bytes: Option<u64>) -> bool {
            for (place, piece) in pieces.iter().enumerate() {
                self.read(piece.as_bytes());
                if place == 0 {
                    self.asked(body_bytes);
                }
            }
            self.come().wait();
            self.come().has_begun()
        }
    }

    #[test]
    fn a_request_that_ends_begins_no_head() {
        let coming = Coming::default();
        assert!(!coming.request(&[HEAD], Some(0)));
        assert!(!coming.request(&[HEAD, "bo", "dy"], Some(4)));
        assert!(!coming.request(&[&format!("{HEAD}body")], Some(4)));
        assert!(!coming.request(&[HEAD, "4\r\nbody\r\n", "0\r\n\r\n"], None));
        // Some clients end a body with an empty line that is none of it.
        assert!(!coming.request(&[HEAD, "body\r\n"], Some(4)));
        assert!(!coming.request(&[HEAD], Some(0)));
    }

    #[test]
    fn what_comes_after_the_end_of_a_request_is_a_head() {
        let begins = |pieces: &[&str], body_bytes| {
            assert!(Coming::default().request(pieces, body_bytes), "{pieces:?}");
        };
        begins(&[&format!("{HEAD}{HALF}")], Some(0));
        begins(&[HEAD, "G"], Some(0));
        begins(&[&format!("{HEAD}body{HALF}")], Some(4));
        begins(&[HEAD, &format!("body{HALF}")], Some(4));
        begins(&[HEAD, "body", HALF], Some(4));
        begins(&[HEAD, &format!("4\r\nbody\r\n0\r\n\r\n{HALF}")], None);
    }

    #[test]
    fn where_it_is_not_known_what_came_it_counts_as_a_head_until_it_is_known_again() {
        let coming = Coming::default();
        // Both came at once, so that nobody has seen where the second one's head ended.
        assert!(coming.request(&[&format!("{HEAD}{HEAD}body")], Some(0)));
        assert!(coming.request(&[""], Some(4)));
        assert!(!coming.request(&[HEAD, "body"], Some(4)));
    }
}
