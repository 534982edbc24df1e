//! An instant.

use leptos::prelude::*;
use leptos_i18n::Locale as _;
use wire::Timestamp;

use crate::{browser, format, words::I18n};

/// An instant: in UTC on the first paint, then in the member's own time.
#[component]
pub fn When(at: Timestamp) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let text = RwSignal::new(format::utc_minute(at));
    Effect::new(move || text.set(browser::local_time(at.millis(), i18n.get_locale().as_str())));
    view! { <time class="when" datetime=at.rfc3339()>{move || text.get()}</time> }
}
