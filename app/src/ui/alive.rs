//! Whether the page runs, and what to say where it never will.

use leptos::{prelude::*, text_prop::TextProp};

/// Whether what is pressed here does anything: not on the server, not without JavaScript, and not
/// before this part of the page is alive.
#[must_use]
pub fn use_alive() -> Signal<bool> {
    let is_alive = RwSignal::new(false);
    Effect::new(move || is_alive.set(true));
    is_alive.into()
}

/// A sentence that only a browser without JavaScript shows.
///
/// Nothing but text may stand in it: where scripts run, all of it is read as one text.
#[component]
pub fn NoScript(#[prop(into)] text: TextProp) -> impl IntoView {
    view! { <noscript class="no-script">{move || text.get()}</noscript> }
}
