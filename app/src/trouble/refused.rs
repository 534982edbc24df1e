//! A page whose data was refused.

use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};

use crate::{
    error::PageError,
    session::sign_in_path,
    tr,
    ui::{Art, Weight},
    words::{self, I18n},
};

/// Sends whoever is not signed in to the door, and tells everyone else what is wrong.
pub fn refused(error: PageError) -> AnyView {
    if error.is_unauthenticated() {
        let location = use_location();
        let search = location.search.get_untracked();
        let mark = if search.is_empty() || search.starts_with('?') {
            ""
        } else {
            "?"
        };
        let back = format!("{}{mark}{search}", location.pathname.get_untracked());
        return view! { <Redirect path=sign_in_path(&back)/> }.into_any();
    }
    view! { <Trouble error/> }.into_any()
}

#[component]
fn Trouble(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let location = use_location();
    let text = move || words::failure(i18n.get_locale(), &error);
    view! {
        <div class="trouble" role="alert">
            <Art name="door" class="art-huge"/>
            <h1 class="page-title">{tr!(i18n, trouble.title)}</h1>
            <p class="page-lead">{text}</p>
            <a class=Weight::Primary.class() href=move || location.pathname.get() rel="external">{tr!(i18n, ui.retry)}</a>
        </div>
    }
    .into_any()
}
