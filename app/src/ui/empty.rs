//! What stands where nothing is yet.

use leptos::{prelude::*, text_prop::TextProp};

use super::Art;

/// A drawing and a sentence where a list has nothing in it.
#[component]
pub fn Empty(
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] text: Option<TextProp>,
    #[prop(default = "scatter")] art: &'static str,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Art name=art class="art-large"/>
            <p class="empty-title">{move || title.get()}</p>
            {text.map(|text| view! { <p class="empty-text">{move || text.get()}</p> })}
        </div>
    }
    .into_any()
}
