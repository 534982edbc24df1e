//! The way to any member, from every page of the desk.

use leptos::{html::Input, prelude::*};

use super::place::Place;
use crate::{
    keys::{Binding, Key, use_keys},
    tr,
    ui::Button,
    words::I18n,
};

/// A form whose answer is the list of whom it found; a key leads into it.
#[component]
pub(super) fn Search(
    /// What was searched for.
    value: String,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let field = NodeRef::<Input>::new();
    let enter = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            _ = field.focus();
            field.select();
        }
    };
    use_keys().declare([Binding::new(
        &[Key::Sign('/')],
        tr!(i18n, desk.search),
        enter,
    )]);
    view! {
        <form class="desk-search" method="get" action=Place::Members.path() role="search">
            <label class="sr-only" for="desk-search">{tr!(i18n, desk.search)}</label>
            <input
                node_ref=field
                id="desk-search"
                class="input"
                name="search"
                type="search"
                value=value
                placeholder=tr!(i18n, desk.search_hint)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                data-testid="desk-search"
            />
            <Button testid="desk-find">{tr!(i18n, desk.find)}</Button>
        </form>
    }
    .into_any()
}
