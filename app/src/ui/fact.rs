//! A name and its value, in a description list.

use leptos::{prelude::*, text_prop::TextProp};

/// One row of a `<dl class="facts">`.
#[component]
pub fn Fact(#[prop(into)] name: TextProp, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{move || name.get()}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}
