//! What is pressed.

use leptos::{ev::MouseEvent, prelude::*};

use super::use_alive;

/// How much a button asks for: one primary a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// Anything else.
    #[default]
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl Weight {
    /// The class of a button or of a link that looks like one.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Quiet => "button",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button; while busy it keeps its size and takes no press.
#[component]
pub fn Button(
    #[prop(optional)] weight: Weight,
    /// Whether its form or work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// What a press does; a button without it submits its form.
    #[prop(optional, into)]
    press: Option<Callback<()>>,
    /// For the browser tests.
    #[prop(optional)]
    testid: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    // What no form sends does nothing before the page is alive, and never without JavaScript.
    let is_alive = press.map(|_| use_alive());
    let is_off = move || disabled.get() || is_alive.is_some_and(|it| !it.get());
    let on_click = move |event: MouseEvent| {
        // A button that makes room for another is seen a moment longer than its signals are there.
        if busy.try_get_untracked() != Some(false) {
            event.prevent_default();
        } else if let Some(press) = press {
            _ = press.try_run(());
        }
    };
    view! {
        <button
            type=if press.is_some() { "button" } else { "submit" }
            class=weight.class()
            aria-busy=move || busy.get().then_some("true")
            disabled=is_off
            data-testid=testid
            on:click=on_click
        >
            {children()}
        </button>
    }
    .into_any()
}
