//! A page whose data was refused, or a part of one.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::{
    error::PageError,
    paths::{ended_path, sign_in_path},
    session::has_ended,
    tr,
    ui::{Art, Weight, use_here},
    words::{self, I18n},
};

/// Sends whoever is not signed in to the door, and tells everyone else what is wrong.
pub fn refused(error: PageError) -> AnyView {
    if error.is_unauthenticated() {
        let back = use_here().try_get_untracked().unwrap_or_default();
        let door = if has_ended() {
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
    view! {
        <div class="trouble" role="alert" data-testid="trouble">
            <Art name="door" class="art-huge"/>
            <h1 class="page-title">{tr!(i18n, trouble.title)}</h1>
            <p class="page-lead">{move || words::failure(i18n.get_locale(), &error)}</p>
            <AskAgain weight=Weight::Primary/>
        </div>
    }
    .into_any()
}

/// The same in the place of a part, beside what did come. The page and the part have headings of their
/// own, so this is none; and it sends nobody away, since a page that does is left once, by one of its
/// parts: whoever is not signed in is led to the door by asking again.
#[component]
pub fn PartTrouble(error: PageError) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! {
        <div class="empty" role="alert" data-testid="part-trouble">
            <p class="empty-title">{tr!(i18n, trouble.title)}</p>
            <p class="empty-text">{move || words::failure(i18n.get_locale(), &error)}</p>
            <AskAgain weight=Weight::Quiet/>
        </div>
    }
    .into_any()
}

/// Loads the page anew, as it was asked for.
#[component]
fn AskAgain(weight: Weight) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    view! { <a class=weight.class() href=use_here() rel="external">{tr!(i18n, ui.retry)}</a> }
}
