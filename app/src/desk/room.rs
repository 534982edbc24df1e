//! What stands around every page of the desk.

use leptos::{prelude::*, text_prop::TextProp};
use wire::staff::Roles;

use super::{place::Place, search::Search};
use crate::{tr, words::I18n};

/// A page of the desk under its title, beside the ways that whoever looks may go.
#[component]
pub(super) fn Room(
    place: Place,
    roles: Roles,
    /// What stands over the page where it is about one thing of its place.
    #[prop(optional, into)]
    title: Option<TextProp>,
    /// What was searched for.
    #[prop(optional, into)]
    search: String,
    children: Children,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let open = Place::ALL.into_iter().filter(|it| it.is_open_to(&roles));
    let ways = open
        .map(|it| {
            let current = (it == place).then_some("page");
            view! { <a href=it.path() aria-current=current>{move || it.name(i18n.get_locale())}</a> }
        })
        .collect_view();
    let of_place = TextProp::from(move || place.name(i18n.get_locale()));
    let title = title.unwrap_or(of_place);
    let search = Place::Members
        .is_open_to(&roles)
        .then(|| view! { <Search value=search/> });
    view! {
        <div class="desk">
            <nav class="desk-rail" aria-label=tr!(i18n, desk.title)>{ways}</nav>
            <div class="desk-page">
                <div class="desk-head">
                    <h1 class="page-title">{move || title.get()}</h1>
                    {search}
                </div>
                {children()}
            </div>
        </div>
    }
    .into_any()
}
