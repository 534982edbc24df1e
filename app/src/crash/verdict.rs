//! What came of a round, in words.

use games::crash::{End, Multiplier};
use leptos::prelude::*;

use super::{
    ended::Ended,
    flight::{Flight, Phase},
};
use crate::{
    format,
    i18n::{Locale, td_string},
    ui::Art,
    words::{I18n, fill},
};

/// What was won, and the sentence about how the round stands or ended.
#[component]
pub(super) fn Verdict(flight: Flight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let won = move || {
        let ended = flight.ended.get()?;
        (!ended.win_amount.is_zero()).then(|| {
            view! {
                <Art name="token" class="coin"/>
                <span>{format::signed(ended.win_amount.get())}</span>
            }
        })
    };
    let text = move || {
        let locale = i18n.get_locale();
        match flight.ended.get() {
            Some(ended) => sentence(locale, &ended),
            None => standing(locale, flight).to_owned(),
        }
    };
    view! {
        <p class="launch-won" aria-hidden="true">{won}</p>
        <p class="launch-said" aria-hidden="true">{text}</p>
    }
    .into_any()
}

/// How it stands while nothing has ended.
fn standing(locale: Locale, flight: Flight) -> &'static str {
    let is_at_ceiling = move || {
        let ceiling = flight.round.get().map(|round| round.bet.ceiling());
        ceiling.is_some_and(|ceiling| flight.shown.get() >= ceiling)
    };
    match flight.phase.get() {
        Phase::Idle => td_string!(locale, crash.ready),
        Phase::Betting => td_string!(locale, crash.betting),
        _ if flight.is_lost.get() => td_string!(locale, crash.lost),
        // The tokens are the club's to tell of.
        _ if is_at_ceiling() => td_string!(locale, crash.waiting),
        Phase::Flying | Phase::Taking => td_string!(locale, crash.rising),
    }
}

/// How it ended.
pub(super) fn sentence(locale: Locale, ended: &Ended) -> String {
    let phrase = match ended.end {
        End::Cashed { .. } => td_string!(locale, crash.cashed),
        End::Crashed => td_string!(locale, crash.crashed),
        End::Refunded => td_string!(locale, crash.refunded),
    };
    fill(phrase, &[("times", &ended.at().to_string())])
}

/// How far a win is above its stake: what the page makes of it is in proportion.
pub(super) fn mood(ended: &Ended) -> &'static str {
    match ended.end {
        End::Cashed { at } if at.hundredths() >= GREAT => "won-great",
        End::Cashed { at } if at.hundredths() >= GOOD => "won-good",
        End::Cashed { .. } => "won",
        End::Crashed => "lost",
        End::Refunded => "refunded",
    }
}

/// At least the stake was won on top of it.
const GOOD: i64 = 2 * Multiplier::ONE.hundredths();
/// At least nine times the stake.
const GREAT: i64 = 10 * Multiplier::ONE.hundredths();
