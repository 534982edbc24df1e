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

/// The address of a page with what it is filtered by; what is not filtered by is `all`.
pub fn filtered(page: &str, filters: &[(&str, Option<&str>)]) -> String {
    let pairs = filters
        .iter()
        .map(|(name, value)| format!("{name}={}", value.unwrap_or("all")));
    format!("{page}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// What the browser makes of an address, for tests that it is read back.
#[cfg(test)]
pub(crate) fn query_of(href: &str) -> leptos_router::params::ParamsMap {
    let mut map = leptos_router::params::ParamsMap::new();
    for pair in href.split('?').nth(1).unwrap().split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        map.insert(name.to_owned(), value.to_owned());
    }
    map
}
