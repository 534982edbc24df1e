//! The curve, and on it the number.

use games::crash::{End, reaches};
use leptos::{ev, html::Canvas, prelude::*};

use super::{
    ended::Ended,
    flight::{Flight, Phase, Running},
    paint::{Look, Picture, paint},
    twin::Twin,
    verdict::{Verdict, mood},
};
use crate::{browser, tr_now};

/// How often the number moves for whoever asked for less motion, in milliseconds.
const CALM_MS: i32 = 200;
/// How far the curve of an empty table reaches, in milliseconds.
const RESTING_MS: i64 = 8_600;

/// The curve with the multiplier, and what came of it.
#[component]
pub(super) fn Stage(flight: Flight) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    animate(flight, canvas);
    view! {
        <div
            class="launch"
            data-testid="crash-state"
            data-phase=move || flight.phase.get().as_str()
            data-end=move || flight.ended.get().map(|ended| ended.end.as_str())
            data-mood=move || flight.ended.get().as_ref().map(mood)
            data-game-id=move || shown_game(flight)
        >
            <canvas node_ref=canvas class="launch-curve" aria-hidden="true"></canvas>
            <div class="launch-words">
                <p class="launch-times" aria-hidden="true" data-testid="crash-times">
                    {move || flight.shown.get().to_string()}<span class="launch-sign">"×"</span>
                </p>
                <Verdict flight/>
            </div>
            <Twin flight/>
        </div>
    }
    .into_any()
}

fn shown_game(flight: Flight) -> Option<String> {
    let running = flight.round.get().map(|round| round.game);
    let game = running.or_else(|| flight.ended.get().map(|ended| ended.game));
    game.map(|game| game.0)
}

/// Paints whenever something has changed, and from frame to frame while the curve climbs.
fn animate(flight: Flight, canvas: NodeRef<Canvas>) {
    Effect::new(move || {
        flight.round.track();
        flight.ended.track();
        flight.table.i18n.get_locale();
        if canvas.get().is_some() {
            draw(flight, canvas);
        }
    });
    Effect::new(move |was_up: Option<bool>| {
        let is_up = flight.phase.get().is_up();
        if is_up && was_up != Some(true) {
            flight.table.spawn(climb(flight, canvas));
        }
        is_up
    });
    Effect::new(move || {
        let handle = window_event_listener(ev::resize, move |_| draw(flight, canvas));
        on_cleanup(move || handle.remove());
    });
}

/// Follows the curve for as long as it climbs: with every frame, or calmly.
async fn climb(flight: Flight, canvas: NodeRef<Canvas>) {
    let is_up = || flight.phase.try_get_untracked().is_some_and(Phase::is_up);
    while is_up() {
        flight.tick();
        if flight.table.is_calm() {
            browser::sleep(CALM_MS).await;
        } else {
            draw(flight, canvas);
            browser::frame().await;
        }
    }
}

fn draw(flight: Flight, canvas: NodeRef<Canvas>) {
    if let Some(canvas) = canvas.try_get_untracked().flatten() {
        paint(&canvas, &picture(flight));
    }
}

fn picture(flight: Flight) -> Picture {
    let round = flight.round.try_get_untracked().flatten();
    let ended = flight.ended.try_get_untracked().flatten();
    let (look, elapsed_ms) = match (&round, &ended) {
        (Some(round), _) => (Look::Climbing, climbed(flight, round)),
        (None, Some(ended)) => (look(ended), reaches(ended.at())),
        (None, None) => (Look::Resting, RESTING_MS),
    };
    let target = round.and_then(|round| round.bet.auto());
    Picture {
        look,
        elapsed_ms: float(elapsed_ms),
        target: target.map(|auto| float(auto.target().hundredths()) / 100.0),
        seconds: tr_now!(flight.table.i18n, crash.seconds),
    }
}

/// How long the curve is; for whoever asked for less motion it is drawn when it has ended.
fn climbed(flight: Flight, round: &Running) -> i64 {
    if flight.table.is_calm() {
        return 0;
    }
    let now = flight.clock.now();
    let elapsed_ms = now.map_or(0, |now| round.elapsed_ms(now));
    elapsed_ms.min(reaches(round.bet.ceiling()))
}

fn look(ended: &Ended) -> Look {
    match ended.end {
        End::Cashed { .. } => Look::Won,
        End::Crashed => Look::Lost,
        End::Refunded => Look::Resting,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds and hundredths of a round are far below 2^53"
)]
fn float(number: i64) -> f64 {
    number as f64
}
