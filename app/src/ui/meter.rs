//! How far something is on its way.

use leptos::{prelude::*, text_prop::TextProp};

/// A bar that fills up to its end; the words above it say the same.
#[component]
pub fn Meter(
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Signal<i64>,
    max: i64,
    /// Where it stands, in words.
    #[prop(into)]
    text: TextProp,
    #[prop(optional)] testid: Option<&'static str>,
) -> impl IntoView {
    let (name, said) = (label.clone(), text.clone());
    // The width is an attribute of a drawing: the page's policy lets no inline style in.
    let filled = move || value.get().clamp(0, max).to_string();
    view! {
        <div
            class="meter"
            role="meter"
            aria-label=move || name.get()
            aria-valuemin="0"
            aria-valuemax=max.to_string()
            aria-valuenow=filled
            aria-valuetext=move || said.get()
            data-testid=testid
            data-count=filled
        >
            <p class="meter-words" aria-hidden="true">
                <span>{move || label.get()}</span>
                <span class="meter-text">{move || text.get()}</span>
            </p>
            <svg class="meter-bar" viewBox=format!("0 0 {max} 1") preserveAspectRatio="none" aria-hidden="true">
                <rect class="meter-fill" width=filled height="1"></rect>
            </svg>
        </div>
    }
    .into_any()
}
