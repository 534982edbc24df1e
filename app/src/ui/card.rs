//! A raised panel with a title.

use leptos::{prelude::*, text_prop::TextProp};

/// A raised panel; its title is a heading of the second rank.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<TextProp>,
    #[prop(optional, into)] lead: Option<TextProp>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            {title.map(|title| view! { <h2 class="card-title">{move || title.get()}</h2> })}
            {lead.map(|lead| view! { <p class="card-lead">{move || lead.get()}</p> })}
            {children()}
        </section>
    }
    .into_any()
}
