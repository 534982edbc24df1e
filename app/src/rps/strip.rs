//! How the last throws ended, as small signs.

use games::HandResult;
use leptos::prelude::*;

use crate::{
    i18n::{Locale, td_string},
    play::{Earlier, RECENT, Table, newest},
    tr,
    words::I18n,
};

/// The last results, newest first; places that nothing was played for yet stay empty.
#[component]
pub(super) fn Strip(table: Table, earlier: Earlier) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let list = move || {
        Suspend::new(async move {
            // The list of the newest hands, of the same answer, tells why there are none.
            let earlier = earlier.await.unwrap_or_default();
            let results = Signal::derive(move || {
                let hands = newest(&table.played.get(), &earlier, RECENT);
                hands.iter().map(|hand| hand.result).collect::<Vec<_>>()
            });
            let marks = (0..RECENT)
                .map(|at| {
                    let result = Signal::derive(move || results.get().get(at).copied());
                    view! { <Mark result/> }
                })
                .collect_view();
            view! { <ol class="strip" aria-label=tr!(i18n, rps.strip)>{marks}</ol> }
        })
    };
    view! {
        <div class="strip-room" data-testid="rps-strip">
            <Transition fallback=|| ()>{list}</Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Mark(result: Signal<Option<HandResult>>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let look = move || match result.get() {
        None => "mark",
        Some(HandResult::Win) => "mark mark-win",
        Some(HandResult::Lose) => "mark mark-lose",
        Some(HandResult::Push | HandResult::Bonus) => "mark mark-draw",
    };
    let sign = move || {
        result
            .get()
            .map(|result| words(i18n.get_locale(), result).0)
    };
    let word = move || {
        result
            .get()
            .map(|result| words(i18n.get_locale(), result).1)
    };
    view! {
        <li class=look aria-hidden=move || result.get().is_none().then_some("true")>
            <span aria-hidden="true">{sign}</span>
            <span class="sr-only">{word}</span>
        </li>
    }
    .into_any()
}

/// The sign of a result, and the word for it.
fn words(locale: Locale, result: HandResult) -> (&'static str, &'static str) {
    match result {
        HandResult::Win => (
            td_string!(locale, rps.mark_win),
            td_string!(locale, rps.win),
        ),
        HandResult::Lose => (
            td_string!(locale, rps.mark_lose),
            td_string!(locale, rps.lose),
        ),
        HandResult::Push | HandResult::Bonus => (
            td_string!(locale, rps.mark_draw),
            td_string!(locale, rps.draw),
        ),
    }
}
