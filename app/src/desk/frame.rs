//! What stands around every page of the desk.

use leptos::prelude::*;
use wire::staff::Roles;

use super::{bar::Bar, place::Place, read::Looker};
use crate::{tr, words::I18n};

/// The bar, the ways to the other pages, and the page between.
#[component]
pub(super) fn Frame(
    /// Who looks; nobody where a page is refused or missing.
    #[prop(optional)]
    looker: Option<Looker>,
    /// Where they are.
    #[prop(optional)]
    place: Option<Place>,
    children: Children,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let rail = looker
        .clone()
        .map(|looker| view! { <Rail roles=looker.roles place/> });
    view! {
        <a class="skip-link" href="#main">{tr!(i18n, nav.skip)}</a>
        <Bar looker/>
        <div class="desk">
            {rail}
            <main id="main" class="desk-page" tabindex="-1">{children()}</main>
        </div>
    }
    .into_any()
}

/// The pages that whoever looks may open.
#[component]
fn Rail(roles: Roles, place: Option<Place>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let open = Place::ALL.into_iter().filter(|it| it.is_open_to(&roles));
    let ways = open.map(|it| {
        let current = (place == Some(it)).then_some("page");
        view! { <a href=it.path() aria-current=current>{move || it.name(i18n.get_locale())}</a> }
    });
    let ways = ways.collect_view();
    view! { <nav class="desk-rail" aria-label=tr!(i18n, desk.title)>{ways}</nav> }.into_any()
}
