//! How a round of crash went.

use games::crash::{End, Played};
use leptos::prelude::*;

use crate::{
    format, tr,
    ui::{Badge, Fact, Tone, When},
    words::{I18n, fill},
};

/// Where the curve broke off, where it was to be left, and when it was.
#[component]
pub(super) fn CrashOutcome(played: Played) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let end = played.outcome.end;
    let tone = match end {
        End::Cashed { .. } => Tone::Good,
        End::Crashed | End::Refunded => Tone::Plain,
    };
    let word = move || match end {
        End::Cashed { .. } => tr!(i18n, crash.mark_cashed)(),
        End::Crashed => tr!(i18n, crash.mark_crashed)(),
        End::Refunded => tr!(i18n, crash.mark_refunded)(),
    };
    let auto = played.auto;
    let auto = move || match auto {
        Some(auto) => format!("{auto}×"),
        None => tr!(i18n, ui.none)().to_owned(),
    };
    let left = end.cashed_at().map(|at| {
        view! { <Fact name=tr!(i18n, crash.left_at)>{at.to_string()} "×"</Fact> }
    });
    let click = played.arrival.map(|arrival| {
        let millis = format::group(arrival.millis_since(played.started_at));
        let text = move || fill(tr!(i18n, crash.click_after)(), &[("ms", &millis)]);
        view! { <Fact name=tr!(i18n, crash.click)>{text}</Fact> }
    });
    view! {
        <p><Badge tone>{word}</Badge></p>
        <dl class="facts facts-grid">
            <Fact name=tr!(i18n, crash.point)>{played.point.to_string()} "×"</Fact>
            {left}
            <Fact name=tr!(i18n, crash.auto)>{auto}</Fact>
            {click}
            <Fact name=tr!(i18n, crash.began)><When at=played.started_at/></Fact>
        </dl>
    }
    .into_any()
}
