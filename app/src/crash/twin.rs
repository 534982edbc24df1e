//! The round for those who do not see it: its start, whole multipliers now and then, its end.

use games::crash::End;
use leptos::prelude::*;

use super::{ended::Ended, flight::Flight, verdict::sentence};
use crate::{
    format,
    i18n::{Locale, td_string},
    words::{I18n, fill},
};

/// The multipliers that are said, in whole times; few enough to be heard between two of them.
const MILESTONES: [i64; 10] = [2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000];

/// What a screen reader hears of the curve.
#[component]
pub(super) fn Twin(flight: Flight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let milestone = Memo::new(move |_| {
        let times = flight.shown.get().hundredths() / 100;
        MILESTONES.into_iter().rfind(|it| *it <= times)
    });
    let spoken = move || {
        let locale = i18n.get_locale();
        let ended = flight.ended.get().map(|ended| ending(locale, &ended));
        ended.or_else(|| {
            let round = flight.round.get()?;
            Some(match milestone.get() {
                Some(times) => fill(
                    td_string!(locale, crash.times),
                    &[("times", &times.to_string())],
                ),
                None => fill(
                    td_string!(locale, crash.started),
                    &[("amount", &format::group(round.bet.stake().get()))],
                ),
            })
        })
    };
    view! {
        <p class="sr-only" role="status" aria-live="polite" data-testid="crash-result">{spoken}</p>
    }
}

/// How it ended, and what was won.
fn ending(locale: Locale, ended: &Ended) -> String {
    let said = sentence(locale, ended);
    match ended.end {
        End::Cashed { .. } => {
            let amount = format::group(ended.win_amount.get());
            let won = fill(td_string!(locale, crash.won), &[("amount", &amount)]);
            format!("{said} {won}")
        }
        End::Crashed | End::Refunded => said,
    }
}
