//! A page whose data was refused.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::{
    error::PageError,
    paths::{ended_path, sign_in_path},
    session::use_session,
    tr,
    ui::{Art, Weight, use_here},
    words::{self, I18n},
};

/// Sends whoever is not signed in to the door, and tells everyone else what is wrong.
pub fn refused(error: PageError) -> AnyView {
    if error.is_unauthenticated() {
        let back = use_here().get_untracked();
        let door = if use_session().has_ended() {
            ended_path(&back)
        } else {
            sign_in_path(&back)
        };
        return view! { <Redirect path=door/> }.into_any();
    }
    view! { <Trouble error/> }.into_any()
}

#[component]
fn Trouble(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let here = use_here();
    let text = move || words::failure(i18n.get_locale(), &error);
    view! {
        <div class="trouble" role="alert">
            <Art name="door" class="art-huge"/>
            <h1 class="page-title">{tr!(i18n, trouble.title)}</h1>
            <p class="page-lead">{text}</p>
            <a class=Weight::Primary.class() href=here rel="external">{tr!(i18n, ui.retry)}</a>
        </div>
    }
    .into_any()
}
