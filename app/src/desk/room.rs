//! A page of the desk in its frame, under its title.

use leptos::{prelude::*, text_prop::TextProp};

use super::{frame::Frame, place::Place, read::Looker, search::Search, sent::UNREAD};
use crate::{
    error::Refusal,
    ssr::flash,
    words::{self, I18n},
};

/// What is on the page, for whoever looks.
#[component]
pub(super) fn Room(
    place: Place,
    looker: Looker,
    /// What stands over the page where it is about one thing of its place.
    #[prop(optional, into)]
    title: Option<TextProp>,
    /// What was searched for.
    #[prop(optional, into)]
    search: String,
    children: Children,
) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let of_place = TextProp::from(move || place.name(i18n.get_locale()));
    let title = title.unwrap_or(of_place);
    let search = Place::Members
        .is_open_to(&looker.roles)
        .then(|| view! { <Search value=search/> });
    let unread = flash::take(UNREAD).map(|refusal| view! { <Unread refusal/> });
    view! {
        <Frame looker place>
            <div class="desk-head">
                <h1 class="page-title">{move || title.get()}</h1>
                {search}
            </div>
            {unread}
            {children()}
        </Frame>
    }
    .into_any()
}

/// Why a form came to nothing that could not be read.
#[component]
fn Unread(refusal: Refusal) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let why = move || words::failure(i18n.get_locale(), &refusal.error);
    view! { <p class="form-error" role="alert" data-testid="unread">{why}</p> }.into_any()
}
