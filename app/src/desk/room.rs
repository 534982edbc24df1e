//! What stands around every page of the desk.

use leptos::prelude::*;
use wire::staff::Roles;

use super::place::Place;
use crate::{tr, words::I18n};

/// A page of the desk under its title, beside the ways that whoever looks may go.
#[component]
pub(super) fn Room(place: Place, roles: Roles, children: Children) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let open = Place::ALL.into_iter().filter(|it| it.is_open_to(&roles));
    let ways = open
        .map(|it| {
            let current = (it == place).then_some("page");
            view! { <a href=it.path() aria-current=current>{move || it.name(i18n.get_locale())}</a> }
        })
        .collect_view();
    view! {
        <div class="desk">
            <nav class="desk-rail" aria-label=tr!(i18n, desk.title)>{ways}</nav>
            <div class="desk-page">
                <h1 class="page-title">{move || place.name(i18n.get_locale())}</h1>
                {children()}
            </div>
        </div>
    }
    .into_any()
}
