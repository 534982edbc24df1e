//! Where the last rounds broke off.

use games::crash::Multiplier;
use leptos::prelude::*;
use wire::crash::PastRound;

use super::{flight::Flight, flight::multiplier, past_points};
use crate::{
    error::PageError,
    session::{call, is_visitor},
    tr,
    words::I18n,
};

/// How many points are shown.
pub(super) const POINTS: usize = 12;

/// The points of the rounds before this page was opened.
pub(super) type Past = Resource<Result<Vec<PastRound>, PageError>>;

/// Loads them; a visitor has none.
pub(super) fn load_past() -> Past {
    Resource::new_blocking(
        || (),
        |()| async {
            if is_visitor().await {
                return Ok(Vec::new());
            }
            call(past_points).await
        },
    )
}

/// The last points, newest first, each with its number; colour only repeats it.
#[component]
pub(super) fn Points(flight: Flight, past: Vec<PastRound>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let points = move || {
        let fresh = flight.past.get();
        let is_old = |round: &&PastRound| fresh.iter().all(|new| new.game_id != round.game_id);
        let old = past.iter().filter(is_old);
        let points: Vec<_> = fresh.iter().chain(old).take(POINTS).cloned().collect();
        points
    };
    view! {
        <div class="points-room" data-testid="crash-points">
            <ol class="points" aria-label=tr!(i18n, crash.points)>
                <For each=points key=|round| round.game_id.clone() children=|round| view! { <Point round/> }/>
            </ol>
        </div>
    }
    .into_any()
}

#[component]
fn Point(round: PastRound) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let point = multiplier(round.point);
    let cashed = round.cashed_out_at.is_some();
    view! {
        <li class=look(point) class:point-cashed=cashed data-game-id=round.game_id.0>
            {point.to_string()} "×"
            <span class="sr-only">{move || cashed.then(tr!(i18n, crash.point_cashed))}</span>
        </li>
    }
    .into_any()
}

/// How high a point is, in three steps.
fn look(point: Multiplier) -> &'static str {
    match point.hundredths() {
        ..200 => "point",
        200..1_000 => "point point-mid",
        _ => "point point-high",
    }
}
