//! How many requests, and how long: everything has a limit.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use wire::{AppError, Code};

use super::client::address_of;
use crate::error::ApiError;
use crate::tally::Tally;

/// The longest that a request may take, once all of it is there.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);

/// Lets a request in while there is a place for it, among all and among those of its network.
pub(crate) async fn admit(State(places): State<Tally>, request: Request, next: Next) -> Response {
    let mut place = places.share(address_of(request.extensions()));
    if !place.take(1) {
        return ApiError::from(full()).into_response();
    }
    let response = next.run(request).await;
    drop(place);
    response
}

/// For whom there is no room now: they are asked to come back in a second.
pub(super) fn full() -> AppError {
    AppError::new(Code::Unavailable).retry_after(1)
}

/// Gives up on a request that takes too long; what it began and did not commit is undone.
pub(crate) async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIME_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::from(Code::TimedOut).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::task::Poll;

    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use backend::Device;
    use futures::FutureExt;
    use futures::future::LocalBoxFuture;
    use tower::ServiceExt;

    use super::*;
    use crate::tally::Most;

    const FULL: Option<StatusCode> = Some(StatusCode::SERVICE_UNAVAILABLE);

    /// A request that has its place, and waits for what never comes.
    type Held = LocalBoxFuture<'static, Result<Response, Infallible>>;

    /// Asks for what never comes, from that address. Gives the status where there is no place.
    async fn ask(app: &Router, address: &str) -> Result<Held, StatusCode> {
        let device = Device {
            address: address.to_owned(),
            user_agent: String::new(),
        };
        let request = Request::get("/").extension(device);
        let request = request.body(Body::empty()).unwrap();
        let mut asked = app.clone().oneshot(request).boxed_local();
        match futures::poll!(&mut asked) {
            Poll::Pending => Ok(asked),
            Poll::Ready(answer) => Err(answer.unwrap().status()),
        }
    }

    #[tokio::test]
    async fn a_network_has_a_quarter_of_the_places_a_block_half_and_all_no_more_than_there_are() {
        let places = Tally::new(Most::fair(8));
        let app = Router::new()
            .route("/", get(std::future::pending::<()>))
            .layer(from_fn_with_state(places, admit));
        let mut held = Vec::new();
        for (address, has) in [
            ("192.0.2.1", 2),
            ("2001:db8:1:1::1", 2),
            ("2001:db8:1:2::1", 2),
            // The block has four.
            ("2001:db8:1:3::1", 0),
            ("192.0.2.2", 2),
            // And there are eight.
            ("192.0.2.3", 0),
        ] {
            for _ in 0..has {
                held.push(ask(&app, address).await.unwrap());
            }
            assert_eq!(ask(&app, address).await.err(), FULL, "{address}");
        }
        // The first was from there, and nobody waits for it any more.
        drop(held.remove(0));
        assert!(ask(&app, "192.0.2.1").await.is_ok());
    }
}
