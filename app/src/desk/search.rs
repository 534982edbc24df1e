//! The way to any member, from every page of the desk.

use leptos::prelude::*;

use super::place::Place;
use crate::{tr, ui::Button, words::I18n};

/// A form whose answer is the list of whom it found; the key `/` leads into it, by its id.
#[component]
pub(super) fn Search(
    /// What was searched for.
    value: String,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <form class="desk-search" method="get" action=Place::Members.path() role="search">
            <label class="sr-only" for="desk-search">{tr!(i18n, desk.search)}</label>
            <input
                id="desk-search"
                class="input"
                name="search"
                type="search"
                value=value
                placeholder=tr!(i18n, desk.search_hint)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-keyshortcuts="/"
                data-testid="desk-search"
            />
            <Button testid="desk-find">{tr!(i18n, desk.find)}</Button>
        </form>
    }
    .into_any()
}
