//! The way to a game's rules.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
    text_prop::TextProp,
};
use leptos_router::hooks::use_query_map;

use crate::ui::{use_alive, use_here_with};

/// The query parameter that asks for the rules, and the id of the sheet with them.
pub(crate) const RULES: &str = "rules";

/// Whether the rules are open; at first, whether the address asks for them.
pub(crate) fn open_rules() -> RwSignal<bool> {
    let is_asked = use_query_map().try_with_untracked(|query| query.get_str(RULES).is_some());
    RwSignal::new(is_asked.unwrap_or_default())
}

/// Opens the rules over the page; without JavaScript, leads to the page with the rules in it.
#[component]
pub(crate) fn RulesLink(
    rules: RwSignal<bool>,
    class: &'static str,
    /// Says where it leads, in place of what it shows.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// For the browser tests.
    #[prop(optional)]
    testid: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let here = use_here_with(RULES, Some("open".to_owned()));
    let press = move |event: MouseEvent| {
        // Whoever wants them in a tab of their own gets the page.
        if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            rules.set(true);
        }
    };
    // What looks like a button is pressed like one, also by Space.
    let on_key = move |event: KeyboardEvent| {
        if event.key() == " " {
            event.prevent_default();
            rules.set(true);
        }
    };
    let is_alive = use_alive();
    let label = label.map(|label| Signal::derive(move || label.get()));
    let name = move || label.map(|label| label.get());
    view! {
        <a
            class=class
            href=move || format!("{}#{RULES}", here.get())
            role=move || is_alive.get().then_some("button")
            aria-label=name
            title=name
            data-testid=testid
            on:click=press
            on:keydown=on_key
        >
            {children()}
        </a>
    }
    .into_any()
}
