//! What the member plays right now.

use ::games::Game;
use leptos::prelude::*;
use wire::{Timestamp, play::PlaySession};

use crate::{
    clock::ClubClock,
    format, games,
    live::use_live,
    tr,
    ui::{Amount, Card, Fact},
    words::{I18n, fill},
};

/// The game that is being played, for how long, and for what; grey when none is.
#[component]
pub(super) fn LiveGameStatus(first: Option<PlaySession>, now: Timestamp) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let live = use_live();
    let sitting = Memo::new(move |_| live.sitting.get().unwrap_or_else(|| first.clone()));
    let is_playing = Memo::new(move |_| sitting.with(Option::is_some));
    let clock = ClubClock::ticking(now, move || is_playing.get());
    let words = move || {
        let Some(game) = sitting.with(|sitting| sitting.as_ref().map(|it| it.game)) else {
            return tr!(i18n, record.idle)().to_owned();
        };
        let name = games::name(i18n.get_locale(), game);
        fill(tr!(i18n, record.playing)(), &[("game", name)])
    };
    let facts = move || {
        sitting
            .get()
            .map(|sitting| view! { <Sitting sitting clock/> })
    };
    view! {
        <Card title=tr!(i18n, record.live)>
            <div class="live-status" class:is-idle=move || !is_playing.get() data-testid="live-game-status"
                data-state=move || if is_playing.get() { "playing" } else { "idle" }>
                <p class="live-line"><span class="live-pulse" aria-hidden="true"></span><span>{words}</span></p>
                {facts}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Sitting(sitting: PlaySession, clock: ClubClock) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let started = sitting.started_at;
    let is_pull = sitting.game == Game::Gacha;
    let price = move || {
        if is_pull {
            tr!(i18n, gacha.cost)()
        } else {
            tr!(i18n, record.stake)()
        }
    };
    let elapsed = move || format::stopwatch(clock.secs_since(started));
    view! {
        <dl class="facts facts-grid live-facts">
            <Fact name=tr!(i18n, record.elapsed)>{elapsed}</Fact>
            <Fact name=price><Amount amount=sitting.stake.get()/></Fact>
            <Fact name=tr!(i18n, record.session_hands)>{format::group(sitting.hands)}</Fact>
            <Fact name=tr!(i18n, record.net)>{format::signed(sitting.won.signed_diff(sitting.staked))}</Fact>
        </dl>
    }
    .into_any()
}
