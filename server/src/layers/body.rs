//! Bodies are read here, whole and before a place is taken, so that whoever holds one back keeps
//! nobody else out. A request has arrived when its last byte has.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::Arrival;
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};
use wire::{AppError, Code};

use super::bounds::full;
use super::client::address_of;
use crate::error::ApiError;
use crate::state::AppState;
use crate::tally::Share;

/// The largest body of a request.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// How long a body may take of which little comes: enough for one that is on its way.
const BODY_TIME_MIN: Duration = Duration::from_secs(2);
/// For each so many bytes that have come, it may take a second more: so slow may a connection be.
const BYTES_A_SECOND: usize = 16 * 1024;

/// Reads the body, and says when the whole request was there. Nothing else does: a cash-out is paid as
/// of then, and whoever sends its head ahead gains nothing.
pub(crate) async fn receive(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if request.body().is_end_stream() {
        return next.run(arrived(&state, request)).await;
    }
    let (parts, body) = request.into_parts();
    let mut room = state.bodies.share(address_of(&parts.extensions));
    let request = match whole(body, &mut room).await {
        Ok(bytes) => Request::from_parts(parts, Body::from(bytes)),
        Err(refusal) => return closing(ApiError::from(refusal).into_response()),
    };
    let response = next.run(arrived(&state, request)).await;
    // It is held until then, as handlers hold what was in it.
    drop(room);
    response
}

/// For what is answered without its body, and waits for none.
pub(crate) async fn leave_body(request: Request, next: Next) -> Response {
    let is_whole = request.body().is_end_stream();
    let response = next.run(request).await;
    if is_whole {
        response
    } else {
        closing(response)
    }
}

fn arrived(state: &AppState, mut request: Request) -> Request {
    let arrival = Arrival(state.backend.clock().now());
    request.extensions_mut().insert(arrival);
    request
}

/// Says that the connection ends with the answer: what is left of the body is not read, and nobody
/// may send the next request after it.
fn closing(mut response: Response) -> Response {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// All of a body. Room is taken for what comes, as who only says how much will come sends nothing; where
/// there is none for that much, none of it is read.
async fn whole(mut body: Body, room: &mut Share) -> Result<Bytes, AppError> {
    let begun = Instant::now();
    let stated = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    expect_small(stated)?;
    if !room.has_room(stated) {
        return Err(full());
    }
    let mut come = Come::default();
    while !body.is_end_stream() {
        let frame = timeout_at(begun + come.time_max(), body.frame()).await;
        let Some(frame) = frame.map_err(|_| Code::TimedOut)? else {
            break;
        };
        let frame = frame.map_err(|_| Code::MalformedBody)?;
        // Nobody here asks for trailers.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        expect_small(come.bytes.saturating_add(data.len()))?;
        if !room.take(data.len()) {
            return Err(full());
        }
        come.add(data);
    }
    Ok(come.into_bytes())
}

/// Refuses a body that is larger than any may be, however much room there is.
fn expect_small(bytes: usize) -> Result<(), AppError> {
    if bytes > BODY_BYTES_MAX {
        return Err(Code::BodyTooLarge.into());
    }
    Ok(())
}

/// What has come of a body.
#[derive(Default)]
struct Come {
    bytes: usize,
    /// The first piece. Most bodies are one, and that is not copied.
    first: Bytes,
    /// All pieces, once there are more.
    all: Vec<u8>,
}

impl Come {
    fn add(&mut self, piece: Bytes) {
        if self.bytes == 0 {
            self.first = piece;
        } else {
            if self.all.is_empty() {
                self.all.extend_from_slice(&self.first);
            }
            self.all.extend_from_slice(&piece);
        }
        self.bytes = self.first.len().max(self.all.len());
    }

    /// How long the body may take, now that so much of it is there.
    fn time_max(&self) -> Duration {
        let secs = (self.bytes / BYTES_A_SECOND) as u64;
        BODY_TIME_MIN + Duration::from_secs(secs)
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures::stream;

    use super::*;
    use crate::tally::{Most, Tally};

    const KILOBYTE: usize = 1_024;
    const HERE: &str = "192.0.2.1";
    const ELSEWHERE: &str = "192.0.2.2";

    /// Room for four bodies of the largest, of which a network has one.
    fn bodies() -> Tally {
        Tally::new(Most::fair(4 * BODY_BYTES_MAX))
    }

    /// So many kilobytes, of which one comes each time that this has passed.
    fn drips(kilobytes: usize, every: Duration) -> Body {
        let drops = stream::unfold(0, move |come| async move {
            if come == kilobytes {
                return None;
            }
            tokio::time::sleep(every).await;
            let drop = Bytes::from(vec![b'0' + (come % 10) as u8; KILOBYTE]);
            Some((Ok::<_, Infallible>(drop), come + 1))
        });
        Body::from_stream(drops)
    }

    async fn read(body: Body) -> Result<Bytes, Code> {
        let mut room = bodies().share(HERE);
        let read = whole(body, &mut room).await;
        read.map_err(|refusal| refusal.code)
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_in_drips_that_is_fast_enough_is_taken() {
        let begun = Instant::now();
        let bytes = read(drips(60, Duration::from_millis(50))).await.unwrap();
        assert!(begun.elapsed() > BODY_TIME_MIN);
        assert_eq!(bytes.len(), 60 * KILOBYTE);
        for (place, piece) in bytes.chunks(KILOBYTE).enumerate() {
            let digit = b'0' + (place % 10) as u8;
            assert!(piece.iter().all(|byte| *byte == digit), "{place}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_in_drips_that_is_too_slow_is_given_up() {
        let slow = read(drips(60, Duration::from_millis(100))).await;
        assert_eq!(slow, Err(Code::TimedOut));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_is_waited_for_for_two_seconds() {
        let begun = Instant::now();
        let nothing = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        assert_eq!(read(nothing).await, Err(Code::TimedOut));
        assert_eq!(begun.elapsed().as_secs(), 2);
    }

    #[tokio::test]
    async fn a_body_has_64_kilobytes_whether_it_says_so_or_not() {
        let stated = |bytes| Body::from(vec![b'x'; bytes]);
        assert_eq!(read(stated(64 * KILOBYTE)).await.unwrap().len(), 65_536);
        let over = read(stated(64 * KILOBYTE + 1)).await;
        assert_eq!(over, Err(Code::BodyTooLarge));
        let unstated = |kilobytes| drips(kilobytes, Duration::ZERO);
        assert_eq!(read(unstated(64)).await.unwrap().len(), 65_536);
        assert_eq!(read(unstated(65)).await, Err(Code::BodyTooLarge));
    }

    #[tokio::test]
    async fn a_body_without_room_is_asked_to_come_back() {
        let bodies = bodies();
        let mut all = bodies.share(HERE);
        while all.take(KILOBYTE) {}
        for body in [Body::from("stated"), drips(1, Duration::ZERO)] {
            let mut room = bodies.share(HERE);
            let refusal = whole(body, &mut room).await.unwrap_err();
            assert_eq!(refusal.code, Code::Unavailable);
            assert_eq!(refusal.retry_after_secs, Some(1));
        }
        let large = Body::from(vec![b'x'; BODY_BYTES_MAX + 1]);
        let mut room = bodies.share(HERE);
        let refusal = whole(large, &mut room).await.unwrap_err();
        assert_eq!(refusal.code, Code::BodyTooLarge, "it need not come back");
        let mut room = bodies.share(ELSEWHERE);
        assert!(whole(Body::from("stated"), &mut room).await.is_ok());
    }
}
