//! The bar at the top of the desk.

use leptos::prelude::*;

use super::{door::FACTOR, place::Place, read::Looker, roles::RoleBadges};
use crate::{
    auth::LogOut,
    tr,
    ui::{Art, Button, LanguageSwitch, PostForm, Submission, glyphs},
    words::I18n,
};

/// The way to the club and to the desk, the language, and for whoever may look who they are, which leads to their
/// second factor, and the way out.
#[component]
pub(super) fn Bar(looker: Option<Looker>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let who = looker.clone().map(|looker| view! { <Who looker/> });
    let out = looker.map(|_| view! { <SignOut/> });
    view! {
        <header class="header desk-bar">
            <a class="logo" href="/" aria-label=tr!(i18n, club.name)>
                <Art name="logo" class="logo-mark"/>
                <span class="logo-text" aria-hidden="true">"Casino" <b>"Club"</b></span>
            </a>
            <a class="desk-sign" href=Place::Today.path()>{tr!(i18n, desk.title)}</a>
            <div class="header-tools">
                {who}
                <LanguageSwitch/>
                {out}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Who(looker: Looker) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let Looker {
        nickname, roles, ..
    } = looker;
    let glyphs = glyphs([&*nickname]);
    let whole = nickname.clone();
    view! {
        {glyphs}
        <a class="desk-who" href=FACTOR data-testid="desk-who">
            <span class="desk-nickname" title=whole>{nickname}</span>
            <RoleBadges roles/>
            <span class="sr-only">{tr!(i18n, desk.factor)}</span>
        </a>
    }
    .into_any()
}

#[component]
fn SignOut() -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let submission = Submission::new(None);
    view! {
        <PostForm<LogOut> submission class="inline-form">
            <Button testid="logout">{tr!(i18n, auth.sign_out)}</Button>
        </PostForm<LogOut>>
    }
    .into_any()
}
