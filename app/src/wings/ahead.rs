//! Fetching a wing when a finger, a pointer or the focus comes near a link to it.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlAnchorElement};

use super::{fetch_member, fetch_play, fetch_shop, fetch_stage};

/// Where the pages of each wing begin; a test holds these lists against the routes.
const PLAY: &[&str] = &["/games/slot", "/games/rps"];
const STAGE: &[&str] = &["/games/gacha", "/games/crash"];
const SHOP: &[&str] = &["/shop", "/receipts", "/inventory"];
const MEMBER: &[&str] = &[
    "/profile",
    "/settings",
    "/leaderboard",
    "/notifications",
    "/fairness",
    "/gallery",
];

/// Listens for as long as the page is open.
pub(crate) fn follow_pointers() {
    window_event_listener(ev::pointerover, |event| near(event.target()));
    window_event_listener(ev::focusin, |event| near(event.target()));
}

fn near(target: Option<EventTarget>) {
    let link = target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten())
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        spawn_local(fetch_wing(link.pathname()));
    }
}

/// A file that does not come is asked for again when its page is opened.
async fn fetch_wing(path: String) {
    let is_of = |wing: &[&str]| wing.iter().any(|start| path.starts_with(start));
    _ = if is_of(PLAY) {
        fetch_play().await
    } else if is_of(STAGE) {
        fetch_stage().await
    } else if is_of(SHOP) {
        fetch_shop().await
    } else if is_of(MEMBER) {
        fetch_member().await
    } else {
        Ok(())
    };
}
