//! Drawings from the club's sheet, by name.

use leptos::prelude::*;

/// A line icon in the colour of the text beside it, which says what it means.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/art/club.svg#i-{name}")></use>
        </svg>
    }
    .into_any()
}

/// One of our own drawings on the grid of 64.
#[component]
pub fn Art(
    /// The drawing's name; may change.
    #[prop(into)]
    name: Signal<&'static str>,
    /// How large: a class.
    #[prop(default = "art")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true" focusable="false">
            <use href=move || format!("/art/club.svg#{}", name.get())></use>
        </svg>
    }
    .into_any()
}
