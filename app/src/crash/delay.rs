//! How far away the club is.

use leptos::prelude::*;

use crate::{
    clock::ClubClock,
    tr,
    words::{I18n, fill},
};

/// The measured time to the club and back: what is pressed arrives about half of it later.
#[component]
pub(super) fn Delay(clock: ClubClock) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = move || {
        let millis = clock.round_trip_ms()?.to_string();
        Some(fill(tr!(i18n, crash.delay)(), &[("ms", &millis)]))
    };
    view! {
        <p class="launch-delay" data-testid="crash-delay" title=tr!(i18n, crash.delay_hint)>{text}</p>
    }
}
