//! The live channel, as a WebSocket and as server-sent events.

mod events;
mod socket;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use backend::live::{Listener, Resume, Wanted};
use backend::{Member, Origin};
use serde::Deserialize;
use tokio::sync::watch;
use utoipa::IntoParams;
use utoipa_axum::routes;
use wire::live::{SocketMessage, StreamMessage, Topic};
use wire::{AppError, Code, UserId};

use crate::error::{ApiError, ApiResult};
use crate::extract::{OfOneself, Query};
use crate::identity::{self, CameFrom};
use crate::number::Number;
use crate::reasons::refusals;
use crate::state::{AppState, Routes};

/// The largest message of a client.
const FRAME_BYTES_MAX: usize = 4 * 1024;
/// What a socket reads at once. The default, 128 kB, is taken for each.
const READ_BYTES: usize = 2 * 1024;
/// What a socket may hold back for a client that does not read.
const HELD_BYTES_MAX: usize = 256 * 1024;

pub(crate) fn router() -> Routes {
    Routes::new()
        .routes(routes!(notifications_socket))
        .routes(routes!(notifications_events))
        .routes(routes!(game_stats_socket))
}

/// What a client may say when it connects; not to be debugged, for its token.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Listen {
    /// Only these topics, separated by commas: `account`, `play`, `progress`, `shop`, `club`.
    topics: Option<String>,
    /// The last event that the client knows, as `epoch:id`; the `Last-Event-ID` header counts first.
    #[serde(alias = "lastEventId")]
    last_event_id: Option<String>,
    /// An access token, for clients that can send neither a header nor a cookie.
    token: Option<String>,
}

refusals!(SocketRefusals:
    Forbidden: "another member's", ForeignOrigin, UpgradeRequired: "not a WebSocket",
    RateLimited: "the member has too many connections, or reads much within a minute",
    NotFound: "no such member",
);

/// Events and states of a member, as a WebSocket.
///
/// The first message is a `Hello`; then come what was missed, how things stand, and what happens.
/// Clients may send `Frame`s; a `ping` is answered by a `Reply`. It is closed with 4401 when the
/// sign-in ends or runs out, 4408 when the client falls behind, 4400 for a bad frame, 1012 when the
/// club goes down.
#[utoipa::path(
    get, path = "/ws/notifications/{user_id}", operation_id = "live_notifications_socket_v1", tag = "live",
    security(("bearer" = [])), params(OfOneself, Listen),
    responses(
        (status = 101, description = "Messages follow", body = SocketMessage),
        SocketRefusals,
    )
)]
async fn notifications_socket(
    State(state): State<AppState>,
    headers: HeaderMap,
    CameFrom(origin): CameFrom,
    Number(user): Number,
    Query(listen): Query<Listen>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> ApiResult<Response> {
    let listener = listener(&state, (&headers, &origin), UserId(user), listen, true).await?;
    Ok(upgraded(upgrade, &state, listener))
}

/// The member's statistics and open sitting whenever they change, as a WebSocket.
#[utoipa::path(
    get, path = "/ws/game-stats/{user_id}", operation_id = "live_game_stats_socket_v1", tag = "live",
    security(("bearer" = [])), params(OfOneself, Listen),
    responses(
        (status = 101, description = "Messages follow: `STATS` and `SESSION`", body = SocketMessage),
        SocketRefusals,
    )
)]
async fn game_stats_socket(
    State(state): State<AppState>,
    headers: HeaderMap,
    CameFrom(origin): CameFrom,
    Number(user): Number,
    Query(listen): Query<Listen>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> ApiResult<Response> {
    let listen = Listen {
        topics: Some(Topic::Play.as_str().to_owned()),
        ..listen
    };
    let listener = listener(&state, (&headers, &origin), UserId(user), listen, false).await?;
    Ok(upgraded(upgrade, &state, listener))
}

refusals!(NotificationsEventsRefusals:
    Forbidden: "another member's",
    RateLimited: "the member has too many connections, or reads much within a minute",
    NotFound: "no such member",
);

/// Events and states of a member, as server-sent events.
///
/// Each has one message as its data; an event's `id` is what to resume with. When the sign-in ends or
/// runs out, the client falls behind, or the club is in trouble, the last one is called `close`, and
/// its data is a `Goodbye`.
#[utoipa::path(
    get, path = "/sse/notifications/{user_id}", operation_id = "live_notifications_events_v1", tag = "live",
    security(("bearer" = [])), params(OfOneself, Listen),
    responses(
        (status = 200, description = "Messages follow", body = StreamMessage, content_type = "text/event-stream"),
        NotificationsEventsRefusals,
    )
)]
async fn notifications_events(
    State(state): State<AppState>,
    headers: HeaderMap,
    CameFrom(origin): CameFrom,
    Number(user): Number,
    Query(listen): Query<Listen>,
) -> ApiResult<Response> {
    let listener = listener(&state, (&headers, &origin), UserId(user), listen, true).await?;
    Ok(events::stream(listener, state.stopped.clone()))
}

async fn listener(
    state: &AppState,
    (headers, origin): (&HeaderMap, &Origin),
    user: UserId,
    listen: Listen,
    events: bool,
) -> ApiResult<Listener> {
    let (member, token) = caller(state, headers, listen.token).await?;
    let wanted = Wanted {
        topics: topics(listen.topics.as_deref())?,
        events,
        resume: resume(headers, listen.last_event_id.as_deref())?,
    };
    Ok(state
        .backend
        .live
        .listen(&member, origin, token, user, wanted)
        .await?)
}

/// Who connects, with the token that says so; checked before anything is upgraded. Each channel begins
/// with reading, so that opening one counts as that.
async fn caller(
    state: &AppState,
    headers: &HeaderMap,
    token: Option<String>,
) -> ApiResult<(Member, String)> {
    let token = identity::access_token(headers, state).or(token);
    let token = token.ok_or(Code::Unauthenticated)?;
    let member = state.backend.accounts.authenticate(&token).await?;
    identity::reads(&member, state).await?;
    Ok((member, token))
}

/// All topics when none is named; none when an empty list is.
fn topics(named: Option<&str>) -> ApiResult<Vec<Topic>> {
    let Some(named) = named else {
        return Ok(Topic::ALL.to_vec());
    };
    let names = named.split(',').filter(|name| !name.is_empty());
    let topics: Option<Vec<_>> = names.map(Topic::parse).collect();
    let unknown = || {
        let all = Topic::ALL.map(Topic::as_str).join(", ");
        AppError::field("topics", "range", &format!("topics are {all}"))
    };
    Ok(topics.ok_or_else(unknown)?)
}

fn resume(headers: &HeaderMap, named: Option<&str>) -> ApiResult<Option<Resume>> {
    let header = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    let Some(text) = header.or(named).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let odd = || AppError::field("last_event_id", "type", "last_event_id is epoch:id");
    Ok(Some(Resume::parse(text).ok_or_else(odd)?))
}

/// Waits until the server is told to stop.
async fn stop(stopped: &mut watch::Receiver<bool>) {
    _ = stopped.wait_for(|stopped| *stopped).await;
}

fn upgraded(
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    state: &AppState,
    listener: Listener,
) -> Response {
    let stopped = state.stopped.clone();
    match upgrade {
        Ok(upgrade) => upgrade
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(0)
            .max_write_buffer_size(HELD_BYTES_MAX)
            .max_message_size(FRAME_BYTES_MAX)
            .max_frame_size(FRAME_BYTES_MAX)
            .on_upgrade(move |socket: WebSocket| socket::converse(socket, listener, stopped)),
        Err(_) => ApiError::from(Code::UpgradeRequired).into_response(),
    }
}
