//! Keeps the sign-in of a browser alive: one refresh for all tabs, ahead of time.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::{
    browser, network::use_network, protocol::post, task::spawn_owned, wait::until_at_most,
};

/// The lock that all tabs share.
const LOCK: &str = "casino-refresh";
/// Where the tokens are renewed.
const PATH: &str = "/api/auth/refresh";
/// The soonest that a tab tries again by itself, so that a wrong clock does not make it spin.
const PAUSE_SECS: i64 = 20;

/// When the access token ends, in Unix seconds, as its cookie says; the text tells renewals apart.
pub(super) fn access_ends() -> Option<String> {
    browser::cookie("casino_expires").filter(|text| !text.is_empty())
}

/// Whether the access token is past its end, as far as this browser's clock knows.
pub(super) fn has_ended(ends: Option<&str>) -> bool {
    ends.and_then(|ends| ends.parse::<i64>().ok())
        .is_some_and(|ends| ends <= browser::unix_secs())
}

/// Renews the tokens unless another tab just did; `before` is what [`access_ends`] said when they
/// were found wanting. Gives whether there is a fresh pair now.
pub(super) fn renew(before: Option<String>) -> impl Future<Output = bool> + Send {
    SendWrapper::new(async move {
        let work = async move {
            if before.is_none() && access_ends().is_none() {
                return false;
            }
            access_ends() != before || is_renewed().await
        };
        browser::exclusively(LOCK, work).await.unwrap_or(false)
    })
}

async fn is_renewed() -> bool {
    let answer = post(PATH, "", "").await;
    answer.is_some_and(|answer| answer.status < 300)
}

/// Renews a sign-in that has run out; for what the browser opens by itself, with its cookies.
pub(crate) async fn ensure_fresh() {
    let before = access_ends();
    if has_ended(before.as_deref()) {
        renew(before).await;
    }
}

/// Renews a sign-in that the club said has run out, whatever this browser's clock thinks; gives
/// whether there is a fresh pair now.
pub(crate) async fn renew_now() -> bool {
    renew(access_ends()).await
}

/// Renews when four fifths of what was left of an access token have passed, for as long as the page
/// is open. `changed` counts who was asked to look: the cookie may be another then.
pub(super) fn keep_alive(changed: RwSignal<u32>) {
    let wakes = use_network().wakes;
    spawn_owned(async move {
        let (mut known, mut due) = (None, i64::MAX);
        loop {
            let seen = (wakes.try_get_untracked(), changed.try_get_untracked());
            let ends = access_ends();
            let now = browser::unix_secs();
            if ends != known {
                let left = ends
                    .as_ref()
                    .and_then(|ends| ends.parse::<i64>().ok())
                    .map(|ends| (ends - now).max(0));
                due = left.map_or(i64::MAX, |left| now + left * 4 / 5);
                known = ends;
            } else if now >= due {
                due = now + PAUSE_SECS;
                renew(known.clone()).await;
                continue;
            }
            // Another tab may have renewed meanwhile, so the cookie is read again before anything is sent.
            let millis = due.saturating_sub(now).max(0).saturating_mul(1_000);
            let millis = i32::try_from(millis).unwrap_or(i32::MAX);
            until_at_most(millis, move || (wakes.try_get(), changed.try_get()) != seen).await;
        }
    });
}
