//! Choices that are links: they work without JavaScript, and can be sent to somebody.

use leptos::{prelude::*, text_prop::TextProp};

/// One choice.
pub struct Tab {
    /// What it says.
    pub name: TextProp,
    /// Where it leads.
    pub href: String,
    /// Whether it is the one that is shown.
    pub is_current: bool,
}

/// A row of choices.
#[component]
pub fn LinkTabs(#[prop(into)] label: TextProp, tabs: Vec<Tab>) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            let current = tab.is_current.then_some("true");
            view! { <a class="tab" href=tab.href aria-current=current data-noscroll="true">{move || tab.name.get()}</a> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=move || label.get()>{tabs}</nav> }.into_any()
}
