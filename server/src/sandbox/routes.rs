//! What the sandbox answers.

use axum::Router;
use axum::extract::{Path, State as Extracted};
use axum::http::StatusCode;
use axum::routing::{get, post};
use economy::shop::Price;
use wire::shop::GatewayState;

use super::State;
use super::charges::{Ask, Charge, Moved};
use super::webhook;
use crate::extract::Json;

type Answer = Result<Json<Charge>, StatusCode>;

pub(super) fn router(state: State) -> Router {
    Router::new()
        .route("/charges", post(authorize))
        .route("/charges/{reference}", get(find))
        .route("/charges/{reference}/capture", post(capture))
        .route("/charges/{reference}/refund", post(refund))
        .route("/charges/{reference}/settle", post(settle))
        .with_state(state)
}

async fn authorize(Extracted(state): Extracted<State>, Json(ask): Json<Ask>) -> Answer {
    let price = ask.price().ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    let moved = state.book().authorize(ask, price);
    let moved = moved.ok_or(StatusCode::CONFLICT)?;
    if moved.is_new && moved.charge.state == GatewayState::Pending {
        settle_later(&state, &moved.charge.reference);
    }
    told(&state, moved)
}

async fn find(Extracted(state): Extracted<State>, Path(reference): Path<String>) -> Answer {
    let charge = state.book().find(&reference);
    charge.map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn capture(Extracted(state): Extracted<State>, Path(reference): Path<String>) -> Answer {
    let moved = captured(&state, &reference, GatewayState::Authorized);
    told(&state, moved.ok_or(StatusCode::NOT_FOUND)?)
}

async fn refund(
    Extracted(state): Extracted<State>,
    Path(reference): Path<String>,
    Json(price): Json<Price>,
) -> Answer {
    let moved = state.book().refund(&reference, price);
    told(&state, moved.ok_or(StatusCode::INSUFFICIENT_STORAGE)?)
}

async fn settle(Extracted(state): Extracted<State>, Path(reference): Path<String>) -> Answer {
    let moved = captured(&state, &reference, GatewayState::Pending);
    told(&state, moved.ok_or(StatusCode::NOT_FOUND)?)
}

fn settle_later(state: &State, reference: &str) {
    let Some(wait) = state.sandbox.settles_after else {
        return;
    };
    let (state, reference) = (state.clone(), reference.to_owned());
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        if let Some(moved) = captured(&state, &reference, GatewayState::Pending) {
            _ = told(&state, moved);
        }
    });
}

/// Takes the money of a charge that stands there; the others stay as they are.
fn captured(state: &State, reference: &str, from: GatewayState) -> Option<Moved> {
    state
        .book()
        .advance(reference, &[from], GatewayState::Captured)
}

/// Tells the caller, and the club by webhook when something changed.
fn told(state: &State, moved: Moved) -> Answer {
    if moved.is_new {
        tokio::spawn(webhook::tell(state.clone(), moved.charge.clone()));
    }
    Ok(Json(moved.charge))
}
